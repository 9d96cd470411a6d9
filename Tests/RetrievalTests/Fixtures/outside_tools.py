"""The values of other people's tools, each called as its documentation says.

Two devices give tools an order inside ties. Tools that sort by a score get `database_scores`,
which fall along database order without a tie. trec_eval sorts equal scores by falling document
name, so it gets the negated distance and names that fall along database order.
"""

import numpy as np
import pytrec_eval
import sklearn
import torch
import torchmetrics
from importlib.metadata import version
from pytorch_metric_learning.utils import accuracy_calculator
from sklearn.metrics import average_precision_score, ndcg_score, precision_recall_curve
from torchmetrics.functional.retrieval import retrieval_average_precision

SKLEARN = f"scikit-learn {sklearn.__version__}"
TREC = f"pytrec_eval-terrier {version('pytrec_eval-terrier')}"
TORCHMETRICS = f"torchmetrics {torchmetrics.__version__}"
METRIC_LEARNING = f"pytorch-metric-learning {version('pytorch-metric-learning')}"


def database_scores(distances):
    """Positive scores that fall with distance and, inside a tie, along database order."""
    count = distances.shape[-1]
    return (distances.max() - distances) * count + np.arange(count, 0, -1)


def values(code_set, function):
    """A value for each query, nil for the unanswerable ones."""
    result = [None] * len(code_set.query_codes)
    for query in code_set.answerable:
        result[query] = float(function(query))
    return result


def sklearn_measures(code_set, cutoffs):
    distances, grades = code_set.distances, code_set.grades
    scores = database_scores(distances)
    count = grades.shape[1]

    def entry(call, measure, order, function):
        return dict(tool=SKLEARN, call=call, measure=measure, order=order,
                    values=values(code_set, function))

    yield entry("average_precision_score(shared > 0, database_scores)", "mAP@all", "databaseOrder",
                lambda q: average_precision_score(grades[q] > 0, scores[q]))
    if all(len(set(row)) == count for row in distances):
        # scikit-learn takes a tie as one threshold, which is no order of its items; without ties
        # every order is the same.
        for order in ("expected", "worst", "best", "databaseOrder"):
            yield entry("average_precision_score(shared > 0, -distance)", "mAP@all", order,
                        lambda q: average_precision_score(grades[q] > 0, -distances[q]))
    # ndcg_score averages over ties (ignore_ties=False), and its gain is the relevance itself.
    for k in cutoffs + [count]:
        name = "all" if k == count else k
        yield entry(f"ndcg_score([shared], [-distance], k={k})", f"NDCG@{name}(gain=linear)",
                    "expected", lambda q: ndcg_score([grades[q]], [-distances[q]], k=k))
        yield entry(f"ndcg_score([2**shared - 1], [-distance], k={k})", f"NDCG@{name}", "expected",
                    lambda q: ndcg_score([2.0 ** grades[q] - 1], [-distances[q]], k=k))
        yield entry(f"ndcg_score([2**shared - 1], [database_scores], k={k})", f"NDCG@{name}",
                    "databaseOrder", lambda q: ndcg_score([2.0 ** grades[q] - 1], [scores[q]], k=k))


def sklearn_curve(code_set):
    """Pooled precision and recall at the distances that occur; scikit-learn has no others."""
    distances = code_set.distances.ravel()
    p, r, thresholds = precision_recall_curve(code_set.grades.ravel() > 0, -distances,
                                              drop_intermediate=False)
    points = [[float(-t), float(a), float(b)] for t, a, b in zip(thresholds, p, r)]
    return dict(tool=SKLEARN, call="precision_recall_curve(all pairs: shared > 0, -distance)",
                curve="PR(radius,micro)", order=None, points=sorted(points))


def trec_run(code_set, measures, gains, radius=None):
    """One dictionary of values for each answerable query with a list that is not empty."""
    count = len(code_set.codes)
    names = [f"{count - item:06d}" for item in range(count)]
    qrel, run = {}, {}
    for query in code_set.answerable:
        qrel[str(query)] = {name: int(g) for name, g in zip(names, gains[query])}
        found = {name: float(-d) for name, d in zip(names, code_set.distances[query])
                 if radius is None or d <= radius}
        if found:
            run[str(query)] = found
    return pytrec_eval.RelevanceEvaluator(qrel, measures).evaluate(run)


def trec_measures(code_set, cutoffs):
    ks = ",".join(map(str, cutoffs))
    grades = code_set.grades

    def entries(found, names, call):
        for trec, ours in names.items():
            answers = [found.get(str(q), {}).get(trec) for q in range(len(grades))]
            yield dict(tool=TREC, call=f"{trec}, {call}", measure=ours, order="databaseOrder",
                       values=answers)

    names = {"map": "mAP@all"}
    for k in cutoffs:
        names |= {f"P_{k}": f"P@{k}", f"recall_{k}": f"R@{k}"}
        names |= {f"map_cut_{k}": f"mAP@{k}(div=total)"}
    found = trec_run(code_set, {"map", f"P.{ks}", f"recall.{ks}", f"map_cut.{ks}", "Rprec"}, grades)
    yield from entries(found, names, "scores -distance, names falling along database order")
    # Rprec is P@R, so its name here depends on the query.
    totals = {q: int((grades[q] > 0).sum()) for q in code_set.answerable}
    for total in sorted(set(totals.values())):
        yield dict(tool=TREC, call="Rprec, scores -distance, names falling along database order",
                   measure=f"P@{total}", order="databaseOrder",
                   values=[found[str(q)]["Rprec"] if totals.get(q) == total else None
                           for q in range(len(grades))])
    # trec_eval's gain is the relevance level itself.
    for gains, option in ((grades, "(gain=linear)"), (2 ** grades - 1, "")):
        names = {"ndcg": f"NDCG@all{option}"}
        names |= {f"ndcg_cut_{k}": f"NDCG@{k}{option}" for k in cutoffs}
        found = trec_run(code_set, {"ndcg", f"ndcg_cut.{ks}"}, gains)
        level = "shared" if option else "2^shared - 1"
        yield from entries(found, names, f"scores -distance, relevance level {level}")
    for radius in (0, 2):
        found = trec_run(code_set, {"set_P", "set_recall", "set_F"}, grades, radius)
        names = {"set_P": "precision", "set_recall": "recall", "set_F": "F1"}
        names = {trec: f"lookup(r={radius},{ours})" for trec, ours in names.items()}
        yield from entries(found, names, f"run of the items within distance {radius}")


def trec_curve(code_set):
    levels = [f"{level / 10:.2f}" for level in range(11)]
    found = trec_run(code_set, {"iprec_at_recall." + ",".join(levels)}, code_set.grades)
    points = [[level / 10, float(np.mean([v[f"iprec_at_recall_{name}"] for v in found.values()])),
               None] for level, name in enumerate(levels)]
    return dict(tool=TREC, call="iprec_at_recall, mean over answerable queries",
                curve="PR(rank,11)", order="databaseOrder", points=points)


def torch_measures(code_set, cutoffs):
    grades, distances = code_set.grades, code_set.distances
    scores = torch.tensor(database_scores(distances), dtype=torch.float32)
    relevant = torch.tensor(grades > 0)
    # float32 sums of at most k terms ≤ 1 and their quotient.
    for k in cutoffs:
        yield dict(
            tool=TORCHMETRICS, call=f"retrieval_average_precision(database_scores, top_k={k})",
            measure=f"mAP@{k}(div=hits)", order="databaseOrder", tolerance=1e-6,
            values=values(code_set, lambda q: retrieval_average_precision(
                scores[q], relevant[q], top_k=k)))

    labels = torch.tensor(code_set.labels)

    def shares_label(first, second):
        return (first[:, None] & second).any(-1) if second.dim() == 3 else (first & second).any(-1)

    def map_at_r(query):
        own = torch.tensor(code_set.query_labels[query:query + 1])
        ranked = labels[torch.tensor(code_set.stable_orders[query:query + 1])]
        counts = accuracy_calculator.get_label_match_counts(own, labels, shares_label)
        return accuracy_calculator.mean_average_precision(
            ranked, own, False, counts, False, False, shares_label, at_r=True)

    yield dict(tool=METRIC_LEARNING, measure="MAP@R",
               call="mean_average_precision(labels in stable order, at_r=True)",
               order="databaseOrder", values=values(code_set, map_at_r))
