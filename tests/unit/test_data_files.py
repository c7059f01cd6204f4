"""Files of records, examples, lines, caches and saved datasets: read as TensorFlow's, and what is broken is named."""

import gzip
import json
import os
import struct
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf
from gradtape.records import checksum

RECORDS = Path(__file__).resolve().parents[1] / "data" / "records"
PLAIN = [b"first", b"", b"x" * 300, b"last"]
D = tf.data.Dataset


def read(dataset):
    return list(dataset.as_numpy_iterator())


# -- records --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name, kind", [("plain.tfrecord", ""), ("plain.tfrecord.gz", "GZIP"), ("plain.tfrecord.z", "ZLIB")])
def test_records_of_tensorflow(name, kind, tmp_path):
    assert read(tf.data.TFRecordDataset(RECORDS / name, compression_type=kind)) == PLAIN
    ours = tmp_path / name
    with tf.io.TFRecordWriter(ours, kind) as writer:
        for record in PLAIN:
            writer.write(record)
    assert read(tf.data.TFRecordDataset([ours, RECORDS / name], kind)) == PLAIN * 2
    if not kind:
        assert ours.read_bytes() == (RECORDS / name).read_bytes()


def test_several_files_in_turn(tmp_path):
    for name, records in (("a", [b"1", b"2"]), ("b", [b"3", b"4"])):
        with tf.io.TFRecordWriter(str(tmp_path / name)) as writer:
            for record in records:
                writer.write(record)
    names = [str(tmp_path / "a"), str(tmp_path / "b")]
    assert read(tf.data.TFRecordDataset(names)) == [b"1", b"2", b"3", b"4"]
    assert read(tf.data.TFRecordDataset(names, num_parallel_reads=2)) == [b"1", b"3", b"2", b"4"]
    assert read(tf.data.TFRecordDataset(D.from_tensor_slices(names))) == [b"1", b"2", b"3", b"4"]
    assert read(D.list_files(str(tmp_path / "*"), shuffle=False)) == [os.fsencode(name) for name in names]
    assert sorted(read(D.list_files(str(tmp_path / "?"), seed=1))) == [os.fsencode(name) for name in names]


OFFSETS = [0, 21, 37, 353]  # where the records of plain.tfrecord begin


@pytest.mark.parametrize("place", range(0, 374, 11))
def test_a_broken_record_loses_nothing_before_it(place, tmp_path):
    data = bytearray((RECORDS / "plain.tfrecord").read_bytes())
    data[place] ^= 0xFF
    file = tmp_path / "broken.tfrecord"
    file.write_bytes(data)
    whole = [k for k, start in enumerate(OFFSETS) if start <= place][-1]
    iterator, found = iter(tf.data.TFRecordDataset(str(file))), []
    with pytest.raises(tf.errors.DataLossError) as info:
        for record in iterator:
            found.append(record.numpy())
    assert found == PLAIN[:whole]
    assert f"{file}: corrupted record at {OFFSETS[whole]}" in str(info.value)


@pytest.mark.parametrize("length", [5, 20, 30, 370])
def test_a_file_that_ends_early(length, tmp_path):
    file = tmp_path / "short.tfrecord"
    file.write_bytes((RECORDS / "plain.tfrecord").read_bytes()[:length])
    with pytest.raises(tf.errors.DataLossError, match="ends inside"):
        read(tf.data.TFRecordDataset(str(file)))


def test_a_broken_compressed_file(tmp_path):
    data = bytearray((RECORDS / "plain.tfrecord.gz").read_bytes())
    data[20] ^= 0xFF
    (tmp_path / "broken.gz").write_bytes(data)
    with pytest.raises(tf.errors.DataLossError, match=r"broken\.gz"):
        read(tf.data.TFRecordDataset(str(tmp_path / "broken.gz"), "GZIP"))
    with pytest.raises(tf.errors.DataLossError, match="of this compression"):
        read(tf.data.TFRecordDataset(str(RECORDS / "plain.tfrecord.gz")))


def test_a_compressed_file_that_ends_early(tmp_path):
    records = [bytes([k]) * 50 for k in range(100)]
    with tf.io.TFRecordWriter(str(tmp_path / "whole"), "GZIP") as writer:
        for record in records:
            writer.write(record)
    whole = (tmp_path / "whole").read_bytes()
    for length in (len(whole) - 3, len(whole) // 2, 30):
        (tmp_path / "part").write_bytes(whole[:length])
        found = []
        with pytest.raises(tf.errors.DataLossError, match="ends early"):
            for record in tf.data.TFRecordDataset(str(tmp_path / "part"), "GZIP"):
                found.append(record.numpy())
        assert found == records[: len(found)]
    (tmp_path / "two").write_bytes(whole + whole)
    assert read(tf.data.TFRecordDataset(str(tmp_path / "two"), "GZIP")) == records * 2
    (tmp_path / "empty").write_bytes(b"")
    assert read(tf.data.TFRecordDataset(str(tmp_path / "empty"), "GZIP")) == []


def test_a_length_that_is_a_lie(tmp_path):
    length = struct.pack("<Q", 10**15)
    (tmp_path / "lie").write_bytes(length + struct.pack("<I", checksum.masked(length)) + b"abc")
    with pytest.raises(tf.errors.DataLossError, match="ends inside a record"):
        read(tf.data.TFRecordDataset(str(tmp_path / "lie")))


def test_wrong_arguments(tmp_path):
    with pytest.raises(tf.errors.InvalidArgumentError, match="BZIP"):
        tf.data.TFRecordDataset("x", compression_type="BZIP")
    with tf.io.TFRecordWriter(str(tmp_path / "a")) as writer, pytest.raises(TypeError):
        writer.write(3)
    with pytest.raises(RuntimeError, match="closed"):
        writer.write(b"late")
    with pytest.raises(TypeError):
        tf.data.TextLineDataset(3)


def test_checksums():
    assert checksum.in_python(b"123456789") == 0xE3069283  # the check value of the polynomial
    assert checksum.crc32c()(b"123456789") == 0xE3069283
    assert checksum.unmask(checksum.mask(0x12345678)) == 0x12345678


# -- examples --------------------------------------------------------------------------------------------------------------
def test_examples_of_tensorflow():
    kinds = {
        "n": tf.io.FixedLenFeature([], tf.int64),
        "text": tf.io.FixedLenFeature([1], tf.string),
        "values": tf.io.FixedLenSequenceFeature([], tf.float32, allow_missing=True, default_value=-1.0),
        "none": tf.io.FixedLenFeature([2], tf.float32, default_value=[7.0, 8.0]),
    }
    expected = json.loads((RECORDS / "parsed.json").read_text())
    records = tf.data.TFRecordDataset(str(RECORDS / "examples.tfrecord"))
    (found,) = records.batch(3).map(lambda text: tf.io.parse_example(text, kinds))
    for key, values in expected.items():
        assert found[key].numpy().tolist() == (np.array(values, "S").astype(object).tolist() if key == "text" else values)
    singles = list(records.map(lambda text: tf.io.parse_single_example(text, kinds)))
    assert [int(s["n"]) for s in singles] == [1, -2, 3]
    assert singles[1]["values"].numpy().tolist() == [1.5, 2.5]


def test_sequence_examples_of_tensorflow():
    context, sequence = {"n": tf.io.FixedLenFeature([], tf.int64)}, {"s": tf.io.FixedLenSequenceFeature([2], tf.int64)}
    records = tf.data.TFRecordDataset(str(RECORDS / "sequences.tfrecord"))
    a, b = records.map(lambda text: tf.io.parse_single_sequence_example(text, context, sequence))
    assert (int(a[0]["n"]), a[1]["s"].numpy().tolist()) == (2, [[1, 2], [3, 4]])
    assert b[1]["s"].numpy().tolist() == [[5, 6]]
    (both,) = records.batch(2).map(lambda text: tf.io.parse_sequence_example(text, context, sequence))
    assert both[1]["s"].numpy().tolist() == [[[1, 2], [3, 4]], [[5, 6], [0, 0]]]
    assert both[2]["s"].numpy().tolist() == [2, 1]


def test_examples_are_messages():
    feature = tf.train.Feature(float_list=tf.train.FloatList(value=[1.0, 2.0]))
    text = tf.train.Example(features=tf.train.Features(feature={"a": feature})).SerializeToString()
    again = tf.train.Example.FromString(text)
    assert list(again.features.feature["a"].float_list.value) == [1.0, 2.0]
    assert again.features.feature["a"].WhichOneof("kind") == "float_list"
    assert isinstance(again, tf.train.Example)


BAD = {
    "missing": ({"zz": tf.io.FixedLenFeature([], tf.int64)}, tf.errors.InvalidArgumentError, "zz .*required"),
    "dtype": ({"n": tf.io.FixedLenFeature([], tf.float32)}, tf.errors.InvalidArgumentError, "Data types don't match"),
    "length": ({"n": tf.io.FixedLenFeature([2], tf.int64)}, tf.errors.InvalidArgumentError, "values size: 1"),
    "stride": ({"n": tf.io.FixedLenSequenceFeature([2], tf.int64, True)}, tf.errors.InvalidArgumentError, "multiple"),
    "nothing": ({}, ValueError, "cannot be empty"),
    "foreign dtype": ({"n": tf.io.FixedLenFeature([], tf.int32)}, TypeError, "tf.int64"),
}


@pytest.mark.parametrize("name", BAD)
def test_examples_that_do_not_fit(name):
    kinds, error, words = BAD[name]
    text = next(tf.data.TFRecordDataset(str(RECORDS / "examples.tfrecord")).as_numpy_iterator())
    with pytest.raises(error, match=words):
        tf.io.parse_single_example(text, kinds)


def test_what_is_no_example():
    with pytest.raises(tf.errors.InvalidArgumentError, match="Could not parse"):
        tf.io.parse_single_example(b"\xff\xff\xff", {"n": tf.io.FixedLenFeature([], tf.int64)})


# -- lines and blocks --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", [b"", b"a", b"a\n", b"a\nb", b"\n\nb\r\n", b"x" * 600_000 + b"\ny\n"])
def test_lines(text, tmp_path):
    (tmp_path / "t").write_bytes(text)
    (tmp_path / "t.gz").write_bytes(gzip.compress(text))
    expected = [line.replace(b"\r", b"") for line in text.split(b"\n")]
    expected = expected[:-1] if expected[-1] == b"" else expected
    assert read(tf.data.TextLineDataset(str(tmp_path / "t"))) == expected
    assert read(tf.data.TextLineDataset(str(tmp_path / "t.gz"), "GZIP")) == expected


def test_blocks(tmp_path):
    (tmp_path / "b").write_bytes(b"HEAD" + bytes(range(12)) + b"F")
    dataset = tf.data.FixedLengthRecordDataset(str(tmp_path / "b"), 3, header_bytes=4, footer_bytes=1)
    assert read(dataset) == [bytes(range(k, k + 3)) for k in (0, 3, 6, 9)]
    iterator = iter(tf.data.FixedLengthRecordDataset(str(tmp_path / "b"), 5, header_bytes=4, footer_bytes=1))
    assert [next(iterator).numpy(), next(iterator).numpy()] == [bytes(range(5)), bytes(range(5, 10))]
    with pytest.raises(tf.errors.InvalidArgumentError, match="Excess of 2 bytes"):
        next(iterator)


# -- caches and saved datasets ------------------------------------------------------------------------------------------------
def elements():
    return D.from_tensor_slices({"x": np.arange(6, dtype=np.float32).reshape(3, 2), "s": ["a", "", "ccc"]})


def same(a, b):
    return [{k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in e.items()} for e in a] == [
        {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in e.items()} for e in b
    ]


@pytest.mark.parametrize("kind", [None, "GZIP"])
def test_save_and_load(kind, tmp_path):
    elements().save(str(tmp_path / "d"), compression=kind)
    loaded = D.load(str(tmp_path / "d"))
    assert loaded.element_spec == elements().element_spec
    assert len(loaded) == 3
    assert same(read(loaded), read(elements()))
    with pytest.raises(tf.errors.NotFoundError):
        D.load(str(tmp_path / "nowhere"))


def test_a_broken_saved_dataset(tmp_path):
    elements().save(str(tmp_path))
    rows = tmp_path / "rows.tfrecord"
    data = bytearray(rows.read_bytes())
    data[-9] ^= 1
    rows.write_bytes(data)
    iterator = iter(D.load(str(tmp_path)))
    assert next(iterator)["x"].numpy().tolist() == [0.0, 1.0]
    next(iterator)
    with pytest.raises(tf.errors.DataLossError, match=r"rows\.tfrecord"):
        next(iterator)


def test_file_cache(tmp_path):
    calls = []

    def count(x):
        calls.append(1)
        return x * 2

    dataset = D.range(4).map(count).cache(str(tmp_path / "c"))
    next(iter(dataset))
    assert list(tmp_path.iterdir()) == []  # a part is no cache
    calls.clear()
    assert read(dataset) == read(dataset) == [0, 2, 4, 6]
    assert len(calls) == 4
    assert read(D.range(9).cache(str(tmp_path / "c"))) == [0, 2, 4, 6]  # another program, the same file


def test_snapshot(tmp_path):
    dataset = D.range(3).snapshot(str(tmp_path / "s"))
    assert read(dataset) == read(dataset) == [0, 1, 2]
    assert [p.name for p in (tmp_path / "s").iterdir()] == ["rows.tfrecord"]
