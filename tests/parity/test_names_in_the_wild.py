"""Names that forty public programs use, by how many: two or more use it, then it is here or an error says what to write."""

from pathlib import Path

import pytest

from gradtape.dropin import explain_names

from .names import MISSING, reason_for, reasons, value_of

TABLE = Path(__file__).resolve().parents[1] / "data" / "names_in_the_wild.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
USED = {row[0]: int(row[1]) for row in ROWS if row[0].startswith("tf.")}
ABSENT = [name for name in USED if value_of(name) is MISSING]
PLANNED = "comes later: "


@pytest.mark.parametrize("name", [name for name in ABSENT if USED[name] > 1])
def test_what_two_programs_use_is_here_or_has_a_substitute(name):
    reason = reason_for(name, reasons("absent.tsv")) or ""
    assert reason.startswith(PLANNED) or explain_names.substitute(name) is not None


def test_most_are_here():
    assert len(ABSENT) < 0.25 * len(USED), "\n".join(ABSENT)


def test_every_substitute_is_a_sentence():
    for name, sentence in explain_names.table("substitutes.tsv").items():
        assert name.isidentifier() or name.startswith("tf.")
        assert sentence[0].isupper() or sentence.startswith(("gradtape", "tf."))
        assert sentence.endswith((".", "…"))


@pytest.mark.parametrize(
    "name", [n for n in explain_names.table("substitutes.tsv") if n.startswith("tf.") and not n.startswith("tf.compat.v1")]
)
def test_no_substitute_is_stale(name):
    assert value_of(name) is MISSING
