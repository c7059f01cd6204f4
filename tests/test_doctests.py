"""The examples in public docstrings run."""

from __future__ import annotations

import doctest
import inspect
import io
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import gradtape as tf

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def public(module: ModuleType, path: str, seen: set[int]) -> list[tuple[str, Any]]:
    """Functions and classes that users reach from `module`, each once."""
    found = []
    for name, value in sorted(vars(module).items()):
        if (
            name.startswith("_")
            or id(value) in seen
            or name in ("api", "batching", "core", "dropin", "exec", "graph", "keras", "ops")
        ):
            continue
        if isinstance(value, ModuleType):
            if value.__package__ and value.__package__.startswith("gradtape"):
                seen.add(id(value))
                found += public(value, f"{path}.{name}", seen)
        elif callable(value) and str(getattr(value, "__module__", "")).startswith("gradtape"):
            seen.add(id(value))
            found.append((f"{path}.{name}", value))
            if inspect.isclass(value):
                found += [(f"{path}.{name}.{k}", v) for k, v in vars(value).items() if inspect.isfunction(v) and v.__doc__]
    return found


LOADED_NOW = [
    tf.audio,
    tf.data,
    tf.image,
    tf.io,
    tf.lookup,
    tf.ragged,
    tf.sets,
    tf.signal,
    tf.sparse,
    tf.strings,
    tf.summary,
    tf.train,
]
LOADED_NOW += [tf.RaggedTensor, tf.RaggedTensorSpec, tf.SparseTensor, tf.SparseTensorSpec, tf.edit_distance]
LOADED_NOW += [
    tf.debugging.Watcher,
    tf.ragged_fill_empty_rows,
    tf.nn.embedding_lookup_sparse,
    tf.nn.safe_embedding_lookup_sparse,
]  # on first use
EXAMPLES = [
    pytest.param(path, value, id=path) for path, value in public(tf, "tf", set()) if ">>>" in (inspect.getdoc(value) or "")
]


@pytest.mark.parametrize("path, value", EXAMPLES)
def test_example(path: str, value: Any) -> None:
    parsed = doctest.DocTestParser().get_doctest(inspect.getdoc(value) or "", {"tf": tf, "np": np}, path, None, 0)
    out = io.StringIO()
    result = doctest.DocTestRunner(optionflags=FLAGS).run(parsed, out=out.write)
    assert result.failed == 0, out.getvalue()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 50
