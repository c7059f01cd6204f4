"""ExponentialMovingAverage."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.tensor import Tensor, convert_to_tensor, is_tensor, tensor
from ..core.variable import Variable
from .objects import Trackable


class ExponentialMovingAverage(Trackable):
    """Shadows of variables that follow them slowly: shadow -= (1 - decay) * (shadow - variable).

    Args:
        decay: near 1.
        num_updates: a count of updates n; the decay is then at most (1 + n) / (10 + n).
        zero_debias: begin at 0 and correct for it, for tensors.

    >>> v = tf.Variable(1.0)
    >>> average = tf.train.ExponentialMovingAverage(0.9)
    >>> average.apply([v])
    >>> _ = v.assign(2.0)
    >>> average.apply([v])
    >>> round(float(average.average(v)), 3)
    1.1
    """

    def __init__(self, decay: Any, num_updates: Any = None, zero_debias: bool = False, name: str = "ExponentialMovingAverage"):
        self._decay, self._num_updates, self._zero_debias, self._name = decay, num_updates, zero_debias, name
        self._shadows: dict[Any, tuple[Any, Variable]] = {}
        self._counts: dict[Any, int] = {}

    @property
    def name(self) -> str:
        return self._name

    def _children(self) -> dict[str, Any]:
        return {f"shadow_{k}": shadow for k, (_, shadow) in enumerate(self._shadows.values())}

    def apply(self, var_list: Any = None) -> None:
        """Move the shadows of these variables; they begin as copies.

        Raises:
            ValueError: no list of variables; TypeError: variables that hold no floats.
        """
        if var_list is None:
            raise ValueError("var_list must be given: without a graph, nothing collects the trainable variables")
        for variable in var_list:
            if not is_tensor(variable):
                raise TypeError(f"ExponentialMovingAverage.apply: expected variables or tensors, got {type(variable)}")
            value = convert_to_tensor(variable)
            if not value.dtype.is_floating:
                raise TypeError(f"The variables must be half, float, or double: {value.dtype.name}")
            self._move(variable, np.asarray(value))

    def _move(self, variable: Any, value: np.ndarray) -> None:
        key = id(variable)
        biased = self._zero_debias and not isinstance(variable, Variable)
        if key not in self._shadows:
            start = np.zeros_like(value) if biased or not isinstance(variable, Variable) else value
            self._shadows[key] = variable, Variable(start, trainable=False, name=self._name)
        shadow = self._shadows[key][1]
        self._counts[key] = self._counts.get(key, 0) + 1
        rate = value.dtype.type(1 - self._rate())
        shadow.assign(tensor(np.asarray(np.asarray(shadow) - (np.asarray(shadow) - value) * rate)))

    def _rate(self) -> float:
        if self._num_updates is None:
            return float(self._decay)
        n = float(np.asarray(self._num_updates))
        return min(float(self._decay), (1 + n) / (10 + n))

    def average(self, var: Any) -> Any:
        """The shadow of a variable; None where `apply` has not seen it."""
        found = self._shadows.get(id(var))
        if found is None:
            return None
        shadow = found[1]
        if self._zero_debias and not isinstance(var, Variable):
            return corrected(shadow, 1 - float(self._decay) ** self._counts[id(var)])
        return shadow

    def average_name(self, var: Any) -> str:
        """What the shadow is called."""
        return f"{var.name.split(':')[0]}/{self._name}"

    def variables_to_restore(self, moving_avg_variables: Any = None) -> dict[str, Any]:
        """Names of shadows -> variables, to read a checkpoint's averages into the variables."""
        chosen = [v for v, _ in self._shadows.values()] if moving_avg_variables is None else moving_avg_variables
        return {self.average_name(v): v for v in chosen}


def corrected(shadow: Variable, weight: float) -> Tensor:
    value = np.asarray(shadow)
    return tensor(np.asarray(value / value.dtype.type(weight)))
