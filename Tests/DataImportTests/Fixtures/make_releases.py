"""Writes tiny files in the layouts of released data sets, and what an import of them must give.

Made by NumPy 2.4.6, SciPy 1.17.1 and h5py 3.16.0; run again with

    python3 make_releases.py

Files of MATLAB 7.3 are written with h5py in the form that MATLAB gives them. `expected.json` lists
for each case: the files, the layout, and the arrays, names and index lists of the data file.
"""

import json
import zipfile
from pathlib import Path

import h5py
import numpy as np
import scipy.io
import scipy.sparse

folder = Path(__file__).resolve().parent
random = np.random.default_rng(20261122)
N = 12
image = random.normal(size=(N, 5)).astype("f4")
text = (random.random((N, 7)) < 0.4).astype("u1")
text[:, 0] = 1
label = (random.random((N, 3)) < 0.4).astype("u1")
label[np.arange(N), np.arange(N) % 3] = 1
classes = (np.arange(N) * 7) % 4 + 1
names = [f"/folder{i % 2}/im{i:02d}.jpg" for i in range(N)]
words = "red green blue ant bee cat dog".split()
captions = [" ".join(w.capitalize() for w, on in zip(words, row) if on) + "." for row in text]
cases = {}


def case(name, files, layout, image=None, text=None, label=None, names=None, split=None, **options):
    def numbers(array):
        return None if array is None else np.asarray(array, "f8").tolist()

    cases[name] = {
        "files": files, "layout": layout, "image": numbers(image), "text": numbers(text),
        "label": numbers(label), "names": names,
        "split": None if split is None else [list(map(int, part)) for part in split], **options,
    }


def matlab73(path, arrays):
    """Writes arrays, sparse matrices and cells of text as MATLAB 7.3 does."""
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, value in arrays.items():
            if isinstance(value, list):
                cell = file.create_dataset(name, shape=(1, len(value)), dtype=h5py.ref_dtype)
                cell.attrs["MATLAB_class"] = np.bytes_("cell")
                for i, word in enumerate(value):
                    units = np.frombuffer(word.encode("utf-16-le"), "u2")
                    member = file.create_dataset(f"#refs#/{name}{i}", data=units[:, None])
                    member.attrs["MATLAB_class"] = np.bytes_("char")
                    cell[0, i] = member.ref
            else:
                array = np.asarray(value)
                kind = {"f8": "double", "f4": "single", "u1": "uint8"}[array.dtype.str[1:]]
                data = file.create_dataset(name, data=np.ascontiguousarray(array.T))
                data.attrs["MATLAB_class"] = np.bytes_(kind)
    with open(path, "r+b") as file:
        header = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Sun Nov 22 00:00:00 2026 HDF5"
        file.write((header + b" schema 1.00 .").ljust(116) + bytes(8) + b"\x00\x02IM")


def cell(strings):
    array = np.empty((len(strings), 1), dtype=object)
    for i, string in enumerate(strings):
        array[i, 0] = string
    return array


save = lambda name, arrays: scipy.io.savemat(folder / name, arrays, do_compression=True)

# DCMH: pixels, tags and labels in one file of MATLAB 7.3, with names in cells.
pixels = random.integers(0, 256, (2, 2, 3, N)).astype("u1")
matlab73(folder / "FLICKR-25K.mat",
         {"images": pixels, "YAll": text.astype("f8"), "LAll": label.astype("f8"), "FAll": names})
case("dcmh", ["FLICKR-25K.mat"], "dcmh", text=text, label=label, names=names, partial=True)

# DJSRH and UCCH: one file for each modality; labels sparse.
save("mirflickr25k-iall-vgg.mat", {"XAll": image})
save("mirflickr25k-yall.mat", {"YAll": scipy.sparse.csc_matrix(text.astype("f8"))})
save("mirflickr25k-lall.mat", {"LAll": scipy.sparse.csc_matrix(label.astype("f8"))})
save("mirflickr25k-fall.mat", {"FAll": cell(names)})
parts = ["mirflickr25k-iall-vgg.mat", "mirflickr25k-yall.mat", "mirflickr25k-lall.mat"]
case("ucch", parts, "ucch", image, text, label)
case("djsrh", parts + ["mirflickr25k-fall.mat"], "djsrh", image, text, label, names)

# DLFH and UCCH's IAPR TC-12: queries and the rest apart; CNN features beside hand-crafted ones.
save("flickr-25k.mat", {
    "XDatabase": random.normal(size=(9, 4)), "VDatabase": image[:9].astype("f8"),
    "YDatabase": text[:9].astype("f8"), "databaseL": label[:9].astype("f8"),
    "XTest": random.normal(size=(3, 4)), "VTest": image[9:].astype("f8"),
    "YTest": text[9:].astype("f8"), "testL": label[9:].astype("f8")})
rest = (range(9, 12), range(9), range(9))
case("dlfh", ["flickr-25k.mat"], "dlfh", image, text, label, split=rest)
case("ucch-iapr", ["flickr-25k.mat"], "ucch", image, text, label, split=rest)

# DADH and torchcmh.
save("NUS-WIDE-TC21.mat", {"image": image, "text": text, "label": label})
case("dadh", ["NUS-WIDE-TC21.mat"], "dadh", image, text, label)
save("imgList.mat", {"imgs": np.array(names)})
save("tagList.mat", {"tags": text.astype("i1")})
save("labelList.mat", {"labels": label})
with zipfile.ZipFile(folder / "tagList.mat.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.write(folder / "tagList.mat", "tagList.mat")
(folder / "tagList.mat").unlink()
case("gcdh", ["imgList.mat", "tagList.mat.zip", "labelList.mat"], "gcdh", text=text, label=label,
     names=names, partial=True)

# Toolboxes: three parts, training items among those searched.
matlab73(folder / "mir_cnn.mat", {
    "I_tr": image[[4, 1]], "T_tr": text[[4, 1]], "L_tr": label[[4, 1]],
    "I_db": image[:9], "T_db": text[:9], "L_db": label[:9],
    "I_te": image[9:], "T_te": text[9:], "L_te": label[9:]})
case("toolbox", ["mir_cnn.mat"], "toolbox", image, text, label,
     split=(range(9, 12), [4, 1], range(9)))
save("MIRFLICKR.mat", {
    "I_tr": random.normal(size=(9, 4)), "I_te": random.normal(size=(3, 4)),
    "V_tr": image[:9], "V_te": image[9:], "T_tr": text[:9], "T_te": text[9:],
    "L_tr": label[:9], "L_te": label[9:]})
case("fcmh", ["MIRFLICKR.mat"], "fcmh", image, text, label, split=rest)

# DCHMT and MITH: captions in cells, one of them with several sentences.
spoken = list(captions)
nested = cell(spoken)
nested[3, 0] = cell(captions[3].rstrip(".").split(" "))
save("caption.mat", {"caption": nested})
save("index.mat", {"index": np.array(names)})
save("label.mat", {"category": label})
# Words by falling number of texts, then by the alphabet.
rank = sorted(range(7), key=lambda i: (-int(text[:, i].sum()), words[i]))
bag = text[:, [i for i in rank if text[:, i].any()]]
case("dchmt", ["caption.mat", "index.mat", "label.mat"], "dchmt", text=bag, label=label,
     names=names, partial=True)
case("mith", ["caption.mat", "index.mat", "label.mat"], "mith", text=bag, label=label,
     names=names, partial=True)

# Wiki: lists give classes and names; a variant has a class vector, another reversed one-hot labels.
one_hot = np.eye(4, dtype="u1")[classes - 1]
save("raw_features.mat", {"I_tr": image[:9].astype("f8"), "T_tr": text[:9] / 8,
                          "I_te": image[9:].astype("f8"), "T_te": text[9:] / 8})
for part, items in [("train", range(9)), ("test", range(9, 12))]:
    lines = [f"text-{i}\t{names[i]}\t{classes[i]}" for i in items]
    (folder / f"{part}set_txt_img_cat.list").write_text("\n".join(lines) + "\n")
case("wiki", ["raw_features.mat", "trainset_txt_img_cat.list", "testset_txt_img_cat.list"], "wiki",
     image, text / 8, one_hot, names, split=rest)
save("class_vector.mat", {
    "I_tr": image[:9], "T_tr": text[:9] / 8, "L_tr": classes[:9, None].astype("u1"),
    "I_te": image[9:], "T_te": text[9:] / 8, "L_te": classes[9:, None].astype("u1")})
case("wiki-classes", ["class_vector.mat"], "wiki", image, text / 8, one_hot, split=rest)
matlab73(folder / "wiki_data.mat", {
    "I_tr": image[:9].astype("f8"), "T_tr": text[:9] / 8, "L_tr": one_hot[:9].astype("f8"),
    "I_te": image[9:].astype("f8"), "T_te": text[9:] / 8, "L_te": one_hot[9:].astype("f8")})
case("wiki-73", ["wiki_data.mat"], "wiki", image, text / 8, one_hot, split=rest)

# Lists of DeepHash and HashNet.
for part, items in [("database", range(9)), ("train", [2, 5]), ("test", range(9, 12))]:
    lines = [f"{names[i]} {' '.join(map(str, label[i]))}" for i in items]
    (folder / f"{part}.txt").write_text("\n".join(lines) + "\n")
case("lists", ["database.txt", "train.txt", "test.txt"], "lists", label=label, names=names,
     split=(range(9, 12), [2, 5], range(9)), partial=True)

# No layout: usual names; columns as items, found from what the arrays have in common.
np.savez(folder / "turned.npz", image=image.T, text=text, label=label.T, names=np.array(names))
case("turned", ["turned.npz"], None, image, text, label, names)

# Joined by name: another order, other folders, one item more and two fewer.
order = [7, 0, 3, 11, 2, 9, 5, 1, 10, 6]
lines = [f"elsewhere/{Path(names[i]).name} {' '.join(map(str, label[i]))}" for i in order]
(folder / "labels-by-name.txt").write_text("\n".join(lines + ["elsewhere/new.jpg 1 0 0"]) + "\n")
np.savez(folder / "features-by-name.npz", image=image, text=text, names=np.array(names))
kept = sorted(order)
case("join", ["features-by-name.npz", "labels-by-name.txt"], None, image[kept], text[kept],
     label[kept], [names[i] for i in kept], join=True,
     arrays={"label": "labels", "name": str("features-by-name.npz:names")})

(folder / "expected.json").write_text(json.dumps(cases, ensure_ascii=False) + "\n")
