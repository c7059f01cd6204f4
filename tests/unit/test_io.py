"""tf.io and tf.audio: TensorFlow's recorded values, files, corrupt input."""

import importlib.util
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import gradtape as tf

DATA = Path(__file__).resolve().parents[1] / "data"
SPEC = importlib.util.spec_from_file_location("io_cases", DATA / "io_cases.py")
cases = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cases)
RECORDED = json.loads((DATA / "io.json").read_text(encoding="utf-8"))
LISTS = [name for name in RECORDED if name.startswith("list ")]
INVALID = tf.errors.InvalidArgumentError


@pytest.mark.parametrize("name", cases.CASES)
def test_as_recorded_from_tensorflow(name):
    found = cases.recorded(cases.CASES[name](tf))
    for (dtype, shape, values), expected in zip(found, RECORDED[name], strict=True):
        assert [dtype, shape] == expected[:2]
        assert values == (pytest.approx(expected[2], rel=1e-6) if dtype == "float32" else expected[2])


@pytest.mark.parametrize("name", LISTS)
def test_messages_that_list_their_values(name):
    (_, _, (data,)), expected = RECORDED[name]
    found = tf.io.parse_tensor(bytes.fromhex(data), name.split()[1])
    assert json.loads(json.dumps(cases.recorded([found]))) == [expected]


# -- pictures -----------------------------------------------------------------------------------------------------------
def saved(kind, mode="RGB", frames=1, **settings):
    out = io.BytesIO()
    pictures = [Image.fromarray(cases.PICTURE if k % 2 == 0 else 255 - cases.PICTURE).convert(mode) for k in range(frames)]
    more = {"save_all": True, "append_images": pictures[1:]} if frames > 1 else {}
    pictures[0].save(out, kind, **more, **settings)
    return out.getvalue()


def test_bmp_and_webp():
    np.testing.assert_array_equal(tf.io.decode_bmp(saved("BMP")), cases.PICTURE)
    np.testing.assert_array_equal(tf.io.decode_image(saved("BMP")), cases.PICTURE)
    assert tf.io.decode_bmp(saved("BMP", "L")).shape == (12, 10, 1)
    np.testing.assert_array_equal(tf.io.decode_webp(saved("WEBP", lossless=True)), cases.PICTURE[None])


def test_frames_of_a_gif():
    data = saved("GIF", frames=3)
    frames = tf.io.decode_gif(data)
    assert frames.shape == (3, 12, 10, 3)
    assert tf.io.decode_image(data).shape == (3, 12, 10, 3)
    np.testing.assert_array_equal(tf.io.decode_image(data, expand_animations=False), frames[0])
    np.testing.assert_array_equal(tf.io.decode_png(data), frames[0])
    assert np.abs(frames[0].numpy().astype(int) - cases.PICTURE).mean() < 20


def test_palettes_and_bits():
    assert tf.io.decode_png(saved("PNG", "P")).shape == (12, 10, 3)
    assert tf.io.decode_png(saved("PNG", "1")).shape == (12, 10, 1)
    assert tf.io.decode_jpeg(saved("JPEG", "CMYK")).shape == (12, 10, 3)


def test_a_truncated_jpeg_is_decoded_as_far_as_it_goes_on_request():
    data = tf.io.encode_jpeg(np.random.default_rng(0).integers(0, 255, (64, 64, 3)).astype(np.uint8)).numpy()
    with pytest.raises(INVALID):
        tf.io.decode_jpeg(data[: len(data) // 2])
    assert tf.io.decode_jpeg(data[: len(data) // 2], try_recover_truncated=True).shape == (64, 64, 3)


PNG, JPEG, GIF = saved("PNG"), saved("JPEG"), saved("GIF")
P = cases.PICTURE
WAV = tf.audio.encode_wav(cases.SOUND, 8000).numpy()
REFUSED = {
    "png cut": lambda: tf.io.decode_png(PNG[:60]),
    "png flipped": lambda: tf.io.decode_png(PNG[:50] + bytes([PNG[50] ^ 255]) + PNG[51:]),
    "jpeg cut": lambda: tf.io.decode_jpeg(JPEG[:300]),
    "gif cut": lambda: tf.io.decode_gif(GIF[:30]),
    "bmp cut": lambda: tf.io.decode_bmp(saved("BMP")[:60]),
    "other bytes": lambda: tf.io.decode_image(b"hello"),
    "nothing": lambda: tf.io.decode_image(b""),
    "png as bmp": lambda: tf.io.decode_bmp(PNG),
    "two strings": lambda: tf.io.decode_png([PNG, PNG]),
    "no string": lambda: tf.io.decode_png(1.0),
    "two channels": lambda: tf.io.decode_png(PNG, 2),
    "jpeg with alpha": lambda: tf.io.decode_image(JPEG, 4),
    "grey gif": lambda: tf.io.decode_image(GIF, 1),
    "grey bmp": lambda: tf.io.decode_bmp(saved("BMP"), 1),
    "ratio": lambda: tf.io.decode_jpeg(JPEG, ratio=3),
    "window": lambda: tf.io.decode_and_crop_jpeg(JPEG, [1, 2, 50, 6]),
    "png dtype": lambda: tf.io.decode_png(PNG, dtype=tf.float32),
    "shape of png": lambda: tf.io.extract_jpeg_shape(PNG),
    "encode floats": lambda: tf.io.encode_png(P / 255.0),
    "encode a matrix": lambda: tf.io.encode_png(P[0]),
    "encode five channels": lambda: tf.io.encode_png(np.concatenate([P, P], -1)[..., :5]),
    "encode compression": lambda: tf.io.encode_png(P, 10),
    "encode batch": lambda: tf.io.encode_jpeg(P[None]),
    "encode alpha": lambda: tf.io.encode_jpeg(np.concatenate([P, P], -1)[..., :4]),
    "encode quality": lambda: tf.io.encode_jpeg(P, quality=101),
    "encode format": lambda: tf.io.encode_jpeg(P, format="grayscale"),
    "adjust quality": lambda: tf.image.adjust_jpeg_quality(P, 101),
    "wav no header": lambda: tf.audio.decode_wav(b"hello"),
    "wav cut": lambda: tf.audio.decode_wav(WAV[:46]),
    "wav cut in header": lambda: tf.audio.decode_wav(WAV[:30]),
    "wav of 8 bits": lambda: tf.audio.decode_wav(WAV[:34] + b"\x08" + WAV[35:]),
    "wav no channel": lambda: tf.audio.decode_wav(WAV[:22] + b"\0\0" + WAV[24:]),
    "wav line": lambda: tf.audio.encode_wav(tf.constant([0.5]), 8000),
    "wav integers": lambda: tf.audio.encode_wav(tf.constant([[1]]), 8000),
    "wav rate": lambda: tf.audio.encode_wav(tf.zeros([1, 1]), 0),
    "raw lengths": lambda: tf.io.decode_raw([b"ab", b"abc"], tf.uint8),
    "raw multiple": lambda: tf.io.decode_raw(b"abc", tf.int16),
    "raw fixed multiple": lambda: tf.io.decode_raw(b"abc", tf.int16, fixed_length=3),
    "raw strings": lambda: tf.io.decode_raw(b"abcd", tf.string),
    "csv count": lambda: tf.io.decode_csv("1,2", [[0]]),
    "csv number": lambda: tf.io.decode_csv("a", [[0]]),
    "csv range": lambda: tf.io.decode_csv("3000000000", [[0]]),
    "csv missing": lambda: tf.io.decode_csv(",2", [tf.constant([], tf.int32), [0]]),
    "csv quote": lambda: tf.io.decode_csv('a"b,c', [[""], [""]]),
    "csv open quote": lambda: tf.io.decode_csv('"ab,c', [[""]]),
    "csv after quote": lambda: tf.io.decode_csv('"ab"c', [[""]]),
    "csv type": lambda: tf.io.decode_csv("1", [[True]]),
    "base64": lambda: tf.io.decode_base64("Y*"),
    "compression": lambda: tf.io.decode_compressed(b"abc", "LZ4"),
    "tensor garbage": lambda: tf.io.parse_tensor(b"hello", tf.int32),
    "tensor cut": lambda: tf.io.parse_tensor(tf.io.serialize_tensor(tf.range(9.0)).numpy()[:-3], tf.float32),
    "tensor dtype": lambda: tf.io.parse_tensor(tf.io.serialize_tensor(tf.range(9.0)), tf.int32),
    "tensor empty": lambda: tf.io.parse_tensor(b"", tf.float32),
}


@pytest.mark.parametrize("name", REFUSED)
def test_corrupt_and_wrong_input(name):
    with pytest.raises(INVALID) as info:
        REFUSED[name]()
    assert len(str(info.value)) > 20


def test_corrupt_compressed_data():
    with pytest.raises(tf.errors.DataLossError, match="3 bytes"):
        tf.io.decode_compressed(b"abc", "ZLIB")


def test_without_pillow_one_sentence_says_what_to_install():
    code = (
        "import sys; sys.modules['PIL'] = None\nimport gradtape as tf\n"
        "try: tf.io.decode_png(b'\\x89PNG\\r\\n\\x1a\\n')\nexcept ModuleNotFoundError as e: print(e)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "decode_png needs Pillow, which is not installed: pip install 'gradtape[image]'\n"


# -- files --------------------------------------------------------------------------------------------------------------
def test_files(tmp_path):
    path = tmp_path / "a" / "b.bin"
    tf.io.write_file(str(path), b"\0\1\2")
    assert tf.io.read_file(path).numpy() == b"\0\1\2"
    assert tf.io.read_file(tf.constant(str(path))).numpy() == b"\0\1\2"
    assert tf.io.matching_files([str(tmp_path / "*"), str(tmp_path / "a" / "*")]).numpy().tolist() == [
        os.fsencode(tmp_path / "a"),
        os.fsencode(path),
    ]
    with pytest.raises(tf.errors.NotFoundError, match="none"):
        tf.io.read_file(str(tmp_path / "none"))
    with pytest.raises(INVALID):
        tf.io.read_file(["a", "b"])


def test_gfile_moves_and_removes(tmp_path):
    g = tf.io.gfile
    a, b, c = (g.join(str(tmp_path), n) for n in "abc")
    g.makedirs(g.join(a, "x"))
    g.makedirs(g.join(a, "x"))
    g.mkdir(a)
    with g.GFile(b, "w") as f:
        f.write("one\n")
    g.copy(b, c)
    with pytest.raises(tf.errors.AlreadyExistsError):
        g.copy(b, c)
    with pytest.raises(tf.errors.AlreadyExistsError):
        g.rename(b, c)
    g.rename(b, c, overwrite=True)
    assert sorted(g.listdir(str(tmp_path))) == ["a", "c"]
    assert (g.exists(b), g.exists(c), g.isdir(a), g.isdir(c)) == (False, True, True, False)
    assert g.stat(c).length == 4
    assert g.glob([c, a]) == [c, a]
    assert next(g.walk(str(tmp_path)))[1:] == (["a"], ["c"])
    g.remove(c)
    g.rmtree(a)
    assert g.listdir(str(tmp_path)) == []
    for call in (g.remove, g.rmtree, g.stat, g.listdir):
        with pytest.raises(tf.errors.NotFoundError):
            call(c)


def test_gfile_reads_and_writes(tmp_path):
    path = str(tmp_path / "t")
    GFile = tf.io.gfile.GFile
    with GFile(path, "w") as f:
        f.write("naïve\n")
        f.write(b"two\n")
        f.flush()
    with GFile(path) as f:
        assert (f.name, f.mode, f.size(), f.seekable()) == (path, "r", 11, True)
        assert f.read(3) == "naï"
        f.seek(0)
        assert list(f) == ["naïve\n", "two\n"]
    assert GFile(path, "rb").read() == "naïve\ntwo\n".encode()
    with GFile(path, "a") as f:
        f.write("three")
    with GFile(path) as f:
        assert [f.next(), f.readline(), f.readlines()] == ["naïve\n", "two\n", ["three"]]
        assert f.tell() == 16
    GFile(path, "w").close()
    assert GFile(path).read() == ""
    with pytest.raises(tf.errors.PermissionDeniedError):
        GFile(path, "w").read()
    with pytest.raises(tf.errors.PermissionDeniedError):
        GFile(path, "r").write("x")
    with pytest.raises(INVALID):
        GFile(path, "q")
    with pytest.raises(tf.errors.NotFoundError):
        GFile(str(tmp_path / "none")).read()
