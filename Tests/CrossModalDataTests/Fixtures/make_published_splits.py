"""Writes published_splits.json, against which PublishedSplitTests and MersenneTwisterTests compare.

Run with Python 3 and NumPy (written with NumPy 2.4.6): python3 make_published_splits.py

All numbers come from NumPy's RandomState, the generator that the published code uses. MATLAB is not
needed: the default stream of a MATLAB session is MT19937 with seed 5489, its rand takes 53 bits of
two words as NumPy's does, and randperm(n) is the order that sorts rand(1, n). So
argsort(RandomState(5489).rand(n)) is the permutation of a fresh session. Two things support it: the
example in MathWorks' manual of RandStream's randperm (seed 0, which stands for 5489, gives
6 3 5 1 2 4), and the split inside DLFH's flickr-25k.mat, which is this order of its 20,015 items.

Digests are SHA-256 over the lists query, training, retrieval, each as its length and its items in
64-bit little-endian numbers, as RetrievalSplit.digest says.
"""

import hashlib
import json
import pathlib

import numpy as np

SHOWN = 20


def digest(*lists):
    sha = hashlib.sha256()
    for items in lists:
        sha.update(np.array([len(items)], dtype="<u8").tobytes())
        sha.update(np.asarray(items, dtype="<u8").tobytes())
    return sha.hexdigest()


def generator(seed):
    state = np.random.RandomState(seed)
    words = state.randint(0, 2**32, size=1300, dtype=np.uint64)  # one word each: two refills
    return {
        "seed": seed,
        "first_words": words[:8].tolist(),
        "last_words": words[-8:].tolist(),
        "uniform": np.random.RandomState(seed).rand(8).tolist(),
        "integers": [
            int(np.random.RandomState(seed).randint(0, bound + 1, dtype=np.uint32))
            for bound in (1, 6, 127, 128, 99_999)
        ],
    }


def permutations(seed):
    """Several draws from one generator, so that the state between them counts."""
    state = np.random.RandomState(seed)
    return {
        "seed": seed,
        "draws": [state.permutation(n).tolist() for n in (0, 1, 2, 3, 10, 33)],
        "uniform_after": float(state.rand()),
    }


def matlab_order(n):
    return np.argsort(np.random.RandomState(5489).rand(n), kind="stable")


def numpy_order(seed):
    def order(n):
        np.random.seed(seed)
        return np.random.permutation(n)

    return order


def cut(order, n, queries, training, last=False):
    items = order(n)
    query, retrieval = (items[-queries:], items[:-queries]) if last else np.split(items, [queries])
    return query, retrieval[:training], retrieval


def made_up_labels(n, c):
    """Labels that a test can make too: item i has label j when (i * (2j + 3) + j) mod 13 < 2."""
    item, label = np.arange(n)[:, None], np.arange(c)[None, :]
    return (item * (2 * label + 3) + label) % 13 < 2


def per_class(labels, first, others, fill, seed):
    """The draw of DJSRH's datasets.py, with sets for its lists, after seeding."""
    np.random.seed(seed)
    query, training = [], []
    for label in range(labels.shape[1]):
        index = np.where(labels[:, label])[0]
        index = index[np.random.permutation(len(index))]
        taken = set(query) | set(training)
        free = [i for i in index.tolist() if i not in taken]
        q, t = first if label == 0 else others
        query += free[:q]
        training += free[q : q + t]
    asked = set(query)
    database = [i for i in range(len(labels)) if i not in asked]
    if fill is not None and len(training) < fill:
        trained = set(training)
        pick = np.array([i for i in database if i not in trained])
        pick = pick[np.random.permutation(len(pick))]
        training += pick[: fill - len(training)].tolist()
    return query, training, database


def rows(n):
    return np.arange(n)


SPLITS = {
    "dcmh-mirflickr25k": cut(matlab_order, 20015, 2000, 10000),
    "dlfh-mirflickr25k": cut(matlab_order, 20015, 2000, 18015),
    "dcmh-rows-mirflickr25k": cut(rows, 20015, 2000, 10000),
    "gcdh-mirflickr25k": cut(numpy_order(6), 20015, 2000, 10000),
    "gcdh-nuswide-tc10": cut(numpy_order(7), 186577, 2100, 10500),
    "gcdh-mscoco": cut(numpy_order(8), 122218, 5000, 10000),
    "torchcmh-nuswide-tc21": cut(numpy_order(7), 195834, 2100, 10500),
    "torchcmh-iaprtc12": cut(numpy_order(8), 20000, 2000, 10000),
    "ucch-mirflickr25k": cut(rows, 20015, 2000, 18015, last=True),
    "ucch-nuswide-tc10": cut(rows, 186577, 2100, 184477, last=True),
    "ucch-mscoco": cut(rows, 122218, 5000, 117218, last=True),
    "ucch-iaprtc12": cut(rows, 20000, 2000, 18000, last=True),
    "dadh-mirflickr25k": cut(rows, 20015, 2000, 10000, last=True),
    "dadh-nuswide-tc21": cut(rows, 195834, 2100, 10000),
    "djsrh-mirflickr25k": per_class(made_up_labels(20015, 24), (160, 400), (80, 200), 5000, 1),
    "djsrh-nuswide-tc10": per_class(made_up_labels(186577, 10), (200, 500), (200, 500), None, 1),
    "dchmt-mirflickr25k": cut(numpy_order(1814), 24581, 5120, 10240),
    "dchmt-mscoco": cut(numpy_order(1814), 122218, 5120, 10240),
    "mith-mirflickr25k": cut(numpy_order(1), 20015, 2000, 10000),
    "mith-nuswide-tc21": cut(numpy_order(1), 190421, 2100, 10500),
    "mith-mscoco": cut(numpy_order(1), 122218, 5000, 10000),
    "wiki-official": cut(rows, 2866, 693, 2173, last=True),
}


def described(name, lists):
    query, training, retrieval = (np.asarray(items).tolist() for items in lists)
    return {
        "name": name,
        "item_count": len(query) + len(retrieval),
        "counts": [len(query), len(training), len(retrieval)],
        "query_starts": query[:SHOWN],
        "training_ends": training[-SHOWN:],
        "retrieval_starts": retrieval[:SHOWN],
        "retrieval_ends": retrieval[-SHOWN:],
        "digest": digest(query, training, retrieval),
    }


def scarce():
    """Classes that run out of items: 240 items, 24 labels."""
    labels = made_up_labels(240, 24)
    filled = per_class(labels, (16, 40), (8, 20), 500, 9)
    open_ = per_class(labels, (16, 40), (8, 20), None, 9)
    return {
        "query": filled[0],
        "training": filled[1],
        "training_unfilled": open_[1],
    }


document = {
    "generators": [generator(seed) for seed in (0, 1, 6, 5489, 2**32 - 1)],
    "permutations": [permutations(seed) for seed in (0, 1, 6, 1814)],
    "matlab_permutations": [(matlab_order(n) + 1).tolist() for n in (1, 2, 6, 50)],
    "splits": [described(name, lists) for name, lists in SPLITS.items()],
    "scarce_classes": scarce(),
}
text = json.dumps(document, separators=(",", ":")).replace('},{"', '},\n{"').replace('],"', '],\n"')
path = pathlib.Path(__file__).with_name("published_splits.json")
path.write_text(text + "\n")
