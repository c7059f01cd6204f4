"""Every public name of TensorFlow is here or has a reason for its absence; what is here is called in the same way."""

from .names import different_signatures, names, reason_for, reasons

ABSENT, SIGNATURES = reasons("absent.tsv"), reasons("signatures.tsv")


def test_every_absent_name_has_a_reason():
    assert [name.path for name in names() if not name.present and reason_for(name.path, ABSENT) is None] == []


def test_no_reason_is_stale():
    absent = {name.path for name in names() if not name.present}
    used = {entry for entry in ABSENT if any(path == entry or path.startswith(entry + ".") for path in absent)}
    assert sorted(ABSENT.keys() - used) == []


def test_parameters_are_tensorflows():
    different = {path: (there, here) for path, there, here in different_signatures()}
    assert {path: pair for path, pair in different.items() if path not in SIGNATURES} == {}
    assert sorted(SIGNATURES.keys() - different.keys()) == []
