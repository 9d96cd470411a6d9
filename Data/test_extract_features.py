"""Tests of extract_features.py; run them with `python3 -m unittest discover Data`.

A stand-in takes the place of the network, so torch is not needed. The tests of whole files need
numpy, h5py and Pillow and are skipped without.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import os
import signal
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import extract_features as extract

COMPLETE = all(importlib.util.find_spec(name) for name in ("numpy", "h5py", "PIL"))


class MeanColour:
    """A network whose vector is the mean colour and whose regions are the two halves."""

    side = 8

    def __init__(self, interrupt_at: int = 0) -> None:
        self.batches, self.interrupt_at = 0, interrupt_at

    def encode(self, pixels: Any) -> dict[str, Any]:
        self.batches += 1
        if self.batches == self.interrupt_at:
            os.kill(os.getpid(), signal.SIGINT)
        halves = pixels.reshape(len(pixels), 2, -1, 3).astype("float32").mean(2)
        return {"image": halves.mean(1), "image_regions": halves}

    def encode_blank(self) -> dict[str, Any]:
        import numpy as np

        blank = self.encode(np.zeros((2, self.side, self.side, 3), np.uint8))
        self.batches = 0
        return blank


class ExtractTest(unittest.TestCase):
    """Works in a folder of its own, with SIGINT as before and stderr in `self.said`."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root, self.said = Path(folder.name), io.StringIO()
        self.enterContext(contextlib.redirect_stderr(self.said))
        for number in (signal.SIGINT, signal.SIGTERM):
            self.addCleanup(signal.signal, number, signal.getsignal(number))

    def file(self, name: str, text: str) -> Path:
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return path

    def assertRefuses(self, part: str, function: Any, *arguments: Any) -> None:
        with self.assertRaises(extract.ExtractError) as caught:
            function(*arguments)
        self.assertIn(part, str(caught.exception))


class ListTests(ExtractTest):
    """Names, tags and labels."""

    pictures = ["a/1.png", "b/1.png", "b/2.png"]

    def test_names_match_by_path_and_by_last_part_where_one_picture_has_it(self) -> None:
        path = self.file("tags", "b/1\tred\n2.png\tgreen\n2\tBlue-sky, n°5\nother\tx\n")
        tags = extract.read_tags(path, self.pictures)
        self.assertEqual(tags, {"b/1.png": {"red"}, "b/2.png": {"green", "blue", "sky", "n", "5"}})
        self.assertIn("1 names of no picture: other", self.said.getvalue())

    def test_a_name_of_two_pictures_is_refused(self) -> None:
        path = self.file("tags", "b/2\tred\n1\tgreen\n")
        self.assertRefuses(
            "line 2: expected a picture's name", extract.read_tags, path, self.pictures
        )

    def test_lines_without_names_go_by_order_and_must_be_as_many(self) -> None:
        path = self.file("tags", "red\n\nblue\x0csky\n")
        tags = extract.read_tags(path, self.pictures)
        self.assertEqual([len(tags[picture]) for picture in self.pictures], [1, 0, 2])
        self.assertRefuses(
            "each of 2 pictures, found 3", extract.read_tags, path, self.pictures[:2]
        )

    def test_labels_by_name_and_by_column_are_the_same(self) -> None:
        listed = self.file("listed", "a/1\tsky; sea\nb/1\tsea\nb/2\t\n")
        columns = self.file("columns", "name\tsky\tsea\na/1\t1\t1\nb/1\t0\t1\nb/2\t0\t0\n")
        expected = {"a/1.png": {"sky", "sea"}, "b/1.png": {"sea"}, "b/2.png": set()}
        self.assertEqual(extract.read_labels(listed, self.pictures, []), ([], expected))
        self.assertEqual(
            extract.read_labels(columns, self.pictures, []), (["sky", "sea"], expected)
        )

    def test_a_first_line_of_an_unknown_picture_is_no_header(self) -> None:
        path = self.file("columns", "gone\t1\t0\na/1\t1\t1\n")
        names, _ = extract.read_labels(path, self.pictures, [])
        self.assertEqual(names, ["label 1", "label 2"])

    def test_labels_that_do_not_fit_are_refused(self) -> None:
        path = self.file("columns", "a/1\t1\t2\n")
        self.assertRefuses("expected 0 or 1", extract.read_labels, path, self.pictures, [])
        path = self.file("listed", "a/1\tsky\n")
        self.assertRefuses("lacks: sky", extract.read_labels, path, self.pictures, ["sea"])


@unittest.skipUnless(COMPLETE, "needs numpy, h5py and Pillow")
class FileTests(ExtractTest):
    """Pictures, and files from the first picture to the last."""

    def picture(self, name: str, colour: tuple[int, ...], size: tuple[int, int] = (9, 5)) -> Path:
        from PIL import Image

        path = self.root / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour).save(path)
        return path

    def options(self, *arguments: str) -> argparse.Namespace:
        folder, output = str(self.root / "pictures"), str(self.root / "out.h5")
        return extract.parse_arguments([folder, "--output", output, *arguments])

    def test_transparency_becomes_white_and_padding_too(self) -> None:
        clear = extract.canvas(self.picture("clear.png", (0, 0, 0, 0)), 8, "crop")
        self.assertTrue((clear == 255).all())
        wide = self.picture("wide.png", (200, 0, 0), (16, 8))
        padded = extract.canvas(wide, 8, "pad")
        self.assertEqual(
            padded[:, 4].tolist(), [[255] * 3] * 2 + [[200, 0, 0]] * 4 + [[255] * 3] * 2
        )
        for fit in ("crop", "stretch"):
            self.assertTrue((extract.canvas(wide, 8, fit) == [200, 0, 0]).all())

    def test_grey_of_16_bits_keeps_its_shades(self) -> None:
        import numpy as np
        from PIL import Image

        path = self.root / "grey.png"
        Image.fromarray(np.full((4, 4), 0x8000, np.uint16)).save(path)
        self.assertTrue((extract.canvas(path, 8, "crop") == 0x80).all())

    def test_damaged_pictures_are_named_and_left_out(self) -> None:
        import numpy as np
        from PIL import Image

        for suffix in ("png", "jpg"):
            noise = np.random.RandomState(0).randint(0, 256, (64, 64, 3), np.uint8)
            path = self.root / "pictures" / f"cut.{suffix}"
            path.parent.mkdir(exist_ok=True)
            Image.fromarray(noise).save(path)
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        (self.root / "pictures" / "text.gif").write_text("no picture")
        self.picture("sound.png", (1, 2, 3))
        options = self.options()
        listed = extract.find_pictures(options.folder, None)
        self.assertEqual(listed, ["cut.jpg", "cut.png", "sound.png", "text.gif"])
        self.assertEqual(extract.join(listed, options).pictures, ["sound.png"])
        for name in ("cut.jpg: ", "cut.png: ", "text.gif: "):
            self.assertIn(name, self.said.getvalue())

    def test_words_go_by_frequency_and_lacking_pictures_go_or_stay(self) -> None:
        for name in "abcd":
            self.picture(f"{name}.png", (0, 0, 0))
        tags = self.file("tags", "a\tsea sky\nb\tsky\nc\tred\nd\tsea sky tree tree\n")
        labels = self.file("labels", "a\tx\nb\ty\nc\tz\n")
        more = ("--tags", str(tags), "--labels", str(labels))
        listed = [f"{name}.png" for name in "abcd"]
        items = extract.join(listed, self.options(*more))
        self.assertEqual((items.words, items.label_names), (["sky", "red", "sea"], ["x", "y", "z"]))
        self.assertEqual(items.pictures, listed[:3])
        items = extract.join(listed, self.options(*more, "--least-texts", "2", "--keep"))
        self.assertEqual((items.words, items.pictures), (["sky", "sea"], listed))
        items = extract.join(listed, self.options(*more, "--words", "1"))
        self.assertEqual((items.words, items.pictures), (["sky"], listed[:2]))

    def test_an_interrupted_file_equals_an_uninterrupted_one(self) -> None:
        from unittest import mock

        import h5py

        for number in range(7):
            self.picture(f"{number}.png", (30 * number, 7, 250 - number))
        tags = self.file("tags", "".join(f"{number}\tword{number % 3}\n" for number in range(7)))
        options = self.options("--batch", "2", "--tags", str(tags))
        listed = extract.find_pictures(options.folder, None)
        about = mock.patch.object(extract, "attributes", return_value={"dataset": "seven"})
        self.enterContext(about)

        def run(name: str, interrupt_at: int) -> tuple[bytes, list[int]]:
            path, statuses = self.root / name, []
            extract.begin(path, options, listed, MeanColour(), "{}")
            while not statuses or statuses[-1]:
                with h5py.File(path, "r+") as file:
                    statuses.append(extract.fill(file, options, MeanColour(interrupt_at)))
                    interrupt_at = 0
            with h5py.File(path) as file:
                members = ["image", "image_name", "image_regions", "text", "text_vocab"]
                self.assertEqual(sorted(file), members)
                return b"".join(file[name][()].tobytes() for name in members), statuses

        whole, statuses = run("whole.h5", 0)
        self.assertEqual(statuses, [0])
        broken, statuses = run("broken.h5", 2)
        self.assertEqual(statuses, [128 + signal.SIGINT, 0])
        self.assertIn("continues with 4 of 7", self.said.getvalue())
        self.assertEqual(whole, broken)
        with h5py.File(self.root / "whole.h5") as file:
            self.assertEqual(file["image"][6].tolist(), [180, 7, 244])
            self.assertEqual(file["image"].dtype.str, "<f2")
            self.assertEqual(file["text"][:].argmax(1).tolist(), [0, 1, 2, 0, 1, 2, 0])


if __name__ == "__main__":
    unittest.main()
