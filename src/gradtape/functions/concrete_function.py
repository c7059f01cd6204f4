"""A trace as users hold it: what `get_concrete_function` gives."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from ..core.errors import invalid
from ..core.shapes import Spec, TensorShape
from ..core.structures import flatten, pack
from ..core.tensor import convert_to_tensor, is_tensor
from ..core.tensor_spec import TensorSpec
from ..core.variable import Variable
from ..graph.ir import Graph, spec_of_operand
from .concrete import Concrete
from .signature import put_together


def tensor_spec(spec: Spec, name: str | None = None) -> TensorSpec:
    return TensorSpec(TensorShape.of(spec.shape), spec.dtype, name)


class ConcreteFunction:
    """One trace of a function: it takes the tensors of its signature."""

    def __init__(self, function: Any, concrete: Concrete):
        self._function, self._concrete = function, concrete

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it, with the tensors of its signature in order, by name, or in the structure of the Python function's arguments."""
        given = [x for x in flatten((args, kwargs))[0] if not isinstance(x, (bool, str, type(None)))]
        wanted = self.inputs
        if len(given) != len(wanted):
            raise TypeError(f"{self.name} takes {len(wanted)} tensors, {self.structured_input_signature}, got {len(given)}.")
        tensors = [convert_to_tensor(x, None if is_tensor(x) else spec.dtype) for x, spec in zip(given, wanted, strict=True)]
        for x, spec in zip(tensors, wanted, strict=True):
            if x.dtype != spec.dtype:
                raise invalid(
                    self.name, f"{self.name}: cannot compute with a tensor of dtype {x.dtype.name} where {spec} is expected."
                )
        args, kwargs = put_together(self._concrete.given, tensors)
        return self._function(*args, **kwargs)

    @property
    def name(self) -> str:
        return self._concrete.name

    @property
    def graph(self) -> Graph:
        """The graph as it was traced; its text is readable."""
        return self._concrete.graph

    @property
    def inputs(self) -> list[TensorSpec]:
        return [tensor_spec(v.spec) for v in self.graph.inputs]

    @property
    def outputs(self) -> list[TensorSpec]:
        return [tensor_spec(spec_of_operand(x)) for x in self.graph.results]

    @property
    def captured_inputs(self) -> list[Any]:
        return [source for _, source in self.graph.captured]

    @property
    def variables(self) -> tuple[Variable, ...]:
        return tuple(source for source in self.captured_inputs if isinstance(source, Variable))

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        return tuple(v for v in self.variables if v.trainable)

    @property
    def structured_input_signature(self) -> Any:
        """(args, kwargs) with a TensorSpec for each tensor."""
        return put_together(self._concrete.given, self.inputs)

    @property
    def structured_outputs(self) -> Any:
        """The results, with a TensorSpec for each tensor."""
        return self._concrete.outputs.packed(self.outputs)

    def pretty_printed_signature(self, verbose: bool = True) -> str:
        return pretty(self._concrete, self._function._binder.signature)

    def __repr__(self) -> str:
        return f"ConcreteFunction {self.pretty_printed_signature()}"


KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "POSITIONAL_ONLY",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "POSITIONAL_OR_KEYWORD",
    inspect.Parameter.VAR_POSITIONAL: "VAR_POSITIONAL",
    inspect.Parameter.KEYWORD_ONLY: "KEYWORD_ONLY",
    inspect.Parameter.VAR_KEYWORD: "VAR_KEYWORD",
}


def pretty(concrete: Concrete, signature: inspect.Signature | None) -> str:
    """A trace's signature as lines of text."""
    specs = [tensor_spec(v.spec) for v in concrete.graph.inputs]
    args, kwargs = put_together(concrete.given, specs)
    lines = ["Input Parameters:"]
    lines += [f"  {name} ({kind}): {structure_text(value)}" for name, kind, value in parameters(args, kwargs, signature)]
    results = concrete.outputs.packed([tensor_spec(spec_of_operand(x)) for x in concrete.graph.results])
    captured = [f"  {source_text(source)}" for _, source in concrete.graph.captured]
    return "\n".join([*lines, "Output Type:", f"  {structure_text(results)}", "Captures:", *(captured or ["  None"])])


def parameters(args: Sequence[Any], kwargs: dict[str, Any], signature: inspect.Signature | None) -> list[tuple[str, str, Any]]:
    """(name, kind, value) of each."""
    if signature is None:
        return [(f"arg{k}", "POSITIONAL_ONLY", x) for k, x in enumerate(args)]
    bound = signature.bind(*args, **kwargs)
    return [(name, KINDS[signature.parameters[name].kind], value) for name, value in bound.arguments.items()]


def structure_text(value: Any) -> str:
    leaves, structure = flatten(value)
    if not leaves or (len(leaves) == 1 and leaves[0] is value):
        return leaf_text(value)
    return str(pack(structure, [Text(leaf_text(x)) for x in leaves]))


class Text(str):
    """A text that stands in a structure without quotes."""

    def __repr__(self) -> str:
        return str(self)


def leaf_text(x: Any) -> str:
    return repr(x) if isinstance(x, TensorSpec) or x is None else f"Literal[{x!r}]"


def source_text(source: Any) -> str:
    kind = "Resource " if isinstance(source, Variable) else ""
    return f"{kind}{TensorSpec(TensorShape.of(source.dims), source.dtype)}"


__all__ = ["ConcreteFunction", "pretty", "tensor_spec"]
