"""What a line of a random program may be: text with slots, each filled with a value or a number that fits.

{f} a float value, {g} one of the same dtype that broadcasts with it, {s} one of the same shape and dtype, {i} an integer value,
{j} one of its dtype that broadcasts with it, {b} a bool value; the others are numbers that fit {f} (or {i} where there is no {f}).
"""

from __future__ import annotations

UNARY = [
    "tanh",
    "sigmoid",
    "abs",
    "square",
    "negative",
    "sin",
    "cos",
    "sign",
    "floor",
    "round",
    "identity",
    "stop_gradient",
    "math.softplus",
    "math.erf",
    "math.atan",
    "math.asinh",
    "math.expm1",
    "nn.relu",
    "nn.leaky_relu",
    "nn.elu",
    "nn.gelu",
    "nn.silu",
    "nn.relu6",
    "nn.softsign",
]

FLOAT = [
    *(f"tf.{name}({{f}})" for name in UNARY),
    *[
        "{f} * {num}",
        "{num} - {f}",
        "{f} ** 2.0",
        "tf.exp(-tf.abs({f}))",
        "tf.math.log(tf.abs({f}) + 0.5)",
        "tf.sqrt(tf.abs({f}))",
    ],
    *["tf.math.rsqrt(tf.abs({f}) + 0.5)", "tf.pow(tf.abs({f}) + 0.1, {num})", "tf.math.log1p(tf.square({f}))"],
    *[
        "{f} / (1.0 + tf.abs({f}))",
        "tf.clip_by_value({f}, -0.7, 0.9)",
        "tf.math.log({f})",
        "1.0 / {f}",
        "tf.math.reciprocal_no_nan({f})",
    ],
]
PAIRS = [
    *[
        "{f} + {g}",
        "{f} - {g}",
        "{f} * {g}",
        "tf.maximum({f}, {g})",
        "tf.minimum({f}, {g})",
        "tf.math.squared_difference({f}, {g})",
    ],
    *[
        "{f} / (tf.abs({g}) + 0.5)",
        "tf.atan2({f}, {g})",
        "tf.where({f} > {g}, {f}, {g} * 0.5)",
        "tf.where({g} > {num}, {f}, {g})",
    ],
    *["tf.math.divide_no_nan({f}, tf.floor({g}))", "tf.where({b}, {f}, tf.zeros_like({f}))", "tf.cast({b}, tf.float32)"],
    *["tf.math.xlogy(tf.abs({f}), tf.abs({g}) + 0.1)", "tf.math.multiply_no_nan({f}, tf.round({g}))", "tf.cast({f}, tf.{dtype})"],
    *["tf.cast({i}, tf.{dtype}) * 0.125"],
]
WHOLE = [
    *[
        "{i} + {j}",
        "{i} - {j}",
        "{i} * {j}",
        "{i} // 3",
        "{i} % 5",
        "tf.maximum({i}, {j})",
        "tf.minimum({i}, {j})",
        "tf.abs({i})",
    ],
    *[
        "{i} // (tf.abs({j}) + 1)",
        "tf.bitwise.bitwise_xor({i}, {j})",
        "tf.where({i} > {j}, {i}, -{j})",
        "tf.cast({i}, tf.{whole})",
    ],
    *[
        "tf.argmax({f}, {axis})",
        "tf.argmin({f}, {axis}, tf.int32)",
        "tf.cast(tf.round(tf.clip_by_value({f}, -9.0, 9.0)), tf.{whole})",
    ],
    *[
        "tf.reduce_sum({i}, {axes}, keepdims={keep})",
        "tf.reduce_max({i}, {axes})",
        "tf.cumsum({i}, {axis})",
        "tf.cast({b}, tf.{whole})",
    ],
    *["tf.reduce_prod({i} % 3, {axis})", "tf.shape({f})", "tf.argsort({f}, {axis})", "tf.math.count_nonzero({f} > 0.0, {axis})"],
    *["tf.reshape(tf.range({size}), {shape})", "tf.transpose({i})", "tf.reverse({i}, [{axis}])"],
]
TRUTH = [
    *[
        "{f} > {g}",
        "{f} <= {num}",
        "{i} == {j}",
        "{i} < 2",
        "tf.logical_not({b})",
        "tf.math.is_finite({f})",
        "tf.equal({f}, {g})",
    ],
    *[
        "tf.logical_and({b}, {b})",
        "tf.reduce_any({f} > 0.0, {axes})",
        "tf.reduce_all({i} > -3, {axis})",
        "tf.logical_or({b}, {b})",
    ],
]
REDUCTIONS = [
    *(
        f"tf.{name}({{f}}, {{axes}}, keepdims={{keep}})"
        for name in [
            "reduce_sum",
            "reduce_mean",
            "reduce_max",
            "reduce_min",
            "reduce_prod",
            "math.reduce_variance",
            "math.reduce_std",
            "reduce_logsumexp",
        ]
    ),
    *[
        "tf.reduce_sum({f})",
        "tf.reduce_mean({f}, {axis}, keepdims=True)",
        "tf.norm({f}, axis={axis})",
        "tf.math.l2_normalize({f}, {axis})",
    ],
    *[
        "tf.cumsum({f}, {axis}, exclusive={keep}, reverse={keep})",
        "tf.math.cumprod(tf.tanh({f}), {axis})",
        "tf.math.cumulative_logsumexp({f}, {axis})",
    ],
    *["tf.math.unsorted_segment_sum({f}, tf.range({n0}) % 3, 3)", "tf.math.segment_mean({f}, tf.range({n0}) // 2)"],
    *["tf.math.unsorted_segment_max({f}, tf.range({n0}) % 2, 2)"],
]
VIEWS = [
    *[
        "tf.reshape({f}, [-1])",
        "tf.reshape({f}, {backwards})",
        "tf.reshape({f}, {halved})",
        "tf.transpose({f}, {perm})",
        "tf.transpose({f})",
    ],
    *[
        "{f}[..., 1::2]",
        "{f}[::-1]",
        "{f}[..., ::-2]",
        "{f}[-1]",
        "{f}[..., 0]",
        "{f}[..., tf.newaxis]",
        "{f}[tf.newaxis]",
        "{f}[1:, ..., :-1]",
    ],
    *[
        "tf.pad({f}, {widths})",
        "tf.pad({f}, {widths}, 'REFLECT')",
        "tf.pad({f}, {widths}, 'SYMMETRIC')",
        "tf.reverse({f}, [{axis}])",
    ],
    *[
        "tf.tile({f}, {tiles})",
        "tf.expand_dims({f}, {axis})",
        "tf.squeeze({f})",
        "tf.broadcast_to({f}, [3] + {shape})",
        "tf.roll({f}, 2, {axis})",
    ],
    *[
        "tf.concat([{f}, {s}], {axis})",
        "tf.stack([{f}, {s}], {axis})",
        "tf.concat([{f}, {f}[:1], {s}], 0)",
        "tf.split({f}, 2, {axis})[1]",
    ],
    *[
        "tf.unstack({f}, axis={axis})[0]",
        "tf.gather({f}, [0, {last0}, 0])",
        "tf.gather({f}, [0, 0], axis=-1)",
        "tf.repeat({f}, 2, {axis})",
    ],
    *["tf.gather({f}, tf.abs({i}) % {n0})", "tf.linalg.band_part({f}, 1, 0)", "tf.linalg.diag({f})", "tf.linalg.diag_part({f})"],
    *["tf.gather({f}, tf.argsort({f}, -1), batch_dims={batches})", "tf.gather_nd({f}, [[0], [{last0}]])", "tf.sort({f}, {axis})"],
    *[
        "tf.tensor_scatter_nd_add({f}, [[0], [{last0}], [0]], tf.stack([{f}[0], {f}[-1], {f}[0] * 0.5]))",
        "tf.math.top_k({f}, 1)[0]",
    ],
    *[
        "tf.tensor_scatter_nd_update({f}, [[{last0}]], {f}[:1] * 2.0)",
        "tf.scatter_nd([[1], [0], [1]], tf.stack([{f}, {f}, {s}]), [3] + {shape})",
    ],
    *["tf.one_hot(tf.argmax({f}, -1), {last}, dtype={f}.dtype)", "tf.boolean_mask({f}, tf.range({n0}) % 2 == 0)"],
]
ROWS = [
    *[
        "tf.nn.softmax({f})",
        "tf.nn.log_softmax({f})",
        "tf.nn.softmax({f}, {axis})",
        "{f} - tf.reduce_mean({f}, -1, keepdims=True)",
    ],
    *["({f} - tf.reduce_mean({f}, -1, keepdims=True)) * tf.math.rsqrt(tf.math.reduce_variance({f}, -1, keepdims=True) + 0.1)"],
    *["{f} * tf.cast(tf.argmax({f}, 0), {f}.dtype)", "tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax({s}), {f})"],
    *[
        "tf.nn.sigmoid_cross_entropy_with_logits(tf.sigmoid({s}), {f})",
        "tf.nn.sparse_softmax_cross_entropy_with_logits(tf.argmax({s}, -1), {f})",
    ],
    *["tf.nn.batch_normalization({f}, *tf.nn.moments({f}, [0]), None, None, 0.1)"],
]
PRODUCTS = [
    *["tf.matmul({f}, {s}, transpose_b=True)", "tf.matmul({f}, {s}, transpose_a=True)", "tf.matmul({f}, tf.transpose({s}[0]))"],
    *[
        "tf.matmul(tf.reshape({f}, [1, -1]), tf.reshape({s}, [-1, 1]))",
        "tf.tensordot({f}, {s}, [[0], [0]])",
        "tf.nn.relu(tf.matmul({f}, {s}, transpose_b=True) + 0.5)",
    ],
    *["tf.einsum('...i,...i->...', {f}, {s})", "tf.einsum('ab,cb->ca', {f}, {s})", "tf.linalg.matvec({f}, {s}[..., 0, :])"],
    *["tf.nn.conv2d(tf.reshape({f}, [1, {n0}, -1, 1]), tf.ones([2, 2, 1, 3], {f}.dtype) * 0.3, 1, 'SAME')"],
    *["tf.nn.conv1d(tf.reshape({f}, [1, -1, 1]), tf.reshape(tf.reshape({f}, [-1])[:3], [3, 1, 1]), 1, 'VALID')[0]"],
    *[
        "tf.nn.max_pool2d(tf.reshape({f}, [1, {n0}, -1, 1]), 2, 2, 'SAME')[0, ..., 0]",
        "tf.nn.avg_pool2d(tf.reshape({f}, [1, {n0}, -1, 1]), 2, 1, 'SAME')[0]",
    ],
    *["tf.linalg.inv(tf.matmul({f}, {f}, transpose_b=True) + 3.0 * tf.eye({rows}, dtype={f}.dtype))"],
    *["tf.linalg.cholesky(tf.matmul({f}, {f}, transpose_a=True) + tf.eye({last}, dtype={f}.dtype))"],
]
EVERY = [(4, FLOAT), (4, PAIRS), (2, WHOLE), (1, TRUTH), (3, REDUCTIONS), (4, VIEWS), (2, ROWS), (2, PRODUCTS)]

# Some products of large arrays would be very large.
EVERY_LARGE = [*EVERY[:-1], (1, [form for form in PRODUCTS if "[1, -1" in form or "pool" in form or "einsum('..." in form])]

# -- statements of several lines: the bodies' lines are generated in their places --------------------------------------
# {r} a float value whose shape and dtype the result has; BODY(x) stands for lines on the value x, and FIT for a value like {r}.
BLOCKS = {
    "cond": "def then_NEW():\n  BODY({r})\n  return FIT\ndef else_NEW():\n  BODY({r})\n  return FIT\nNEW = tf.cond(tf.reduce_sum({f}) > {num}, then_NEW, else_NEW)",
    "switch_case": "def one_NEW():\n  BODY({r})\n  return FIT\nNEW = tf.switch_case(tf.cast(tf.reduce_sum({f}) > {num}, tf.int32), [one_NEW, lambda: {r} * 0.5])",
    "if": "if tf.reduce_mean({f}) > {num}:\n  BODY({r})\n  NEW = FIT\nelse:\n  BODY({r})\n  NEW = FIT",
    "if without else": "NEW = {r} * 1.5\nif tf.reduce_max({f}) > {num}:\n  BODY(NEW)\n  NEW = FIT",
    "while_loop": "def body_NEW(k, c):\n  BODY(c)\n  return k + 1, FIT\nNEW = tf.while_loop(lambda k, c: k < {times}, body_NEW, (tf.constant(0), {r}))[1]",
    "bounded": "def body_NEW(c):\n  BODY(c)\n  return [FIT]\nNEW = tf.while_loop(lambda c: tf.reduce_max(tf.abs(c)) < 50.0, body_NEW, [{r}], maximum_iterations={times})[0]",
    "for": "NEW = {r}\nfor k in tf.range({times}):\n  BODY(NEW)\n  NEW = FIT",
    "for with break": "NEW = {r}\nfor k in tf.range(4):\n  if tf.reduce_sum(NEW) > {num} or k >= {times}:\n    break\n  BODY(NEW)\n  NEW = FIT",
    "for with continue": "NEW = {r}\nfor k in tf.range(4):\n  if k % 2 == 0:\n    continue\n  BODY(NEW)\n  NEW = FIT + tf.cast(k, {r}.dtype)",
    "unrolled": "NEW = {r}\nfor k in range(2):\n  BODY(NEW)\n  NEW = FIT",
    "while": "NEW, c = {r}, tf.constant(0)\nwhile c < {times}:\n  BODY(NEW)\n  NEW = FIT\n  c += 1",
    "scan": "def body_NEW(c, x):\n  BODY(c, x)\n  return FIT\nNEW = tf.scan(body_NEW, {f}, {r})",
    "foldl": "def body_NEW(c, x):\n  BODY(c, x)\n  return FIT\nNEW = tf.foldl(body_NEW, {f}, {r})",
    "map_fn": "def body_NEW(x):\n  BODY(x)\n  return tf.tanh(LAST)\nNEW = tf.map_fn(body_NEW, {f}, fn_output_signature=None)",
    "vectorized_map": "def body_NEW(x):\n  BODY(x)\n  return LAST\nNEW = tf.vectorized_map(body_NEW, {f})",
    "recompute": "def body_NEW(c):\n  BODY(c)\n  return LAST\nNEW = tf.recompute_grad(body_NEW)({r})",
    "function": "def body_NEW(c):\n  BODY(c)\n  return LAST\nNEW = tf.function(body_NEW, autograph=False)({r})",
    "update": "w.assign(tf.tanh(w * 0.9 + tf.cast(tf.reduce_mean({f}), tf.float32)))\nNEW = tf.cast(w, {f}.dtype) * tf.reduce_mean({f})",
    "added": "w.assign_add(tf.ones_like(w) * 0.1)\nNEW = tf.reduce_sum(tf.gather(w, [0, 2, 0]) * w[1])",
    "rows": "w.scatter_nd_add([[0], [2], [0]], tf.reshape(tf.range(12.0), [3, 4]) * 0.01)\nNEW = tf.nn.softmax(w)",
    "read": "NEW = tf.matmul(w, w, transpose_b=True)",
}  # fmt: skip
