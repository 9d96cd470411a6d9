"""The training step of DCMH in PyTorch: the peer of the Swift worker, on the same numbers.

It is what a user would write: `torch.optim.SGD` with its defaults, the system's allocator. The sum
over the rows outside the batch is taken as in Crossbit, the cheapest way there is.

Answers `check N` and `run N` on standard input with one JSON line each, until the input ends.
Usage: training_step.py WIDTH WIDTH [WIDTH]
"""

import json
import re
import sys
import time

import torch
from torch import nn

ITEMS, BATCH, CLASSES = 10_000, 128, 24
DECAY, LEARNING_RATE = 5e-4, 0.031622776601683791


def signed(number):
    """The 64-bit pattern of a number as PyTorch's int64 holds it."""
    number &= (1 << 64) - 1
    return number - (1 << 64) if number >> 63 else number


def shifted(z, count):
    """Logical right shift; int64 shifts arithmetically."""
    return (z >> count) & ((1 << (64 - count)) - 1)


def mixed(z):
    """The output function of SplitMix64."""
    z = (z ^ shifted(z, 30)) * signed(0xBF58476D1CE4E5B9)
    z = (z ^ shifted(z, 27)) * signed(0x94D049BB133111EB)
    return z ^ shifted(z, 31)


def draws(seed, count):
    """The first numbers of the stream of a seed, as Crossbit's `RandomStream` draws them."""
    step = signed(0x9E3779B97F4A7C15)
    root = mixed(torch.tensor(signed(seed + 0x9E3779B97F4A7C15)))
    return mixed(root + step * torch.arange(1, count + 1))


def uniform(seed, rows, columns, limit):
    """A float32 matrix, uniform within ±limit."""
    unit = shifted(draws(seed, rows * columns), 11).double().mul_(2.0**-53)
    return unit.mul_(2).sub_(1).mul_(limit).float().reshape(rows, columns)


class TrainingStep:
    def __init__(self, widths):
        self.features = uniform(1, ITEMS, widths[0], 3**0.5)
        self.own = uniform(2, ITEMS, widths[-1], 1)
        self.other = uniform(3, ITEMS, widths[-1], 1)
        self.binary = torch.where(self.own + self.other > 0, 1.0, -1.0)
        words = draws(4, 3 * ITEMS).reshape(ITEMS, 3)
        words = words[:, 0] & words[:, 1] & words[:, 2]
        self.labels = ((words.unsqueeze(1) >> torch.arange(CLASSES)) & 1).float()
        layers = []
        for index, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
            layer = nn.Linear(inputs, outputs)
            with torch.no_grad():
                limit = 0.01 * 3**0.5
                layer.weight.copy_(uniform(10 + 2 * index, inputs, outputs, limit).T)
                layer.bias.copy_(uniform(11 + 2 * index, 1, outputs, limit)[0])
            layers += [nn.ReLU(), layer] if index else [layer]
        self.network = nn.Sequential(*layers)
        self.optimizer = torch.optim.SGD(
            self.network.parameters(), lr=LEARNING_RATE, weight_decay=DECAY)
        self.step = 0

    def run(self):
        """Trains on the next batch and returns the loss before the step."""
        items = (self.step * BATCH + torch.arange(BATCH)) * 7919 % ITEMS
        self.step += 1
        codes = self.network(self.features[items])
        self.own[items] = codes.detach()
        theta = 0.5 * codes @ self.other.T
        similar = (self.labels[items] @ self.labels.T > 0).float()
        likelihood = (nn.functional.softplus(theta) - similar * theta).sum()
        quantisation = (self.binary[items] - codes).square().sum()
        others = self.own.sum(0) - codes.detach().sum(0)
        balance = (codes.sum(0) + others).square().sum()
        loss = (likelihood + quantisation + balance) / (BATCH * ITEMS)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()


def turn(step, count):
    processor, start = time.process_time(), time.perf_counter()
    for _ in range(count):
        loss = step.run()
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds, "processorSeconds": time.process_time() - processor, "loss": loss}


def main():
    torch.set_num_threads(1)
    step = TrainingStep([int(width) for width in sys.argv[1:]])
    mkl = re.search(r"Math Kernel Library Version (\S+)", torch.__config__.show())
    library = f"MKL {mkl.group(1)}" if mkl else "no MKL"
    capability = torch.backends.cpu.get_cpu_capability()
    print(json.dumps({"name": f"PyTorch {torch.__version__}", "library": f"{library}, {capability}"}),
          flush=True)
    for line in sys.stdin:
        verb, count = line.split()
        if verb == "check":
            answer = {"losses": [step.run() for _ in range(int(count))]}
        else:
            answer = turn(step, int(count))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
