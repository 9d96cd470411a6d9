"""What the field's evaluation functions compute, written from their definitions.

Nothing is copied: each function says in words what it stands for. A list is the relevance or the
grades of one query's items in rank order; a query without a relevant item is unanswerable.
"""

from itertools import permutations, product

import numpy as np


def precisions(relevant):
    """Precision at each relevant item, in rank order."""
    ranks = np.flatnonzero(relevant) + 1
    return np.arange(1, len(ranks) + 1) / ranks


def average_precision(relevant):
    """The mean of the precisions at the relevant items of the whole list."""
    return precisions(relevant).mean()


def calc_map_k(relevant, k):
    """DCMH family: the mean over the first min(k, R) relevant items, wherever they rank."""
    return precisions(relevant)[:k].mean()


def top_k_hits(relevant, k):
    """DeepHash, `topkMap`: cut after k, the mean over the hits found; 0 without a hit."""
    found = precisions(relevant[:k])
    return found.mean() if len(found) else 0.0


def top_k_min(relevant, k):
    return precisions(relevant[:k]).sum() / min(k, np.sum(relevant))


def top_k_total(relevant, k):
    return precisions(relevant[:k]).sum() / np.sum(relevant)


def map_at_r(relevant):
    """Musgrave et al. 2020: cut after R, divided by R."""
    return top_k_total(relevant, int(np.sum(relevant)))


def precision(relevant, k):
    return np.mean(relevant[:k])


def recall(relevant, k):
    return np.sum(relevant[:k]) / np.sum(relevant)


def ndcg(grades, k, exponential):
    gains = 2.0 ** grades - 1 if exponential else grades.astype(float)
    discounts = 1 / np.log2(np.arange(2, len(gains) + 2))
    ideal = np.sort(gains)[::-1]
    return (gains * discounts)[:k].sum() / (ideal * discounts)[:k].sum()


def average_cumulative_gain(grades, k):
    return np.mean(grades[:k])


def weighted_average_precision(grades):
    """Zhao et al. 2015: average cumulative gain at each relevant item, over R."""
    ranks = np.flatnonzero(grades > 0) + 1
    return np.mean([average_cumulative_gain(grades, rank) for rank in ranks])


def ranked_measures(cutoffs, count):
    """Measure name → function of the grades in rank order."""
    measures = {
        "mAP@all": lambda g: average_precision(g > 0),
        "MAP@R": lambda g: map_at_r(g > 0),
        "WAP": weighted_average_precision,
        "NDCG@all": lambda g: ndcg(g, count, True),
        "NDCG@all(gain=linear)": lambda g: ndcg(g, count, False),
    }
    for k in cutoffs:
        measures |= {
            f"mAP@{k}(div=firstRelevant)": lambda g, k=k: calc_map_k(g > 0, k),
            f"mAP@{k}(div=hits)": lambda g, k=k: top_k_hits(g > 0, k),
            f"mAP@{k}(div=min)": lambda g, k=k: top_k_min(g > 0, k),
            f"mAP@{k}(div=total)": lambda g, k=k: top_k_total(g > 0, k),
            f"P@{k}": lambda g, k=k: precision(g > 0, k),
            f"R@{k}": lambda g, k=k: recall(g > 0, k),
            f"ACG@{k}": lambda g, k=k: average_cumulative_gain(g, k),
            f"NDCG@{k}": lambda g, k=k: ndcg(g, k, True),
            f"NDCG@{k}(gain=linear)": lambda g, k=k: ndcg(g, k, False),
        }
    return measures


def ball_measures(distances, grades, radius):
    """Hash lookup of one query: precision, recall and F1 inside the ball, 0 where it is empty."""
    inside, relevant = distances <= radius, grades > 0
    hits = np.sum(inside & relevant)
    p = hits / inside.sum() if inside.any() else 0.0
    r = hits / relevant.sum()
    return {
        "precision": p, "recall": r, "F1": 2 * p * r / (p + r) if hits else 0.0,
        "empty": 0.0 if inside.any() else 1.0,
    }


def tie_orders(distances):
    """Every order of the items that rises in distance."""
    ties = [np.flatnonzero(distances == d) for d in np.unique(distances)]
    for parts in product(*(permutations(tie) for tie in ties)):
        yield np.concatenate(parts).astype(int)


def radius_curve(distances, grades, radius):
    """Precision and recall of pairs within a radius; an empty ball has precision 0."""
    inside, relevant = distances <= radius, grades > 0
    hits = np.sum(inside & relevant)
    return hits / inside.sum() if inside.any() else 0.0, hits / relevant.sum()
