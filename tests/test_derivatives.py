"""The recorded table of derivatives names every operation and leaves no cell empty."""

from pathlib import Path

import pytest

from gradtape.core.primitive import REGISTRY

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "derivatives.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
TABLE = {cells[0].strip("`"): cells[1:] for cells in ROWS}


def test_every_operation_has_a_row() -> None:
    again = "run scripts/write_derivatives.py"
    assert set(TABLE) == set(REGISTRY), again


@pytest.mark.parametrize("name", sorted(TABLE))
def test_no_cell_is_empty(name: str) -> None:
    dtypes, reverse, *rest = TABLE[name]
    if not REGISTRY[name].differentiable:
        assert len(reverse.removeprefix("not differentiable: ")) > 10 and reverse.startswith("not differentiable: ")
        return
    assert dtypes
    for cell in (reverse, *rest):
        assert cell and "none" not in cell
