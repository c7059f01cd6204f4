"""An LSTM over 64 steps (batch 32, 128 units, 64 inputs) and an embedding of 1,000,000 rows of 64 with 4,096 ids, trained by SGD.

Each library's own way: PyTorch's nn.LSTM and sparse gradients, JAX's scan and updates of donated rows, TensorFlow's loop written
out (its while loops and Keras's layer were slower) and IndexedSlices.
"""

LSTM_DATA = """
import numpy as np
r = np.random.default_rng(0)
B, T, F, U = 32, 64, 64, 128
def n(*s, k=1.0): return (r.normal(size=s) * k).astype("f4")
x, y = n(B, T, F), n(B, U)
wx, wh, b = n(F, 4*U, k=F**-.5), n(U, 4*U, k=U**-.5), n(4*U, k=0.)
"""
LSTM_CELL = """
x, y, w = tf.constant(x), tf.constant(y), [tf.Variable(v) for v in (wx, wh, b)]
def cell(state, z):
    h, c = state
    i, f, g, o = tf.split(z + tf.matmul(h, w[1]), 4, axis=1)
    c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
    return tf.sigmoid(o) * tf.tanh(c), c
def projected(x): return tf.reshape(tf.matmul(tf.reshape(tf.transpose(x, [1, 0, 2]), [T * B, F]), w[0]) + w[2], [T, B, 4 * U])
@compiled
def step():
    with tf.GradientTape() as tape: loss = tf.reduce_mean(tf.square(last_state(projected(x)) - y))
    for v, g in zip(w, tape.gradient(loss, w)): v.assign_sub(0.01 * g)
    return loss
"""
WRITTEN_OUT = """
def last_state(z):
    state = tf.zeros([B, U]), tf.zeros([B, U])
    for row in tf.unstack(z): state = cell(state, row)
    return state[0]
"""
SCANNED = """
def last_state(z): return tf.scan(cell, z, (tf.zeros([B, U]), tf.zeros([B, U])))[0][-1]
"""
LSTM_TORCH = """
layer = torch.nn.LSTM(F, U, batch_first=True)
with torch.no_grad(): layer.weight_ih_l0.copy_(torch.tensor(wx.T)); layer.weight_hh_l0.copy_(torch.tensor(wh.T))
x, y, w = torch.tensor(x), torch.tensor(y), list(layer.parameters())
loss_of = compiled(lambda x, y: (layer(x)[1][0][0] - y).square().mean())
def step():
    gradients = torch.autograd.grad(loss_of(x, y), w)
    with torch.no_grad():
        for v, g in zip(w, gradients): v.sub_(g, alpha=0.01)
"""
LSTM_JAX = """
x, y, w = jnp.asarray(x), jnp.asarray(y), [jnp.asarray(v) for v in (wx, wh, b)]
def loss_of(w, x, y):
    wx, wh, b = w
    def cell(state, z):
        h, c = state
        i, f, g, o = jnp.split(z + h @ wh, 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None
    (h, _), _ = lax.scan(cell, (jnp.zeros((B, U)), jnp.zeros((B, U))), x.transpose(1, 0, 2) @ wx + b)
    return jnp.square(h - y).mean()
update = jax.jit(lambda w, x, y: [v - 0.01 * g for v, g in zip(w, jax.grad(loss_of)(w, x, y))], donate_argnums=0)
def step():
    global w
    w = update(w, x, y)
    w[0].block_until_ready()
"""
TABLE_DATA = """
import numpy as np
r = np.random.default_rng(0)
table = r.normal(size=(1_000_000, 64)).astype("f4")
ids = r.integers(0, 1_000_000, 4096)
"""
TABLE_TENSORFLOW = """
table, ids = tf.Variable(table), tf.constant(ids)
@compiled
def step():
    with tf.GradientTape() as tape: loss = tf.reduce_mean(tf.square(tf.gather(table, ids) - 1.0))
    g = tape.gradient(loss, table)
    table.scatter_sub(tf.IndexedSlices(g.values * 0.1, g.indices))
    return loss
"""
TABLE_TORCH = """
ids = torch.tensor(ids)
layer = torch.nn.Embedding(1_000_000, 64, sparse=True, _weight=torch.tensor(table))
optimizer = torch.optim.SGD(layer.parameters(), 0.1)
loss_of = compiled(lambda ids: (layer(ids) - 1.0).square().mean())
def step():
    optimizer.zero_grad()
    loss_of(ids).backward()
    optimizer.step()
"""
TABLE_JAX = """
table, ids = jnp.asarray(table), jnp.asarray(ids)
@partial(jax.jit, donate_argnums=0)
def update(table, ids):
    loss, g = jax.value_and_grad(lambda rows: jnp.square(rows - 1.0).mean())(table[ids])
    return table.at[ids].add(-0.1 * g), loss
def step():
    global table
    table, loss = update(table, ids)
    table.block_until_ready()
"""


def lstm(loop: str = WRITTEN_OUT) -> tuple[str, str, str]:
    return LSTM_DATA + LSTM_CELL + loop, LSTM_DATA + LSTM_TORCH, LSTM_DATA + LSTM_JAX


def embedding() -> tuple[str, str, str]:
    return TABLE_DATA + TABLE_TENSORFLOW, TABLE_DATA + TABLE_TORCH, TABLE_DATA + TABLE_JAX
