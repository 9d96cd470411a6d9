"""Writes the fixtures of ArrayFilesTests and what they hold, as `expected.json`.

Made by NumPy 2.4.6, SciPy 1.17.1 and h5py 3.16.0; run again with

    python3 make_fixtures.py

Files of MATLAB 7.3 are written with h5py in the form that MATLAB gives them: a user block of 512
bytes, reversed dimensions, and the attributes MATLAB_class, MATLAB_int_decode, MATLAB_empty and
MATLAB_sparse. `expected.json` lists for each file its entries: name, shape, type and numbers in
row-major order, or `null` where an entry holds no numbers. NaN and infinity are written as text.
"""

import json
import struct
from pathlib import Path

import h5py
import numpy as np
import scipy.io
import scipy.sparse

folder = Path(__file__).resolve().parent
expected = {}


def numbers(array):
    flat = np.asarray(array).ravel(order="C")
    if flat.dtype.kind == "b":
        flat = flat.astype(np.uint8)
    return [v if np.isfinite(v) else str(v) for v in flat.tolist()]


def record(file, name, array, type_name=None, shape=None):
    entries = expected.setdefault(file, {})
    if array is None:
        entries[name] = None
        return
    array = np.asarray(array)
    entries[name] = {
        "shape": list(array.shape if shape is None else shape),
        "type": type_name or array.dtype.newbyteorder("=").name,
        "values": numbers(array),
    }


random = np.random.default_rng(20261122)


def sample(type_name, shape):
    kind = np.dtype(type_name)
    if kind.kind == "b":
        return random.integers(0, 2, shape).astype(bool)
    if kind.kind == "f":
        array = random.normal(size=shape).astype(kind)
        flat = array.reshape(-1)
        special = [0.0, -0.0, np.inf, -np.inf, np.nan, np.finfo(kind).max, np.finfo(kind).tiny / 2]
        flat[: min(len(special), flat.size)] = special[: flat.size]
        return array
    info = np.iinfo(kind)
    # The greatest integer that a signed 64-bit number holds.
    top = min(info.max, 2**63 - 1)
    array = random.integers(info.min, top, shape, dtype=kind)
    array.reshape(-1)[:2] = [info.min, top]
    return array


TYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
         "float16", "float32", "float64"]

# NumPy: one file for each type; shapes, orders and byte orders in turn.
shapes = [(5, 3), (7,), (2, 3, 4), (1, 9)]
for index, type_name in enumerate(TYPES):
    array = sample(type_name, shapes[index % len(shapes)])
    name = f"{type_name}.npy"
    np.save(folder / name, array)
    record(name, type_name, array)
    swapped = sample(type_name, (4, 3)).astype(np.dtype(type_name).newbyteorder(">"))
    name = f"{type_name}-big-fortran.npy"
    np.save(folder / name, np.asfortranarray(swapped))
    record(name, name[:-4], swapped)

for name, array in {
    "scalar": np.float64(2.5), "no-rows": np.zeros((0, 4), "f4"),
    "cube-fortran": np.asfortranarray(sample("int32", (2, 3, 4))),
}.items():
    np.save(folder / f"{name}.npy", array)
    record(f"{name}.npy", name, array)

for version in [(1, 0), (2, 0), (3, 0)]:
    array = sample("float32", (3, 2))
    name = f"version-{version[0]}"
    with open(folder / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version)
    record(f"{name}.npy", name, array)

refused = {
    "complex": np.array([1 + 2j]), "object": np.array([{"a": 1}, None], dtype=object),
    "structured": np.zeros(3, dtype=[("id", "<i4"), ("größe", "<f8", (2,))]),
    "text": np.array(["cat", "dog"]), "bytes": np.array([b"cat"]), "void": np.zeros(2, "V8"),
    "dates": np.array(["2026-01-01"], dtype="datetime64[D]"),
    "long-double": np.array([1.5], dtype=np.longdouble),
}
for name, array in refused.items():
    np.save(folder / f"{name}.npy", array, allow_pickle=True)
    record(f"{name}.npy", name, None)
np.save(folder / "too-large-integer.npy", np.array([1, 2**64 - 1], dtype="u8"))

# NumPy archives.
codes = random.integers(0, 2, (40, 16)).astype(np.int8) * 2 - 1
labels = random.integers(0, 2, (40, 5)).astype(np.uint8)
archive = {"codes": codes, "labels": labels, "features": np.asfortranarray(sample("float32", (6, 4))),
           "deep/inside": np.arange(6, dtype=">i2").reshape(2, 3)}
for name, save in [("stored.npz", np.savez), ("deflated.npz", np.savez_compressed)]:
    save(folder / name, names=np.array(["a", "b"]), **archive)
    for key, array in archive.items():
        record(name, key, array)
    record(name, "names", None)

# Long runs, of which zlib still holds some when it has taken the last packed byte.
runs = {"zeros": np.zeros((300, 70), "u1"), "ones": np.ones((61, 3), "u1"), "short": np.ones((5, 2), "u1")}
np.savez_compressed(folder / "runs.npz", names=np.array(["a"] * 60), **runs)
record("runs.npz", "names", None)
for key, array in runs.items():
    record("runs.npz", key, array)

# An archive whose directory needs the 64-bit fields, as of a file above 4 GiB: the same bytes as
# NumPy's, with the sizes and the offset moved into the extra field.
stored = (folder / "stored.npz").read_bytes()
end = stored.rindex(b"PK\x05\x06")
count, size, start = struct.unpack("<HII", stored[end + 10 : end + 20])
directory, at = b"", start
while at < end:
    fields = bytearray(stored[at : at + 46])
    name_length, extra_length, comment_length = struct.unpack("<HHH", fields[28:34])
    name = stored[at + 46 : at + 46 + name_length]
    packed, unpacked = struct.unpack("<II", fields[20:28])
    offset = struct.unpack("<I", fields[42:46])[0]
    extra = struct.pack("<HHQQQ", 1, 24, unpacked, packed, offset)
    fields[20:28] = b"\xff" * 8
    fields[42:46] = b"\xff" * 4
    fields[30:32] = struct.pack("<H", len(extra))
    directory += bytes(fields) + name + extra
    at += 46 + name_length + extra_length + comment_length
tail = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count,
                   len(directory), start)
tail += struct.pack("<4sIQI", b"PK\x06\x07", 0, start + len(directory), 1)
tail += struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
(folder / "zip64.npz").write_bytes(stored[:start] + directory + tail)
with np.load(folder / "zip64.npz") as check:
    assert np.array_equal(check["codes"], codes)
expected["zip64.npz"] = expected["stored.npz"]

# HDF5 as h5py writes it.
with h5py.File(folder / "plain.h5", "w") as file:
    for type_name in TYPES:
        array = sample(type_name, (4, 3))
        file[f"types/{type_name}"] = array
        record("plain.h5", f"types/{type_name}", array)
    big = sample("float16", (3, 2)).astype(">f2")
    file["types/big-half"] = big
    record("plain.h5", "types/big-half", big)
    file.create_dataset("packed/codes", data=codes, chunks=(16, 8), compression="gzip", shuffle=True)
    record("plain.h5", "packed/codes", codes)
    file.create_dataset("packed/unwritten", shape=(3, 4), dtype="f4", chunks=(2, 2))
    record("plain.h5", "packed/unwritten", np.zeros((3, 4), "f4"))
    cube = sample("int16", (2, 3, 4))
    file["a/b/c/cube"] = cube
    record("plain.h5", "a/b/c/cube", cube)
    file["scalar"] = np.int32(-7)
    record("plain.h5", "scalar", np.int32(-7))
    file["no-rows"] = np.zeros((0, 8), "u1")
    record("plain.h5", "no-rows", np.zeros((0, 8), "u1"))
    file["names"] = ["cat", "dog"]
    file["complex"] = np.array([1 + 2j])
    file["colour"] = np.array([0, 1], dtype=h5py.enum_dtype({"red": 0, "green": 1}, basetype="i1"))
    file["empty"] = h5py.Empty("f4")
    for name in ["names", "complex", "colour", "empty"]:
        record("plain.h5", name, None)
    # A soft link back to the top must not be followed for ever.
    file["a/loop"] = h5py.SoftLink("/")
    file["alias"] = h5py.SoftLink("/scalar")
    record("plain.h5", "alias", np.int32(-7))

with h5py.File(folder / "chunked.h5", "w") as file:
    file.create_dataset("codes", data=codes, chunks=(16, 8), compression="gzip", shuffle=True)
    record("chunked.h5", "codes", codes)
    features = sample("float32", (30, 6))
    file.create_dataset("features", data=features, chunks=(7, 4))
    record("chunked.h5", "features", features)
    file["labels"] = labels
    record("chunked.h5", "labels", labels)

# Headers that claim 2^40 columns and store nothing: a data set whose pictures are absurd.
with h5py.File(folder / "absurd.h5", "w") as file:
    file.create_dataset("image", shape=(3, 2**40), dtype="f4", chunks=(1, 1024))
    file.create_dataset("text", shape=(3, 2**40), dtype="f4")
    file["label"] = np.ones((3, 2), "u1")


def matlab_dataset(group, name, array, kind, **attributes):
    dataset = group.create_dataset(name, data=np.ascontiguousarray(np.asarray(array).T))
    dataset.attrs["MATLAB_class"] = np.bytes_(kind)
    for key, value in attributes.items():
        dataset.attrs[key] = value
    return dataset


MATLAB_CLASSES = {"double": "float64", "single": "float32", "int8": "int8", "uint8": "uint8",
                  "int16": "int16", "uint16": "uint16", "int32": "int32", "uint32": "uint32",
                  "int64": "int64", "uint64": "uint64"}
sparse = scipy.sparse.random(9, 6, density=0.3, random_state=3, format="csc")
with h5py.File(folder / "matlab73.mat", "w", userblock_size=512) as file:
    for kind, type_name in MATLAB_CLASSES.items():
        array = sample(type_name, (4, 3))
        matlab_dataset(file, kind, array, kind)
        record("matlab73.mat", kind, array)
    truth = sample("bool", (5, 2))
    matlab_dataset(file, "truth", truth.astype("u1"), "logical", MATLAB_int_decode=np.int32(1))
    record("matlab73.mat", "truth", truth)
    cube = sample("float64", (2, 3, 4))
    matlab_dataset(file, "cube", cube, "double")
    record("matlab73.mat", "cube", cube)
    nothing = file.create_dataset("nothing", data=np.array([0, 7], dtype="u8"))
    nothing.attrs["MATLAB_class"] = np.bytes_("double")
    nothing.attrs["MATLAB_empty"] = np.uint8(1)
    record("matlab73.mat", "nothing", np.zeros((0, 7)))
    for name, matrix, kind in [("sparse", sparse, "double"), ("sparseTruth", sparse > 0.5, "logical")]:
        group = file.create_group(name)
        group.attrs["MATLAB_class"] = np.bytes_(kind)
        group.attrs["MATLAB_sparse"] = np.uint64(matrix.shape[0])
        matrix = matrix.tocsc()
        group["data"] = matrix.data if kind == "double" else matrix.data.astype("u1")
        group["ir"] = matrix.indices.astype("u8")
        group["jc"] = matrix.indptr.astype("u8")
        record("matlab73.mat", name, matrix.toarray())
    void = file.create_group("sparseNothing")
    void.attrs["MATLAB_class"] = np.bytes_("double")
    void.attrs["MATLAB_sparse"] = np.uint64(3)
    void["jc"] = np.zeros(3, "u8")
    record("matlab73.mat", "sparseNothing", np.zeros((3, 2)))
    matlab_dataset(file, "word", np.array([[99, 97, 116]], "u2"), "char",
                   MATLAB_int_decode=np.int32(2))
    record("matlab73.mat", "word", None)
    split = np.dtype([("real", "f8"), ("imag", "f8")])
    matlab_dataset(file, "complex", np.zeros((2, 2), split), "double")
    record("matlab73.mat", "complex", None)
    inner = file.create_dataset("#refs#/a", data=np.ones((1, 1)))
    inner.attrs["MATLAB_class"] = np.bytes_("double")
    cell = file.create_dataset("cell", shape=(1, 1), dtype=h5py.ref_dtype)
    cell[0, 0] = inner.ref
    cell.attrs["MATLAB_class"] = np.bytes_("cell")
    record("matlab73.mat", "cell", None)
    record_group = file.create_group("record")
    record_group.attrs["MATLAB_class"] = np.bytes_("struct")
    record("matlab73.mat", "record", None)
    field = sample("uint8", (3, 2))
    matlab_dataset(record_group, "codes", field, "uint8")
    record("matlab73.mat", "record/codes", field)
with open(folder / "matlab73.mat", "r+b") as file:
    text = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Sun Nov 22 00:00:00 2026 HDF5"
    file.write((text + b" schema 1.00 .").ljust(116) + bytes(8) + b"\x00\x02IM")

# MATLAB 5 and 4 as SciPy writes them.
whole = {kind: sample(type_name, (4, 3)) for kind, type_name in MATLAB_CLASSES.items()}
whole |= {
    "truth": sample("bool", (5, 2)), "cube": sample("float64", (2, 3, 4)),
    "scalar": np.array([[2.5]]), "nothing": np.zeros((0, 7)), "sparse": sparse,
    "sparseTruth": (sparse > 0.5).tocsc(), "codes": codes, "sparseNothing": scipy.sparse.csc_matrix((3, 2)),
    "word": "cat", "complex": np.array([[1 + 2j]]), "record": {"a": np.ones((2, 2))},
    "cell": np.array([np.ones(2), "a"], dtype=object),
    "sparseComplex": sparse * 1j,
}
for name, packed in [("matlab5.mat", False), ("matlab5-compressed.mat", True)]:
    scipy.io.savemat(folder / name, whole, do_compression=packed)
    for key, value in whole.items():
        if key in ("word", "complex", "record", "cell", "sparseComplex"):
            record(name, key, None)
        else:
            record(name, key, value.toarray() if scipy.sparse.issparse(value) else value)
    record(name, "record/a", np.ones((2, 2)))
four = {"double": whole["double"], "single": whole["single"], "int32": whole["int32"],
        "uint8": whole["uint8"], "codes": codes.astype("f8"), "sparse": sparse, "word": "cat",
        "complex": whole["complex"]}
scipy.io.savemat(folder / "matlab4.mat", four, format="4")
for key, value in four.items():
    if key in ("word", "complex"):
        record("matlab4.mat", key, None)
    else:
        value = value.toarray() if scipy.sparse.issparse(value) else value
        # A file of version 4 keeps the narrow form; MATLAB itself makes doubles of it.
        record("matlab4.mat", key, value.astype("f8"))

(folder / "expected.json").write_text(json.dumps(expected, indent=None, ensure_ascii=False) + "\n")
