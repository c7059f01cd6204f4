"""`python -m gradtape doctor`: what is installed, what is active, and what each absence costs."""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import io
import os
import platform
import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .. import version
from . import keras_enable, keras_seam
from .native_parts import native_parts


class Part(NamedTuple):
    """A distribution that gradtape uses, what for, and what its absence costs; nothing works without a required one."""

    name: str
    use: str
    cost: str
    required: bool = False


PARTS = [
    Part("numpy", "arrays and kernels", "gradtape cannot run", required=True),
    Part("ml_dtypes", "bfloat16 and float8", "gradtape cannot run", required=True),
    Part("optree", "nested structures", "gradtape cannot run", required=True),
    Part("scipy", "special functions, decompositions", "tf.math.special, betainc, logm and their kin raise ImportError"),
    Part("protobuf", "tf.train.Example", "no tf.train.Example and tf.io.parse_example: pip install 'gradtape[data]'"),
    Part("google-crc32c", "checksums of records", "files of records are read and written slowly: pip install 'gradtape[data]'"),
    Part("tensorboard", "tf.summary, the watcher's files", "making a summary writer raises: pip install 'gradtape[summary]'"),
    Part("rich", "the watcher's table", "asking for the table raises: pip install 'gradtape[summary]'"),
    Part("pillow", "pictures in tf.io and tf.image", "decoding and encoding pictures raises: pip install 'gradtape[image]'"),
    Part("nbclient", "`run` of notebooks", "notebooks cannot be run: pip install 'gradtape[notebook]'"),
    Part("keras-nightly", "tf.keras", f"no tf.keras: pip install '{keras_seam.NEEDED}'"),
]


class Row(NamedTuple):
    mark: str
    name: str
    state: str
    note: str


def report(for_a_report: bool = False) -> int:
    """Prints the state of this installation; 1 if something that gradtape needs is missing or in the way, else 0.

    `for_a_report` adds what a bug report needs, as text to paste, with the home folder left out.
    """
    if for_a_report:
        return paste()
    rows = [*machine(), *parts(), *native_rows(), *keras_rows(), *tensorflow_rows(), *switches()]
    width = [max(len(row[column]) for row in rows) for column in (1, 2)]
    for row in rows:
        print(f"{row.mark:7} {row.name:{width[0]}}  {row.state:{width[1]}}  {row.note}".rstrip())
    return int(any(row.mark == "wrong" for row in rows))


def paste() -> int:
    """The state as a block of Markdown: a person can read all that is told before it is sent."""
    home = os.path.expanduser("~")
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        status = report()
    lines = [*text.getvalue().splitlines(), "", *threads(), *(f"{name} {found}" for name, found in others())]
    print("```text", *(line.replace(home, "~") for line in lines), "```", sep="\n")
    return status


def threads() -> Iterator[str]:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "KERAS_BACKEND", "PYTHONPATH"):
        if name in os.environ:
            yield f"{name}={os.environ[name]}"
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    yield f"NumPy's BLAS: {blas.get('name')} {blas.get('version')}"


def others() -> Iterator[tuple[str, str]]:
    """Packages that meet gradtape in a program."""
    for name in (
        "llvmlite",
        "onednn-cpu-gomp",
        "diastatic-malt",
        "torch",
        "jax",
        "nbclient",
        "ipykernel",
        "protobuf",
    ):
        found = installed(name)
        if found:
            yield name, found


def machine() -> Iterator[Row]:
    yield Row("ok", "gradtape", version.RELEASE, f"follows TensorFlow {version.VERSION}")
    yield Row("ok", "Python", platform.python_version(), f"{platform.python_implementation()}, {sys.executable}")
    yield Row("ok", "machine", platform.machine(), f"{platform.system()}, {os.cpu_count()} processors")


def parts() -> Iterator[Row]:
    for part in PARTS:
        found = installed(part.name)
        if found:
            yield Row("ok", part.name, found, part.use)
        else:
            yield Row("wrong" if part.required else "absent", part.name, "-", f"{part.use}: {part.cost}")


def native_rows() -> Iterator[Row]:
    for part in native_parts():
        yield Row("absent" if part.state is None else "ok", part.name, part.state or "-", part.note)


def keras_rows() -> Iterator[Row]:
    """Keras comes as two distributions that install into the same folder: whichever came last wins."""
    nightly, plain = installed("keras-nightly"), installed("keras")
    if nightly and plain:
        mend = f"pip install --no-deps --force-reinstall '{keras_seam.NEEDED}'"
        yield Row(
            "wrong", "keras", plain, f"stands in the same folder as keras-nightly {nightly}, the last installed wins: {mend}"
        )
    elif plain:
        yield Row("absent", "keras", plain, f"has no pluggable back ends before 3.16: pip install '{keras_seam.NEEDED}'")
    chosen = os.environ.get("KERAS_BACKEND", "")
    if chosen and chosen != keras_seam.NAME:
        yield Row("note", "KERAS_BACKEND", chosen, "Keras runs on it and tf.keras refuses: unset it, or set it to gradtape")
    elif nightly or plain:
        found = importlib.util.find_spec("keras_gradtape") is not None
        yield Row("ok" if found else "absent", "Keras back end", "gradtape" if found else "-", "chosen when gradtape is imported")
    if keras_enable.path().exists():
        note = "import keras runs on gradtape here; `python -m gradtape keras --disable` removes it"
        yield Row("note", "Keras hook", str(keras_enable.path()), note)


def tensorflow_rows() -> Iterator[Row]:
    found = installed("tensorflow") or installed("tensorflow-cpu")
    if found:
        yield Row("note", "tensorflow", found, "installed beside gradtape; `python -m gradtape run` hides it from the script")


def switches() -> Iterator[Row]:
    for name in sorted(n for n in os.environ if n.startswith("GRADTAPE_")):
        yield Row("note", name, os.environ[name], "set in the environment")


def installed(distribution: str) -> str | None:
    """The version of a distribution, None if it is not installed."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
