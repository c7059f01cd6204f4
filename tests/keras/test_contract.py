"""The back end has what Keras takes from one, under the same parameters; programs that do not use Keras do not load it."""

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import keras
import pytest

REFERENCE = Path(keras.__file__).parent / "src" / "backend" / "numpy"  # the plainest back end, which is read, not imported
OWN_OF_KERAS = {"dtype", "get_item", "view_as_complex", "view_as_real"}  # which ask no back end
HELPERS = {"unstack", "numpy_scan"}  # of its recurrence alone


def functions(file):
    tree = ast.parse(file.read_text())
    return {n.name: n.args for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")}


def parameters_of(arguments):
    names = [a.arg for a in arguments.args]
    names += [f"*{arguments.vararg.arg}"] if arguments.vararg else []
    names += [a.arg for a in arguments.kwonlyargs]
    names += [f"**{arguments.kwarg.arg}"] if arguments.kwarg else []
    return names, [ast.unparse(d) for d in arguments.defaults]


def own_parameters(function):
    marks = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    parameters = inspect.signature(function).parameters.values()
    names = [marks.get(p.kind, "") + p.name for p in parameters]
    return names, [repr(p.default) for p in parameters if p.default is not p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]


@pytest.mark.parametrize("module", ["ops.core", "ops.numpy", "ops.nn", "ops.math", "ops.linalg", "ops.image", "random", "rnn"])
def test_functions_have_their_parameters(module):
    own = importlib.import_module(f"keras_gradtape.src.{module}")
    for name, arguments in functions(REFERENCE / (module.replace(".", "/") + ".py")).items():
        if name in HELPERS:
            continue
        function = getattr(own, name)
        if own_parameters(function)[0] == ["*args", "**kwargs"]:  # absent: it raises whatever it is given
            continue
        names, defaults = own_parameters(function)
        wanted, wanted_defaults = parameters_of(arguments)
        assert names == wanted, name
        assert [ast.literal_eval(d) for d in defaults] == [ast.literal_eval(d) for d in wanted_defaults], name


@pytest.mark.parametrize("module", ["core", "numpy", "nn", "math", "linalg", "image"])
def test_signatures_are_those_of_the_operations(module):
    own = importlib.import_module(f"keras_gradtape.src.ops.{module}")
    public = vars(importlib.import_module(f"keras.src.ops.{module}"))
    compared = [
        name
        for name, function in public.items()
        if inspect.isfunction(function) and function.__module__ == f"keras.src.ops.{module}" and function.__doc__
        if hasattr(function, "_api_export_path")
        and f"_{name}" not in public
        and name not in {*OWN_OF_KERAS, "multi_hot", "custom_gradient"}
    ]
    assert compared
    for name in compared:
        assert inspect.signature(getattr(own, name)) == inspect.signature(public[name]), name


def test_flags_and_modules():
    backend = keras.src.backend
    assert backend.backend() == "gradtape" and backend.IS_THREAD_SAFE and backend.SUPPORTS_GRADIENT
    assert backend.distribution_lib is None and not backend.SUPPORTS_SPARSE_TENSORS
    assert keras.Variable is backend.Variable and keras.name_scope is backend.name_scope
    with keras.device("cpu:0"):
        assert float(keras.ops.ones(())) == 1.0
    with pytest.raises(ValueError, match="device_name"):
        keras.device(0)


def test_keras_loads_on_first_use_only():
    program = (
        "import sys, gradtape as tf; tf.Variable(1.0).assign_add(1.0); assert 'keras' not in sys.modules;"
        "tf.keras.optimizers; assert 'keras_gradtape' in sys.modules and 'tensorflow' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
