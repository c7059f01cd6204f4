"""A small CNN (conv32 - pool - conv64 - pool - 128 - 10 on 28 x 28) and a transformer of two layers, trained by SGD."""

DATA = """
import numpy as np
r = np.random.default_rng(0)
def n(*s, k=1.0): return (r.normal(size=s) * k).astype("f4")
def cnn_data(batch):
    weights = [n(3, 3, 1, 32, k=.3), n(32), n(3, 3, 32, 64, k=.06), n(64), n(3136, 128, k=.02), n(128), n(128, 10, k=.1), n(10)]
    return [n(batch, 28, 28, 1), r.integers(0, 10, batch)], weights
def transformer_data(B, T, D, H, F, layers):
    one = lambda: [n(D, 3*D, k=D**-.5), n(3*D), n(D, D, k=D**-.5), n(D), n(D, F, k=D**-.5), n(F), n(F, D, k=F**-.5), n(D),
                   np.ones(D, "f4"), n(D), np.ones(D, "f4"), n(D)]
    return [n(B, T, D), n(B, T, D)], [w for _ in range(layers) for w in one()]
"""
TENSORFLOW_CNN = """
def loss_of(x, t, w):
    h = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(x, w[0], 1, "SAME") + w[1]), 2, 2, "VALID")
    h = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(h, w[2], 1, "SAME") + w[3]), 2, 2, "VALID")
    h = tf.nn.relu(tf.reshape(h, [x.shape[0], 3136]) @ w[4] + w[5])
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(t, h @ w[6] + w[7]))
"""
TENSORFLOW_TRANSFORMER = """
def norm(x, s, b):
    m = tf.reduce_mean(x, -1, keepdims=True)
    return (x - m) * tf.math.rsqrt(tf.reduce_mean(tf.square(x - m), -1, keepdims=True) + 1e-5) * s + b
def loss_of(x, y, w):
    B, T, D = x.shape
    h = x
    for i in range(0, len(w), 12):
        wq, bq, wo, bo, w1, b1, w2, b2, s1, c1, s2, c2 = w[i:i + 12]
        qkv = tf.reshape(norm(h, s1, c1) @ wq + bq, [B, T, 3, 4, D // 4])
        q, k, v = [tf.transpose(z, [0, 2, 1, 3]) for z in tf.unstack(qkv, axis=2)]
        p = tf.nn.softmax(tf.matmul(q, k, transpose_b=True) * (D // 4) ** -.5)
        h = h + tf.reshape(tf.transpose(p @ v, [0, 2, 1, 3]), [B, T, D]) @ wo + bo
        h = h + tf.nn.gelu(norm(h, s2, c2) @ w1 + b1) @ w2 + b2
    return tf.reduce_mean(tf.square(h - y))
"""
TENSORFLOW = """
(x, t), w = {data}
x, t, w = tf.constant(x), tf.constant(t), [tf.Variable(v) for v in w]
{model}
@compiled
def step():
    with tf.GradientTape() as tape: loss = loss_of(x, t, w)
    for v, g in zip(w, tape.gradient(loss, w)): v.assign_sub(0.01 * g)
    return loss
"""
TORCH = """
(x, t), w = {data}
{model}
x, t, w = torch.from_numpy(images(x)), torch.from_numpy(t), [torch.from_numpy(v).requires_grad_() for v in map(filters, w)]
loss_of = compiled(loss_of)
def step():
    loss = loss_of(x, t, w)
    with torch.no_grad():
        for v, g in zip(w, torch.autograd.grad(loss, w)): v.sub_(g, alpha=0.01)
"""
TORCH_CNN = """
images = lambda x: np.ascontiguousarray(x.transpose(0, 3, 1, 2))
filters = lambda v: np.ascontiguousarray(v.transpose(3, 2, 0, 1)) if v.ndim == 4 else v
def loss_of(x, t, w):
    h = F.max_pool2d(F.relu(F.conv2d(x, w[0], w[1], padding=1)), 2)
    h = F.max_pool2d(F.relu(F.conv2d(h, w[2], w[3], padding=1)), 2)
    return F.cross_entropy(F.relu(h.flatten(1) @ w[4] + w[5]) @ w[6] + w[7], t)
"""
TORCH_TRANSFORMER = """
images = filters = lambda x: x
def loss_of(x, y, w):
    B, T, D = x.shape
    h = x
    for i in range(0, len(w), 12):
        wq, bq, wo, bo, w1, b1, w2, b2, s1, c1, s2, c2 = w[i:i + 12]
        qkv = (F.layer_norm(h, (D,), s1, c1) @ wq + bq).reshape(B, T, 3, 4, D // 4)
        q, k, v = [z.transpose(1, 2) for z in qkv.unbind(2)]
        h = h + F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(B, T, D) @ wo + bo
        h = h + F.gelu(F.layer_norm(h, (D,), s2, c2) @ w1 + b1) @ w2 + b2
    return (h - y).square().mean()
"""
JAX = """
(x, t), w = {data}
x, t, w = jnp.asarray(x), jnp.asarray(t), [jnp.asarray(v) for v in w]
{model}
update = jax.jit(lambda x, t, w: [v - 0.01 * g for v, g in zip(w, jax.grad(loss_of, 2)(x, t, w))], donate_argnums=2)
def step():
    global w
    w = update(x, t, w)
    w[0].block_until_ready()
"""
JAX_CNN = """
def conv(x, w): return lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
def pool(x): return lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
def loss_of(x, t, w):
    h = pool(jax.nn.relu(conv(x, w[0]) + w[1]))
    h = pool(jax.nn.relu(conv(h, w[2]) + w[3]))
    y = jax.nn.relu(h.reshape(len(x), 3136) @ w[4] + w[5]) @ w[6] + w[7]
    return -jnp.take_along_axis(jax.nn.log_softmax(y), t[:, None], 1).mean()
"""
JAX_TRANSFORMER = """
def norm(x, s, b):
    m = x.mean(-1, keepdims=True)
    return (x - m) * lax.rsqrt(jnp.square(x - m).mean(-1, keepdims=True) + 1e-5) * s + b
def loss_of(x, y, w):
    B, T, D = x.shape
    h = x
    for i in range(0, len(w), 12):
        wq, bq, wo, bo, w1, b1, w2, b2, s1, c1, s2, c2 = w[i:i + 12]
        qkv = (norm(h, s1, c1) @ wq + bq).reshape(B, T, 3, 4, D // 4)
        q, k, v = [qkv[:, :, j].transpose(0, 2, 1, 3) for j in range(3)]
        p = jax.nn.softmax(q @ k.swapaxes(-1, -2) * (D // 4) ** -.5)
        h = h + (p @ v).transpose(0, 2, 1, 3).reshape(B, T, D) @ wo + bo
        h = h + jax.nn.gelu(norm(h, s2, c2) @ w1 + b1, approximate=False) @ w2 + b2
    return jnp.square(h - y).mean()
"""


def texts(data: str, tensorflow: str, torch: str, jax: str) -> tuple[str, str, str]:
    return (
        DATA + TENSORFLOW.format(data=data, model=tensorflow),
        DATA + TORCH.format(data=data, model=torch),
        DATA + JAX.format(data=data, model=jax),
    )


def cnn(batch: int) -> tuple[str, str, str]:
    return texts(f"cnn_data({batch})", TENSORFLOW_CNN, TORCH_CNN, JAX_CNN)


def transformer() -> tuple[str, str, str]:
    """Batch 8, length 64, width 128, 4 heads, inner width 512."""
    return texts("transformer_data(8, 64, 128, 4, 512, 2)", TENSORFLOW_TRANSFORMER, TORCH_TRANSFORMER, JAX_TRANSFORMER)
