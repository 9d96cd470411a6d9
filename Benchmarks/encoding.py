"""A pass over a data file with PyTorch and h5py: the peer of the Swift worker, on the same numbers.

It is what a user would write: blocks of rows from h5py, the network without gradients, signs packed.

Answers `run` on standard input with one JSON line each, until the input ends.
Usage: encoding.py FILE WIDTH WIDTH [WIDTH]
       encoding.py --write FOLDER ITEMS     writes the files that are measured
"""

import json
import os
import re
import sys
import time

import h5py
import numpy as np
import torch
from torch import nn

from training_step import uniform

COLUMNS, BLOCK = 4096, 1024


def write(folder, items):
    """The same features in three forms: sparse and rounded to half precision, like a ReLU's."""
    forms = {
        "plain": {"dtype": "float32"},
        "packed": {"dtype": "float32", "chunks": (64, COLUMNS), "compression": 4, "shuffle": True},
        "half": {"dtype": "float16", "chunks": (64, COLUMNS), "compression": 4, "shuffle": True},
    }
    random = np.random.default_rng(1)
    files = {name: h5py.File(f"{folder}/{name}.h5", "w") for name in forms}
    for name, form in forms.items():
        file = files[name]
        file.create_dataset("image", (items, COLUMNS), **form)
        file["text"] = np.ones((items, 1), "uint8")
        file["label"] = np.ones((items, 1), "uint8")
    for start in range(0, items, BLOCK):
        count = min(BLOCK, items - start)
        block = random.standard_normal((count, COLUMNS), dtype=np.float32)
        block = np.maximum(block - 0.8, 0).astype("float16")
        for file in files.values():
            file["image"][start : start + count] = block
    for file in files.values():
        file.close()


def network(widths):
    layers = []
    for index, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layer = nn.Linear(inputs, outputs)
        with torch.no_grad():
            layer.weight.copy_(uniform(10 + 2 * index, inputs, outputs, 0.02).T)
            layer.bias.copy_(uniform(11 + 2 * index, 1, outputs, 0.02)[0])
        layers += [nn.ReLU(), layer] if index else [layer]
    return nn.Sequential(*layers, nn.Tanh())


def counted(path, name):
    with open(path) as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(name))


def forget(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)


def turn(path, model):
    forget(path)
    disk = counted("/proc/self/io", "read_bytes:")
    processor, start = time.process_time(), time.perf_counter()
    ones = anonymous = 0
    with h5py.File(path, "r") as file, torch.no_grad():
        image = file["image"]
        for first in range(0, len(image), BLOCK):
            rows = torch.from_numpy(image[first : first + BLOCK]).float()
            codes = np.packbits((model(rows) >= 0).numpy(), axis=1)
            ones += int(np.unpackbits(codes).sum())
            anonymous = max(anonymous, counted("/proc/self/status", "RssAnon:") * 1024)
    return {
        "seconds": time.perf_counter() - start, "processorSeconds": time.process_time() - processor,
        "ones": ones, "anonymousBytes": anonymous,
        "diskBytes": counted("/proc/self/io", "read_bytes:") - disk}


def main():
    if sys.argv[1] == "--write":
        return write(sys.argv[2], int(sys.argv[3]))
    torch.set_num_threads(1)
    model = network([int(width) for width in sys.argv[2:]])
    mkl = re.search(r"Math Kernel Library Version (\S+)", torch.__config__.show())
    library = f"MKL {mkl.group(1)}" if mkl else "no MKL"
    capability = torch.backends.cpu.get_cpu_capability()
    name = f"PyTorch {torch.__version__}, h5py {h5py.__version__}"
    print(json.dumps({"name": name, "library": f"{library}, {capability}"}), flush=True)
    for _ in sys.stdin:
        print(json.dumps(turn(sys.argv[1], model)), flush=True)


if __name__ == "__main__":
    main()
