"""The words for each way in which a path is cut."""

from __future__ import annotations

from typing import Any

from .trail import ASSIGN

KEYS = {  # of the primitives that cut most often
    "cast_discrete": "cast", "index_of_max": "argmax", "index_of_min": "argmax", "stop_gradient": "stop_gradient",
    "call_python": "numpy_function", "round": "round", "rint": "round", "floor": "round", "ceil": "round", "floordiv": "round",
    "truncatediv": "round",
    **dict.fromkeys(["equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "approximate_equal", "logical_not", "logical_and",
                     "logical_or", "logical_xor", "is_finite", "is_inf", "is_nan"], "comparison"),
}  # fmt: skip

CUTS = {
    "cast": "cast to an integer or boolean dtype has no derivative",
    "argmax": "{} gives positions, which have no derivative",
    "round": "{} is a step function: its derivative is zero wherever it exists",
    "comparison": "{} gives booleans, which have no derivative",
    "stop_gradient": "stop_gradient cuts the path on purpose",
    "numpy_function": "numpy_function runs Python code that no tape sees",
    "assign": "a variable takes a value, never its path: no gradient flows through an assignment",
    "no rule": "{} has no derivative",
}

MENDS = {
    "never watched": "call tape.watch({source}) inside the `with` block, before the first use of {source}.",
    "not trainable": "call tape.watch({source}) inside the `with` block, or make it with tf.Variable(..., trainable=True).",
    "integer": "make it floating before it is used, {source} = tf.cast({source}, tf.float32), and take the gradient with respect to that.",
    "late watch": "move tape.watch({source}) up, in front of the first use of {source}.",
    "outside": "compute it inside the `with tf.GradientTape()` block, from {source} on.",
    "numpy": "stay with tensors all the way: the tf (or np) functions take tensors themselves, without .numpy(), float() or int().",
    "stop_recording": "move this line out of `with tape.stop_recording():`.",
    "reset": "call tape.reset() before the forward pass, then watch and compute again; or leave it out.",
    "cast": "keep it floating; tf.grad_pass_through(f)({source}) lets the gradient pass as if f were the identity.",
    "argmax": "use a smooth stand-in, such as tf.reduce_max for the value or tf.nn.softmax for the position.",
    "round": "tf.grad_pass_through(tf.{op})(...) rounds forwards and lets the gradient pass.",
    "comparison": "use the comparison only as the condition of tf.where, or a smooth stand-in such as tf.sigmoid(k * (a - b)).",
    "stop_gradient": "leave tf.stop_gradient out here if a gradient is wanted.",
    "assign": "compute with the value itself, not with the variable it was assigned to; or take the gradient with respect to the variable.",
    "numpy_function": "tf.py_function runs Python code on tensors and has a gradient; or write it with tf functions, or give it a "
                      "gradient with tf.custom_gradient.",
    "rebound": "update the variable in place, {source}.assign_sub(...) or {source}.assign({source} - ...), so that it stays a variable.",
    "symbolic": "build a keras.Model that also returns {source}, call it under the tape, and use the tensor that it returns.",
    "thread": "compute in the thread of the tape, or let the thread run in this context: "
              "Thread(target=contextvars.copy_context().run, args=(f, ...)).",
    "unused": "use {source} in what {target} is computed from, or leave it out of the sources; unconnected_gradients='zero' gives zeros.",
    "no rule": "use an operation with a derivative, or give this one a gradient with tf.custom_gradient.",
}  # fmt: skip


def cut_key(primitive: Any) -> str:
    return "assign" if primitive is ASSIGN else KEYS.get(primitive.name, "no rule")
