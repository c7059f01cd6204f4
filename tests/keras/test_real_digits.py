"""A CNN learns real digits by fit and by a loop of one's own: over 98.5 % held out, the same losses for the same seed.

The program is examples/digits_keras.py. The split into training and held-out digits is fixed and stratified; docs/develop/keras.md
has the figures of eight seeds.
"""

import importlib.util
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "digits_keras.py"


@pytest.fixture(scope="module")
def program():
    spec = importlib.util.spec_from_file_location("digits_keras", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def curves():
    return {}


@pytest.mark.parametrize("way", ["by_fit", "by_loop"])
def test_either_way_learns(program, curves, way):
    x, y, held_x, held_y = program.digits()
    model, curve = getattr(program, way)(x, y, 0)
    assert program.accuracy(model, held_x, held_y) > 0.985
    assert len(curve) == program.EPOCHS and curve[-1] < curve[0] / 1.5
    assert curves.setdefault("first", curve) == curve  # both ways go the same way


def test_a_seed_decides_everything(program):
    x, y, _, _ = program.digits()
    first = {seed: program.by_fit(x[:320], y[:320], seed, epochs=2)[1] for seed in (1, 2)}
    assert first[1] == program.by_fit(x[:320], y[:320], 1, epochs=2)[1] != first[2]
