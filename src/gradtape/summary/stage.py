"""One summary on its way: at once, or as a node of the function that is being traced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.context import current_context, replace_levels
from ..core.errors import OpError
from ..core.shapes import Spec
from ..core.tensor import Tensor, convert_to_tensor, is_tensor, tensor
from ..core.variable import Variable
from ..graph.afterwards import present_trace
from ..graph.symbol import Symbol
from ..ops.effects import call_python
from .state import STATE, State, truth

NO_STEP = "No step set. Please specify one either through the `step` argument or through tf.summary.experimental.set_step()"
BOOL = Spec((), np.dtype(bool))
Write = Callable[..., None]  # (writer, tag, step, metadata, *arrays)


def put(xs: Sequence[Any], write: Write, tag: str, step: Any, metadata: Any) -> Any:
    """Write what `write` makes of the tensors, if there is a writer and the condition holds; was it written, as a bool tensor."""
    given = None if step is None else checked_step(step)
    if present_trace() is not None or not all([type(x) is Tensor for x in (*xs, given) if x is not None]):
        return staged(xs, write, tag, given, metadata)
    return tensor(np.array(put_now(STATE.get(), [x.value for x in xs], write, tag, given, metadata)))


def put_now(state: State, arrays: Sequence[Any], write: Write, tag: str, step: Any, metadata: Any) -> bool:
    if state.writer is None or not truth(state.condition).value:
        return False
    if step is None:
        if state.step is None:
            raise ValueError(NO_STEP)
        step = checked_step(state.step)
    write(state.writer, tag, int(step.value.reshape(())), metadata, *arrays)
    return True


def checked_step(step: Any) -> Any:
    """A step as an integer tensor.

    Raises:
        TypeError: it is no integer.
        ValueError: several integers, or a tensor of another dtype.
    """
    try:
        x = convert_to_tensor(step, None if is_tensor(step) else np.int64)
    except (TypeError, ValueError, OpError) as error:
        raise TypeError(f"tf.summary: step must be an integer, got {step!r} ({error})") from None
    if not x.dtype.is_integer:
        raise ValueError(
            f"tf.summary: step must be an integer, got a tensor of dtype {x.dtype.name}: write tf.cast(step, tf.int64)"
        )
    if any(n != 1 for n in x.dims):
        raise ValueError(f"Argument `step` must be a scalar. Received step with shape {x.shape}.")
    return x


# -- inside a function -----------------------------------------------------------------------------------------------
class Staged:
    """A summary of a traced function; it runs at each call of it, with the writer, condition and step of the call."""

    def __init__(self, write: Write, tag: str, metadata: Any, state: State, inputs: list[str]):
        self.write, self.tag, self.metadata, self.state, self.inputs = write, tag, metadata, state, inputs

    def __repr__(self) -> str:
        return f"summary {self.tag!r}"

    def __call__(self, *arrays: np.ndarray) -> list[np.ndarray]:
        token = replace_levels(())
        try:
            return [np.array(self.run(*arrays))]
        finally:
            current_context.reset(token)

    def run(self, *arrays: np.ndarray) -> bool:
        own = {name: getattr(self.state, name) for name in self.state.traced}
        state = STATE.get()._replace(**own)
        count = len(arrays) - len(self.inputs)
        more = dict(zip(self.inputs, arrays[count:], strict=True))
        if "condition" in more:
            state = state._replace(condition=bool(more["condition"]))
        step = tensor(more["step"]) if "step" in more else None
        return put_now(state, arrays[:count], self.write, self.tag, step, self.metadata)


def staged(xs: Sequence[Any], write: Write, tag: str, step: Any, metadata: Any) -> Any:
    state, more = STATE.get(), {}
    if step is None and isinstance(state.step, (Variable, Symbol)):
        step = checked_step(state.step)
    if step is not None:
        more["step"] = step
    condition = None if state.condition is None else truth(state.condition)
    if isinstance(condition, Symbol):
        more["condition"] = condition
    own = state._replace(traced=state.traced - set(more))
    if "condition" in own.traced:
        own = own._replace(condition=condition)
    function = Staged(write, tag, metadata, own, list(more))
    return call_python(*xs, *more.values(), function=function, specs=(BOOL,))[0]
