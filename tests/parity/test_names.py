"""Every public name of TensorFlow is here or has a reason for its absence; what is here is called in the same way."""

import gradtape
from gradtape.dropin import namespaces
from gradtape.dropin.tensorflow_face import INTERNAL

from .names import MISSING, different_signatures, names, reason_for, reasons

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


def test_import_tensorflow_hides_none_of_them():
    face = namespaces.namespace("tensorflow", [gradtape], INTERNAL)
    hidden = [name.path for name in names() if name.present and not reaches(face, name.path)]
    assert hidden == []


def reaches(face, path):
    value = face
    for part in path.split(".")[1:]:
        value = getattr(value, part, MISSING)
    return value is not MISSING
