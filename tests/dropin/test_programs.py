"""Complete programs on real data: on gradtape they print what they printed on TensorFlow."""

import json
import re
from pathlib import Path

import pytest

from gradtape.dropin import compare

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted((ROOT / "examples" / "programs").glob("*.py"))
RECORDED = json.loads((ROOT / "tests" / "data" / "programs.json").read_text(encoding="utf-8"))
# How far printed numbers may lie apart: training amplifies the last bit of a float32.
TOLERANCE = 2e-3


def test_every_program_is_recorded():
    assert sorted(RECORDED) == [program.stem for program in PROGRAMS]
    assert len(PROGRAMS) >= 12


def test_they_print_what_they_print_on_tensorflow(scripts):
    script = Path(__file__).with_name("run_programs.py")
    done = scripts.python(str(script), str(scripts.folder), *map(str, PROGRAMS), OPENBLAS_NUM_THREADS="1")
    differences = {program.stem: difference(program.stem, scripts.folder) for program in PROGRAMS}
    assert {name: told for name, told in differences.items() if told} == {}
    assert done.returncode == 0, done.stderr


def difference(name, folder):
    """What is wrong with the output of a program; the empty string if nothing is."""
    there, here = RECORDED[name], (folder / f"{name}.out").read_text(encoding="utf-8").splitlines()
    if [compare.NUMBER.sub("#", line) for line in here] != [compare.NUMBER.sub("#", line) for line in there]:
        return "\n".join([*here, (folder / f"{name}.err").read_text(encoding="utf-8")])
    rows = [
        (x, y) for x, y in zip(there, here, strict=True) if numbers(y) != pytest.approx(numbers(x), rel=TOLERANCE, abs=TOLERANCE)
    ]
    return "\n".join(f"{x} | {y}" for x, y in rows)


def numbers(line):
    return [float(number) for number in compare.NUMBER.findall(line)]


def test_no_program_downloads():
    for program in PROGRAMS:
        assert not re.search(r"get_file|tf\.keras\.datasets|fetch_|urllib", program.read_text(encoding="utf-8"))
