"""Whole training steps, compiled: the eager losses over 50 steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradtape as tf

from .steps import STEP_OF, losses


@pytest.mark.parametrize("name", STEP_OF)
def test_a_compiled_step_gives_the_eager_losses(name: str) -> None:
    made: list[Any] = []

    def compiled(step: Any) -> Any:
        made.append(tf.function(step))
        return made[-1]

    want, have = losses(name, lambda step: step), losses(name, compiled)
    assert made[0].experimental_get_tracing_count() in (1, 2)  # a second one where the first call makes variables
    assert np.isfinite(want).all() and np.ptp(want) > 0.01
    crosses_zero = (want.min(0) < 0) & (
        want.max(0) > 0
    )  # there an error is measured against the size that the loss has on the way
    size = np.maximum(np.abs(want), np.abs(want).mean(0) * crosses_zero)
    np.testing.assert_array_less(np.abs(have - want) / size, 1e-5)
