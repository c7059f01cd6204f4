"""The tf.errors hierarchy."""

from __future__ import annotations

from typing import Any

OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED = range(8)
RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, UNAVAILABLE = range(8, 15)
DATA_LOSS, UNAUTHENTICATED = 15, 16


class OpError(Exception):
    """What an operation raises; `message` says it in a sentence, `error_code` as a number."""

    code = UNKNOWN

    def __init__(self, node_def: Any, op: Any, message: str, error_code: int | None = None, *args: Any):
        super().__init__(message)
        self._node_def, self._op, self._message = node_def, op, message
        self._error_code = type(self).code if error_code is None else error_code
        self.experimental_payloads: dict[Any, Any] = {}

    @property
    def message(self) -> str:
        return self._message

    @property
    def op(self) -> Any:
        return self._op

    @property
    def node_def(self) -> Any:
        return self._node_def

    @property
    def error_code(self) -> int:
        return self._error_code

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (None, None, self._message)

    def __str__(self) -> str:
        return self._message


class CancelledError(OpError):
    code = CANCELLED


class UnknownError(OpError):
    code = UNKNOWN


class InvalidArgumentError(OpError):
    code = INVALID_ARGUMENT


class DeadlineExceededError(OpError):
    code = DEADLINE_EXCEEDED


class NotFoundError(OpError):
    code = NOT_FOUND


class AlreadyExistsError(OpError):
    code = ALREADY_EXISTS


class PermissionDeniedError(OpError):
    code = PERMISSION_DENIED


class ResourceExhaustedError(OpError):
    code = RESOURCE_EXHAUSTED


class FailedPreconditionError(OpError):
    code = FAILED_PRECONDITION


class AbortedError(OpError):
    code = ABORTED


class OutOfRangeError(OpError):
    code = OUT_OF_RANGE


class UnimplementedError(OpError):
    code = UNIMPLEMENTED


class InternalError(OpError):
    code = INTERNAL


class UnavailableError(OpError):
    code = UNAVAILABLE


class DataLossError(OpError):
    code = DATA_LOSS


class UnauthenticatedError(OpError):
    code = UNAUTHENTICATED


class IncompatibleShapesError(InvalidArgumentError):
    """Shapes that do not broadcast."""

    def __reduce__(self) -> tuple[Any, ...]:
        return InvalidArgumentError, (None, None, self._message)


class MismatchError(InvalidArgumentError, TypeError, ValueError):
    """An operand whose dtype does not go with the operation or with the other operands.

    TensorFlow raises one of the three for one and the same mistake, depending on how the operation is spelled (x + y, x - y,
    tf.divide(x, y)); code written for any of them catches this.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return InvalidArgumentError, (None, None, self._message)


class ConversionError(MismatchError):
    """A Python value that cannot take the dtype which it would have to."""


for kind, known_as in (
    (IncompatibleShapesError, "InvalidArgumentError"),
    (MismatchError, "InvalidArgumentError"),
    (ConversionError, "TypeError"),
):
    kind.__name__ = kind.__qualname__ = known_as  # tracebacks show, and programs print, what TensorFlow's say


class OperatorNotAllowedInGraphError(TypeError):
    """A traced value was used as a Python one."""


class DimensionError(ValueError):
    """A comparison of unknown dimensions that cannot be decided."""


def exhausted(op: str, error: MemoryError) -> ResourceExhaustedError:
    """What a result that does not fit into memory raises."""
    return ResourceExhaustedError(None, None, f"{op}: out of memory: {error or 'the result is too large'} [Op:{op}]")


def invalid(op: str, message: str) -> InvalidArgumentError:
    """What a wrong argument raises."""
    return InvalidArgumentError(None, None, f"{message} [Op:{op}]")


class NotTraceable(NotImplementedError):
    """What comes out has a size that depends on the values, which a function that is being traced does not know."""


class CompositeOperand(TypeError, ValueError):
    """A function of tensors was given a ragged or sparse one; whoever knows the function by name may step in."""
