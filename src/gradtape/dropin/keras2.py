"""Keras 2's spellings, for programs run by `run` or after `install`: accepted, with one notice each and the line.

Keras's own classes take them, so `import keras` has them as tf.keras has. `run --no-keras2`, `install(keras2_spellings=False)`
and GRADTAPE_KERAS2=0 leave Keras as it is.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
import warnings
from collections.abc import Callable
from types import FrameType, ModuleType
from typing import Any

import numpy as np

from . import explain_names

SWITCH = "GRADTAPE_KERAS2"
PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__))) + os.sep
OPTIMIZER_ARGUMENTS = {
    "lr": "learning_rate=",
    "decay": "learning_rate=tf.keras.optimizers.schedules.InverseTimeDecay(learning_rate, 1, decay)",
}
LAYER_ARGUMENTS = {
    "batch_input_shape": "tf.keras.Input(batch_shape=...) before the layer",
    "input_shape": "tf.keras.Input(shape=...) before the layer",
    "input_dim": "tf.keras.Input(shape=(n,)) before the layer",
}
METHODS = {
    "fit_generator": "model.fit(generator)",
    "evaluate_generator": "model.evaluate(generator)",
    "predict_generator": "model.predict(generator)",
    "predict_classes": "model.predict(x).argmax(-1), or (model.predict(x) > 0.5).astype('int32') for one output",
    "predict_proba": "model.predict(x)",
    "reset_states": "reset_state()",
}
ENDINGS = {"save": ".keras", "save_weights": ".weights.h5", "load_weights": ".weights.h5"}


DEFAULTS: dict[str, dict[str, Any]] = {"fit": {"shuffle": False}, "predict": {"verbose": 0}}


class Keras2Spelling(UserWarning):
    """A program writes what Keras 2 took and Keras 3 does not; the text says what to write."""


class State:
    told: set[str] = set()  # noqa: RUF012 (one a process)


def choose(wanted: bool) -> None:
    """Through the environment, so that child processes agree; what the user has set there stays."""
    if wanted:
        os.environ.setdefault(SWITCH, "1")
    else:
        os.environ[SWITCH] = "0"


def enabled() -> bool:
    return os.environ.get(SWITCH, "0") not in ("", "0")


def notice(old: str, new: str) -> None:
    """Warns once a spelling, at the user's line."""
    if old in State.told:
        return
    State.told.add(old)
    frame = users_frame(sys._getframe(1))
    file, line = (frame.f_code.co_filename, frame.f_lineno) if frame is not None else ("?", 0)
    warnings.warn_explicit(f"{old} is Keras 2's; write {new}", Keras2Spelling, file, line)


def users_frame(frame: FrameType | None) -> FrameType | None:
    """The nearest frame outside Keras and gradtape."""
    while frame is not None:
        inside = frame.f_code.co_filename.startswith(PACKAGE) or (frame.f_globals.get("__name__") or "").split(".")[0] == "keras"
        if not inside:
            return frame
        frame = frame.f_back
    return None


# -- changes to Keras's modules, each made when the module has loaded ------------------------------------------------
def in_place_of(original: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The name, text and signature of what is replaced; Keras reads the signature in two ways, of which one follows no wrapper."""

    def dress(function: Callable[..., Any]) -> Callable[..., Any]:
        dressed: Any = functools.wraps(original)(function)
        dressed.__signature__ = inspect.signature(original)
        return dressed

    return dress


def change_optimizer(module: ModuleType) -> None:
    cls = vars(module)["BaseOptimizer"]
    original = cls.__init__

    @in_place_of(original)
    def initialize(self: Any, learning_rate: Any, *args: Any, **kwargs: Any) -> None:
        decay = kwargs.pop("decay", None)
        if "lr" in kwargs:
            notice("lr=", OPTIMIZER_ARGUMENTS["lr"])
            learning_rate = kwargs.pop("lr")
        if decay:
            notice("decay=", OPTIMIZER_ARGUMENTS["decay"])
            schedules = sys.modules["keras"].optimizers.schedules
            learning_rate = schedules.InverseTimeDecay(learning_rate, 1, decay)
        original(self, learning_rate, *args, **kwargs)

    initialize.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]
    cls.__init__ = initialize
    cls.lr = property(read_learning_rate, write_learning_rate)


def read_learning_rate(self: Any) -> Any:
    notice("optimizer.lr", "optimizer.learning_rate")
    return self.learning_rate


def write_learning_rate(self: Any, value: Any) -> None:
    notice("optimizer.lr", "optimizer.learning_rate")
    self.learning_rate = value


def change_layer(module: ModuleType) -> None:
    cls = vars(module)["Layer"]
    original = cls.__init__

    @in_place_of(original)
    def initialize(self: Any, *args: Any, **kwargs: Any) -> None:
        given = [name for name in LAYER_ARGUMENTS if kwargs.get(name) is not None]
        for name in given:
            notice(f"{name}=", LAYER_ARGUMENTS[name])
        if "batch_input_shape" in kwargs:
            kwargs["input_shape"] = tuple(kwargs.pop("batch_input_shape"))[1:]
        with warnings.catch_warnings():
            if given:
                warnings.filterwarnings("ignore", "Do not pass an `input_shape`", UserWarning)
            original(self, *args, **kwargs)

    initialize.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]  # Keras binds arguments by both of its views
    cls.__init__ = initialize


def change_model(module: ModuleType) -> None:
    cls = vars(module)["Model"]
    for name, modern in (("fit_generator", "fit"), ("evaluate_generator", "evaluate"), ("predict_generator", "predict")):
        setattr(cls, name, passed_on(name, modern))
    cls.predict_proba = passed_on("predict_proba", "predict")
    cls.predict_classes = predict_classes
    for name, ending in ENDINGS.items():
        setattr(cls, name, with_ending(getattr(cls, name), ending))


def with_ending(original: Callable[..., Any], ending: str) -> Callable[..., Any]:
    """Keras 2 wrote TensorFlow's own formats where a path had no ending; Keras 3 wants one of its own."""

    @in_place_of(original)
    def method(self: Any, filepath: Any, *args: Any, **kwargs: Any) -> Any:
        return original(self, completed(filepath, ending, original.__name__), *args, **kwargs)

    return method


def completed(path: Any, ending: str, name: str) -> Any:
    if not isinstance(path, (str, os.PathLike)) or os.path.splitext(os.fspath(path))[1] or not enabled():
        return path
    notice(f"{name}(path without {ending})", f'{name}("{os.path.basename(os.fspath(path))}{ending}")')
    return os.fspath(path) + ending


def change_metric(module: ModuleType) -> None:
    vars(module)["Metric"].reset_states = reset_states


def reset_states(self: Any) -> None:
    """Keras 2's name of reset_state."""
    notice("metric.reset_states()", METHODS["reset_states"])
    self.reset_state()


def change_saving(module: ModuleType) -> None:
    original = vars(module)["load_model"]

    @in_place_of(original)
    def load_model(filepath: Any, *args: Any, **kwargs: Any) -> Any:
        there = isinstance(filepath, (str, os.PathLike)) and os.path.exists(filepath)
        return original(filepath if there else completed(filepath, ENDINGS["save"], "load_model"), *args, **kwargs)

    vars(module)["load_model"] = load_model


def passed_on(old: str, modern: str) -> Callable[..., Any]:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        notice(f"model.{old}", METHODS[old])
        if "generator" in kwargs:
            args = (kwargs.pop("generator"), *args)
        for gone in ("workers", "use_multiprocessing", "max_queue_size"):
            kwargs.pop(gone, None)
        kwargs = {**DEFAULTS.get(modern, {}), **kwargs}
        return getattr(self, modern)(*args, **kwargs)

    method.__name__ = old
    return method


def predict_classes(self: Any, x: Any, batch_size: int | None = None, verbose: Any = 0) -> np.ndarray:
    notice("model.predict_classes", METHODS["predict_classes"])
    found = self.predict(x, batch_size=batch_size, verbose=verbose)
    return found.argmax(-1) if found.shape[-1] > 1 else (found > 0.5).astype("int32")


CHANGES: dict[str, Callable[[ModuleType], None]] = {
    "keras.src.optimizers.base_optimizer": change_optimizer,
    "keras.src.layers.layer": change_layer,
    "keras.src.models.model": change_model,
    "keras.src.metrics.metric": change_metric,
    "keras.src.saving.saving_api": change_saving,
}


# -- names that tf.keras no longer has -------------------------------------------------------------------------------
def learning_phase() -> int:
    """0, as outside fit: Keras 3 has no learning phase."""
    notice("K.learning_phase()", "training=True or training=False in the call")
    return 0


def set_learning_phase(value: Any) -> None:
    """Accepted, without effect."""
    notice("K.set_learning_phase", "training=True or training=False in the call")


def old_names(keras: ModuleType) -> ModuleType:
    """A namespace with Keras 2's names, a third source of tf.keras; what they stand for is looked up when they are used."""
    preprocessing = Renamed("tf.keras.layers.experimental.preprocessing", "tf.keras.layers", keras)
    layers = Renamed("tf.keras.layers.CuDNN…", "tf.keras.layers.LSTM and GRU", keras, {"CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU"})
    vars(layers)["experimental"] = space("layers.experimental", preprocessing=preprocessing)
    utils = space("utils", np_utils=Renamed("tf.keras.utils.np_utils", "tf.keras.utils", keras))
    backend = space("backend", learning_phase=learning_phase, set_learning_phase=set_learning_phase)
    return space("", backend=backend, layers=layers, utils=utils)


def space(name: str, **members: Any) -> ModuleType:
    module = ModuleType(f"gradtape.keras2.{name}".rstrip("."))
    vars(module).update(members)
    return module


class Renamed(ModuleType):
    """A namespace that has moved, or the names in `renamed`: the values are the new one's, with a notice."""

    def __init__(self, old: str, new: str, keras: ModuleType, renamed: dict[str, str] | None = None):
        super().__init__(old)
        vars(self).update(words=(old, new), keras=keras, target=new.split(".")[2].split(" ")[0], renamed=renamed, __path__=[])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or (self.renamed is not None and name not in self.renamed):
            raise AttributeError(name)
        found = getattr(getattr(self.keras, self.target), name if self.renamed is None else self.renamed[name], None)
        if found is None:
            raise AttributeError(explain_names.no_attribute(f"tensorflow.keras.{self.target}", name))
        notice(*self.words)
        return found

    def __dir__(self) -> list[str]:
        names = dir(getattr(self.keras, self.target)) if self.renamed is None else self.renamed
        return [name for name in names if not name.startswith("_")]
