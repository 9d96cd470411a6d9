"""What Python users have for the evaluator's work: the peers of the Swift worker, on its codes.

Nothing is copied: each program is written from its definition, as a user would write it. Answers
`check QUERIES` and `run NAME QUERIES` on standard input with one JSON line each, until the input
ends. Usage: evaluation.py FOLDER BITS SECONDS
"""

import json
import os
import sys
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import faiss  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402

BATCH = 64  # Queries a call of faiss; all at once would need q · N · 12 bytes of answers.


class Problem:
    def __init__(self, folder, bits):
        load = lambda name: np.load(Path(folder) / f"{name}.npy")
        self.query_codes, self.codes = load("query_codes"), load("item_codes")
        self.query_labels, self.labels = load("query_labels"), load("item_labels")
        self.bits, self.count = bits, len(self.codes)
        signs = lambda codes: np.unpackbits(codes, axis=1, bitorder="little", count=bits) * 2.0 - 1
        # float32 as torch users have it; NumPy gets the same, for double would be slower.
        self.query_signs = signs(self.query_codes).astype(np.float32)
        self.signs = signs(self.codes).astype(np.float32)
        self.query_floats = self.query_labels.astype(np.float32)
        self.floats = self.labels.astype(np.float32)
        self.tensors = [torch.from_numpy(array) for array in (
            self.query_signs, self.signs, self.query_floats, self.floats)]
        # Packed: words as wide as they can be, and label sets as one mask.
        width = max(w for w in (1, 2, 4, 8) if self.codes.shape[1] % w == 0)
        self.query_words, self.words = (
            np.ascontiguousarray(c).view(f"<u{width}") for c in (self.query_codes, self.codes))
        powers = 1 << np.arange(self.labels.shape[1], dtype=np.uint64)
        self.query_mask, self.mask = (
            labels.astype(np.uint64) @ powers for labels in (self.query_labels, self.labels))
        self.ranks = np.arange(1, self.count + 1)
        self.harmonic = np.concatenate([[0], np.cumsum(1 / self.ranks)])
        self.index = faiss.IndexBinaryFlat(self.codes.shape[1] * 8)
        self.index.add(self.codes)

    def argsort(self, queries, kind=None):
        """mAP@all: one product, one sort a query; `kind` None is NumPy's default, unstable."""
        total = answerable = 0
        for query in range(queries):
            relevant = self.floats @ self.query_floats[query] > 0
            found = np.count_nonzero(relevant)
            if found == 0:
                continue
            distances = 0.5 * (self.bits - self.signs @ self.query_signs[query])
            ranks = np.flatnonzero(relevant[np.argsort(distances, kind=kind)]) + 1
            total += np.mean(self.ranks[:found] / ranks)
            answerable += 1
        return total / max(1, answerable)

    def torch(self, queries):
        """The same in PyTorch, as evaluation code of cross-modal hashing does it."""
        query_signs, signs, query_labels, labels = self.tensors
        total = answerable = 0
        for query in range(queries):
            relevant = (query_labels[query:query + 1] @ labels.T > 0).float()[0]
            found = int(relevant.sum())
            if found == 0:
                continue
            distances = 0.5 * (self.bits - query_signs[query:query + 1] @ signs.T)[0]
            _, order = torch.sort(distances)
            ranks = torch.nonzero(relevant[order])[:, 0].float() + 1
            total += torch.mean(torch.arange(1, found + 1) / ranks).item()
            answerable += 1
        return total / max(1, answerable)

    def histograms(self, queries):
        """Expected mAP@all from two histograms a query; nothing is sorted."""
        total = answerable = 0
        for query in range(queries):
            distances = np.bitwise_count(self.words ^ self.query_words[query])
            wide = distances.shape[1] > 1
            distances = distances.sum(1, dtype=np.int64) if wide else distances[:, 0]
            relevant = (self.mask & self.query_mask[query]) != 0
            items = np.bincount(distances, minlength=self.bits + 1)
            hits = np.bincount(distances[relevant], minlength=self.bits + 1)
            if hits.sum() == 0:
                continue
            keep = items > 0
            t, r = items[keep].astype(float), hits[keep].astype(float)
            n, c = np.cumsum(t) - t, np.cumsum(r) - r
            slope = np.where(t > 1, (r - 1) / np.maximum(t - 1, 1), 0)
            # Σ (c + 1 + (k − 1) s) / (n + k) over a tie, k = 1 … t, by harmonic numbers.
            sums = self.harmonic[(n + t).astype(int)] - self.harmonic[n.astype(int)]
            inner = (c + 1 - (n + 1) * slope) * sums + slope * t
            total += np.sum(r / t * inner) / r.sum()
            answerable += 1
        return total / max(1, answerable)

    def faiss(self, queries, k, heap):
        self.index.use_heap = heap
        total = 0
        for first in range(0, queries, BATCH):
            codes = self.query_codes[first:min(queries, first + BATCH)]
            distances, _ = self.index.search(codes, min(k, self.count))
            total += int(distances[0, -1])
        return total

    def run(self, name, queries):
        if name.startswith("faiss"):
            _, k, how = name.split("-")
            return self.faiss(queries, self.count if k == "all" else int(k), how == "heap")
        return {"argsort": self.argsort, "torch": self.torch, "histograms": self.histograms}[name](
            queries)

    def check(self, queries):
        """mAP@all in database order; complains where another program disagrees with it."""
        queries = min(queries, len(self.query_codes))
        value = self.argsort(queries, kind="stable")
        # Sorts that are not stable move mAP in its fourth digit, means over tie orders less.
        for name in ("argsort", "torch", "histograms"):
            other = self.run(name, queries)
            if abs(other - value) > 0.005:
                raise SystemExit(f"mAP@all of {name} is {other}, of a stable sort {value}")
        expected = np.sort(np.bitwise_count(self.words ^ self.query_words[0]).sum(1, dtype=int))
        for heap in (True, False):
            self.index.use_heap = heap
            distances, _ = self.index.search(self.query_codes[:1], self.count)
            if not np.array_equal(distances[0], expected):
                raise SystemExit("faiss finds other distances")
        return float(value)


def turn(problem, name, queries, least):
    """One run's cost, from as many as fill a turn."""
    runs, processor, start = 0, time.process_time(), time.perf_counter()
    while runs == 0 or time.perf_counter() - start < least:
        problem.run(name, queries)
        runs += 1
    return {"seconds": (time.perf_counter() - start) / runs,
            "processorSeconds": (time.process_time() - processor) / runs}


def main():
    torch.set_num_threads(1)
    faiss.omp_set_num_threads(1)
    problem = Problem(sys.argv[1], int(sys.argv[2]))
    least = float(sys.argv[3])
    name = f"NumPy {np.__version__}, PyTorch {torch.__version__}, faiss {faiss.__version__}"
    library = f"PyTorch with {torch.backends.cpu.get_cpu_capability()}, one thread"
    print(json.dumps({"name": name, "library": library}), flush=True)
    for line in sys.stdin:
        verb, *words = line.split()
        if verb == "check":
            answer = {"meanAveragePrecision": problem.check(int(words[0]))}
        else:
            answer = turn(problem, words[0], int(words[1]), least)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
