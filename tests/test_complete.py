"""Every operation has all its facets, a record and an entry in the documentation."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from gradtape.core.primitive import REGISTRY, Primitive

from .opdb import records

ROOT = Path(__file__).resolve().parents[1]
PRIMITIVES = list(REGISTRY.values())


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=str)
def test_facets(primitive: Primitive) -> None:
    p = primitive
    assert p.kernel is not None or p.body is not None, "no kernel and no body"
    assert p.shape_rule is not None, "no shape facet"
    assert p.elementwise or p.batch_rule is not None or p.body is not None or not p.args, "no batch facet"
    if p.differentiable:
        assert p.partials or p.vjps or p.joint_vjp or p.body is not None, "no vjp"
        assert p.partials or p.linear or p.jvp_rule or p.body is not None, "no jvp"
    assert (inspect.getdoc(p.function) or "").strip(), "no docstring"


def covered() -> set[str]:
    """Operations that some record calls: found by calling its samples."""
    called: set[str] = set()
    functions = {p.name: p for p in PRIMITIVES}
    for op in records():
        called.update({op.name, op.name.rpartition(".")[2], *op.covers} & functions.keys())
    return called | called_by_samples()


def called_by_samples() -> set[str]:
    import numpy as np

    import gradtape as tf

    seen: set[str] = set()
    for op in records():
        for sample in op.samples[:2]:
            arrays = [tf.constant(a) if isinstance(a, np.ndarray) else a for a in sample.arrays(op.seed)]
            with tf.GradientTape() as tape:
                tape.watch([a for a in arrays if isinstance(a, tf.Tensor) and (a.dtype.is_floating or a.dtype.is_complex)])
                op.fn(*arrays, **sample.params)
            seen.update(node.name for node in tape.operations)
            seen.update(primitive.name for primitive in tape.ring if isinstance(primitive, Primitive))
    return seen


def test_every_operation_has_a_record() -> None:
    missing = sorted({p.name for p in PRIMITIVES} - covered())
    assert not missing, f"no record in tests/opdb calls {missing}"


def test_the_generated_functions_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "write_calls.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run `make calls`: {done.stdout}{done.stderr}"
