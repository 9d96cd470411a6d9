"""The code sets on which the outside references are computed, drawn with NumPy from fixed seeds."""

from dataclasses import dataclass

import numpy as np


@dataclass
class CodeSet:
    """Codes and labels of queries and retrieval set, as 0/1 matrices of one row per item."""

    name: str
    query_codes: np.ndarray
    query_labels: np.ndarray
    codes: np.ndarray
    labels: np.ndarray

    @property
    def distances(self):
        """Hamming distances, shape (queries, items)."""
        return (self.query_codes[:, None, :] != self.codes[None, :, :]).sum(axis=2)

    @property
    def grades(self):
        """Numbers of shared labels, shape (queries, items)."""
        return self.query_labels.astype(int) @ self.labels.T.astype(int)

    @property
    def answerable(self):
        """The queries that share a label with an item."""
        return np.flatnonzero((self.grades > 0).any(axis=1))

    @property
    def stable_orders(self):
        """Items by distance, ties in database order, shape (queries, items)."""
        return np.argsort(self.distances, axis=1, kind="stable")

    def record(self):
        def rows(matrix):
            return ["".join(map(str, row)) for row in matrix.astype(int)]

        def lists(matrix):
            return [np.flatnonzero(row).tolist() for row in matrix]

        return {
            "name": self.name, "bits": self.codes.shape[1], "labelCount": self.labels.shape[1],
            "queryCodes": rows(self.query_codes), "queryLabels": lists(self.query_labels),
            "retrievalCodes": rows(self.codes), "retrievalLabels": lists(self.labels),
        }


def labelled(name, seed, queries, items, bits, labels, per_item, noise):
    """Codes that follow the labels: signs of sums of label words and noise.

    Every fifth query loses its labels but the last of the vocabulary, which no item carries.
    """
    random = np.random.default_rng(seed)
    count = queries + items
    sets = random.random((count, labels)) < per_item / labels
    sets[:, -1] = False
    sets[4:queries:5] = False
    sets[4:queries:5, -1] = True
    words = random.choice([-1.0, 1.0], (labels, bits))
    codes = sets @ words + noise * random.standard_normal((count, bits)) >= 0
    return CodeSet(name, codes[:queries], sets[:queries], codes[queries:], sets[queries:])


def distinct(name, seed, queries, items, bits, labels, per_item):
    """A set without ties: items are drawn until their distances to each query differ."""
    random = np.random.default_rng(seed)
    base = random.random(bits) < 0.5
    query_codes = base ^ (random.random((queries, bits)) < 0.05)
    chosen, seen = [], [set() for _ in range(queries)]
    while len(chosen) < items:
        code = base ^ (random.random(bits) < random.random())
        distances = (query_codes != code).sum(axis=1)
        if all(d not in s for d, s in zip(distances, seen)):
            chosen.append(code)
            for d, s in zip(distances, seen):
                s.add(d)
    draw = lambda count: random.random((count, labels)) < per_item / labels
    return CodeSet(name, query_codes, draw(queries), np.array(chosen), draw(items))


def all_sets():
    return [
        # Few enough items for all orders inside ties.
        labelled("tiny", 1, queries=5, items=9, bits=4, labels=4, per_item=1.6, noise=1),
        labelled("ties16", 2, queries=12, items=150, bits=16, labels=6, per_item=1.5, noise=1),
        labelled("labels255", 3, queries=10, items=120, bits=32, labels=255, per_item=8, noise=2),
        labelled("wide130", 4, queries=6, items=70, bits=130, labels=24, per_item=3.4, noise=2),
        distinct("distinct256", 5, queries=4, items=40, bits=256, labels=5, per_item=1.2),
    ]
