"""Writes the recorded references of the evaluator's tests, next to itself.

    pip install numpy scipy scikit-learn statsmodels torch torchmetrics \
        pytorch-metric-learning pytrec_eval-terrier
    python3 make_references.py

CodeSets.json holds the inputs, RankingReferences.json what other tools and the definitions of
field_definitions.py say about them, StatisticsReferences.json the same for comparisons of methods.
Every entry says by which tool, in which version, it was made with which call.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests

import field_definitions as field
import outside_tools as tools
from reference_sets import all_sets

DEFINITIONS = f"field_definitions.py, NumPy {np.__version__}"
CUTOFFS = {"tiny": [1, 4], "ties16": [1, 10, 50], "labels255": [10], "wide130": [10],
           "distinct256": [10]}


def definition(call, **entry):
    return dict(tool=DEFINITIONS, call=call, **entry)


def field_measures(code_set, cutoffs):
    grades, distances = code_set.grades, code_set.distances
    ranked = np.take_along_axis(grades, code_set.stable_orders, axis=1)
    measures = field.ranked_measures(cutoffs, grades.shape[1])
    for name, function in measures.items():
        yield definition("items in stable order", measure=name, order="databaseOrder",
                         values=tools.values(code_set, lambda q: function(ranked[q])))
    for radius in (0, 2):
        balls = {q: field.ball_measures(distances[q], grades[q], radius)
                 for q in code_set.answerable}
        for name in ("precision", "recall", "F1", "empty"):
            found = [ball[name] for ball in balls.values()]
            yield definition(f"ball of radius {radius}", measure=f"lookup(r={radius},{name})",
                             order="expected", mean=float(np.mean(found)),
                             values=tools.values(code_set, lambda q: balls[q][name]))
            filled = [ball[name] for ball in balls.values() if not ball["empty"]]
            if name != "empty" and filled:
                yield definition(f"ball of radius {radius}, empty ones left out",
                                 measure=f"lookup(r={radius},{name},empty=skip)",
                                 order="expected", mean=float(np.mean(filled)))


def legacy_means(code_set, cutoffs):
    """The means over queries of the field's functions, which differ in what they divide by."""
    ranked = np.take_along_axis(code_set.grades, code_set.stable_orders, axis=1) > 0
    count, answerable = len(ranked), code_set.answerable

    def entry(call, measure, function, divisor):
        total = sum(function(ranked[q]) for q in answerable)
        return definition(call, measure=measure, order="databaseOrder", mean=float(total / divisor))

    for k in cutoffs:
        yield entry("calc_map_k: unanswerable queries skipped, divided by all",
                    f"mAP@{k}(div=firstRelevant,unanswerable=zero)",
                    lambda r: field.calc_map_k(r, k), count)
        yield entry("top-k mAP of DeepHash: queries without a hit skipped, divided by all",
                    f"mAP@{k}(div=hits,unanswerable=zero)",
                    lambda r: field.top_k_hits(r, k), count)
    yield entry("perf_metric4Label: the counter of answerable queries starts at 10",
                "mAP@all(mean=answerable+10)", field.average_precision, len(answerable) + 10)
    yield entry("mean over answerable queries", "mAP@all", field.average_precision, len(answerable))
    yield entry("cut after as many items as queries, mean over answerable queries",
                "mAP@queries(div=hits)", lambda r: field.top_k_hits(r, count), len(answerable))


def all_orders(code_set, cutoffs):
    """Mean, least and greatest value over every order inside ties."""
    measures = field.ranked_measures(cutoffs, len(code_set.codes))
    found = {}
    for query in code_set.answerable:
        orders = [code_set.grades[query][o] for o in field.tie_orders(code_set.distances[query])]
        for name, function in measures.items():
            found[name, query] = [function(ranked) for ranked in orders]
    for name in measures:
        for order, summary in (("expected", np.mean), ("worst", np.min), ("best", np.max)):
            yield definition("over all orders inside ties", measure=name, order=order,
                             values=tools.values(code_set, lambda q: summary(found[name, q])))


def field_curves(code_set, cutoffs):
    distances, grades = code_set.distances, code_set.grades
    bits = code_set.codes.shape[1]

    def points(positions, function):
        return [[float(x), *map(float, function(x))] for x in positions]

    def macro(radius):
        return np.mean([field.radius_curve(distances[q], grades[q], radius)
                        for q in code_set.answerable], axis=0)

    pooled = lambda radius: field.radius_curve(distances, grades, radius)
    ranked = np.take_along_axis(grades, code_set.stable_orders, axis=1) > 0
    top = lambda k: np.mean([(field.precision(ranked[q], k), field.recall(ranked[q], k))
                             for q in code_set.answerable], axis=0)
    if bits <= 32:  # Long curves would fill the file and say no more.
        yield definition("all pairs pooled", curve="PR(radius,micro)", order=None,
                         points=points(range(bits + 1), pooled))
        yield definition("all pairs pooled, the last radius left out",
                         curve="PR(radius,micro,stop=K-1)", order=None,
                         points=points(range(bits), pooled))
        yield definition("mean over answerable queries", curve="PR(radius,macro)", order=None,
                         points=points(range(bits + 1), macro))
    yield definition("items in stable order, mean over answerable queries",
                     curve=f"PR(top,{','.join(map(str, cutoffs))})", order="databaseOrder",
                     points=points(cutoffs, top))


def rankings(code_set):
    cutoffs = CUTOFFS[code_set.name]
    parts = [tools.sklearn_measures(code_set, cutoffs), tools.trec_measures(code_set, cutoffs),
             tools.torch_measures(code_set, cutoffs), field_measures(code_set, cutoffs),
             legacy_means(code_set, cutoffs), field_curves(code_set, cutoffs),
             [tools.sklearn_curve(code_set), tools.trec_curve(code_set)]]
    if code_set.name == "tiny":
        parts.append(all_orders(code_set, cutoffs))
    return [dict(set=code_set.name, **entry) for part in parts for entry in part]


def comparisons():
    """Two lists of values each, SciPy's exact sign-flip p-value and percentile interval."""
    random = np.random.default_rng(6)
    lists = [
        ("ten queries", random.random(10), 0.1),
        ("twelve queries, skewed", random.random(12) ** 3, 0.05),
        ("equal values at some", np.round(random.random(12), 1), 0.1),
        ("no difference", random.random(8), 0.0),
        ("two hundred queries", random.random(200), 0.02),
    ]
    for name, first, shift in lists:
        second = first - shift + 0.15 * random.standard_normal(len(first))
        if name == "equal values at some":
            second = np.round(second, 1)
        if name == "no difference":
            second = first.copy()
        entry = dict(name=name, first=first.tolist(), second=second.tolist())
        mean = lambda x, y, axis: np.mean(x - y, axis=axis)
        if len(first) <= 12:
            test = stats.permutation_test((first, second), mean, permutation_type="samples",
                                          vectorized=True, n_resamples=np.inf)
            entry |= dict(pValue=float(test.pvalue))
        if name != "no difference":
            interval = stats.bootstrap((first - second,), np.mean, n_resamples=400_000, batch=1000,
                                       method="percentile", rng=np.random.default_rng(7),
                                       confidence_level=0.95).confidence_interval
            entry |= dict(interval=[float(interval.low), float(interval.high)])
        yield dict(tool=f"SciPy {scipy.__version__}",
                   call="permutation_test(mean(x - y), permutation_type='samples', exact); "
                        "bootstrap(x - y, mean, method='percentile', 400000 resamples)", **entry)


def adjustments():
    random = np.random.default_rng(8)
    lists = [[0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.5, 0.02], [1e-300, 1.0, 0.3],
             random.random(30).tolist(), (random.random(30) ** 6).tolist()]
    for values in lists:
        yield dict(tool=f"statsmodels {statsmodels.__version__}",
                   call="multipletests(pValues, method='holm')[1]", pValues=values,
                   adjusted=multipletests(values, method="holm")[1].tolist())


def lines(entries):
    """A JSON list with an entry on each line, so that a difference shows in a diff."""
    return "[\n" + ",\n".join(json.dumps(e, ensure_ascii=False) for e in entries) + "\n]"


def main():
    folder = Path(__file__).parent
    sets = all_sets()
    (folder / "CodeSets.json").write_text(lines(s.record() for s in sets) + "\n")
    (folder / "RankingReferences.json").write_text(
        lines(entry for s in sets for entry in rankings(s)) + "\n")
    (folder / "StatisticsReferences.json").write_text(
        f'{{"comparisons": {lines(comparisons())},\n"adjustments": {lines(adjustments())}}}\n')


if __name__ == "__main__":
    main()
