"""Writes linear_probe.json, against which LinearProbeTests compare.

Run with Python 3 and NumPy (written with NumPy 2.4.6): python3 make_linear_probe.py

Ridge regression with an intercept that is not penalised, as one least-squares problem: below the
fitted rows (x, 1) stand the rows (sqrt(lambda) e_j, 0), with targets 0. No mean is subtracted and no
system of normal equations is solved, unlike in the program.
"""

import json
import pathlib

import numpy as np

PENALTY_SHARE = 0.3


def case(name, items, columns, labels, seed):
    random = np.random.default_rng(seed)
    label = (random.random((items, labels)) < 0.3).astype(int)
    empty = np.flatnonzero(label.sum(1) == 0)
    label[empty, random.integers(0, labels, len(empty))] = 1
    # Few digits, so that float32 and the file hold the same numbers.
    signal = label @ random.normal(size=(labels, columns)) + 1.5 * random.normal(size=(items, columns))
    features = np.round(signal * 16) / 16 + 3
    fitted = items * 2 // 3
    x, y = features[:fitted], label[:fitted]
    scatter = ((x - x.mean(0)) ** 2).sum()
    penalty = PENALTY_SHARE * scatter / min(fitted, columns)
    rows = np.vstack([
        np.hstack([x, np.ones((fitted, 1))]),
        np.hstack([np.sqrt(penalty) * np.eye(columns), np.zeros((columns, 1))]),
    ])
    targets = np.vstack([y, np.zeros((columns, labels))])
    weights = np.linalg.lstsq(rows, targets, rcond=None)[0]
    asked = label[fitted:]
    scores = np.hstack([features[fitted:], np.ones((items - fitted, 1))]) @ weights
    named = scores.argmax(1)
    usual = y.sum(0).argmax()
    return {
        "name": name,
        "features": features.tolist(),
        "labels": label.tolist(),
        "scores": scores.tolist(),
        "accuracy": float(asked[np.arange(len(asked)), named].mean()),
        "chance": float(asked[:, usual].mean()),
    }


cases = [
    case("more rows than columns", 45, 4, 3, 1),
    case("as many rows as columns", 15, 10, 3, 2),
    case("fewer rows than columns", 24, 20, 4, 3),
]
path = pathlib.Path(__file__).with_name("linear_probe.json")
path.write_text(json.dumps(cases, indent=None, separators=(",", ":")) + "\n")
for one in cases:
    print(one["name"], one["accuracy"], one["chance"])
