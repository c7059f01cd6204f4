"""Small steps: a line through points, a classifier of two layers with Adam, a Hessian-vector product, the gradient of a formula.

`compiled` is what the contender's library compiles with; it changes nothing where the contender is eager.
"""

DATA = """
import numpy as np
r = np.random.default_rng(0)
def n(*s, k=1.0): return (r.normal(size=s) * k).astype("f4")
def mlp_data(batch): return [n(784, 128, k=.05), n(128, k=0.), n(128, 10, k=.1), n(10, k=0.)], n(batch, 784), r.integers(0, 10, batch)
"""

TENSORFLOW = {
    "linear": """
w, b, x = tf.Variable(0.5), tf.Variable(0.1), tf.constant(n(100))
y = x * 2.0 + 1.0
@compiled
def run(x, y):
    with tf.GradientTape() as tape: loss = tf.reduce_mean(tf.square(x * w + b - y))
    for v, g in zip((w, b), tape.gradient(loss, (w, b))): v.assign_sub(0.01 * g)
    return loss
def step(): return run(x, y)
""",
    "mlp": """
weights, x, t = mlp_data(BATCH)
w, x, t = [tf.Variable(v) for v in weights], tf.constant(x), tf.constant(t)
m, s = [tf.Variable(tf.zeros_like(v)) for v in w], [tf.Variable(tf.zeros_like(v)) for v in w]
count = tf.Variable(0.0)
@compiled
def run(x, t):
    with tf.GradientTape() as tape:
        z = tf.matmul(tf.nn.relu(tf.matmul(x, w[0]) + w[1]), w[2]) + w[3]
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(t, z))
    gradients = tape.gradient(loss, w)
    count.assign_add(1.0)
    rate = 1e-3 * tf.sqrt(1 - tf.pow(0.999, count)) / (1 - tf.pow(0.9, count))
    for v, g, a, b in zip(w, gradients, m, s):
        a.assign_add((g - a) * 0.1)
        b.assign_add((tf.square(g) - b) * 0.001)
        v.assign_sub(rate * a / (tf.sqrt(b) + 1e-7))
    return loss
def step(): return run(x, t)
""",
    "hvp": """
A, x, v = tf.constant(n(256, 256, k=1/16)), tf.constant(n(256)), tf.constant(n(256))
@compiled
def run(x, v):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(tf.tanh(tf.linalg.matvec(A, x)) * x)
        s = tf.reduce_sum(inner.gradient(y, x) * v)
    return outer.gradient(s, x)
def step(): return run(x, v)
""",
    "fused": """
x = tf.constant(n(1_000_000))
@compiled
def run(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.tanh(x) * tf.exp(-x * x) + tf.sigmoid(x)
    return tape.gradient(y, x)
def step(): return run(x)
""",
}
JAX = {
    "linear": """
p, x = (jnp.float32(0.5), jnp.float32(0.1)), jnp.asarray(n(100))
y = x * 2.0 + 1.0
loss_of = lambda p, x, y: jnp.mean((x * p[0] + p[1] - y) ** 2)
@partial(jax.jit, donate_argnums=0)
def run(p, x, y):
    loss, g = jax.value_and_grad(loss_of)(p, x, y)
    return jax.tree.map(lambda v, g: v - 0.01 * g, p, g), loss
def step():
    global p
    p, loss = run(p, x, y); loss.block_until_ready()
""",
    "mlp": """
w, x, t = mlp_data(BATCH)
w, x, t = [jnp.asarray(v) for v in w], jnp.asarray(x), jnp.asarray(t)
state = (w, [jnp.zeros_like(v) for v in w], [jnp.zeros_like(v) for v in w], jnp.float32(0))
def loss_of(w, x, t):
    z = jax.nn.relu(x @ w[0] + w[1]) @ w[2] + w[3]
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), t[:, None], 1))
@partial(jax.jit, donate_argnums=0)
def run(state, x, t):
    w, m, s, count = state
    loss, g = jax.value_and_grad(loss_of)(w, x, t)
    count = count + 1
    rate = 1e-3 * jnp.sqrt(1 - 0.999 ** count) / (1 - 0.9 ** count)
    m = [a + (g - a) * 0.1 for a, g in zip(m, g)]
    s = [b + (g * g - b) * 0.001 for b, g in zip(s, g)]
    return ([v - rate * a / (jnp.sqrt(b) + 1e-7) for v, a, b in zip(w, m, s)], m, s, count), loss
def step():
    global state
    state, loss = run(state, x, t); loss.block_until_ready()
""",
    "hvp": """
A, x, v = jnp.asarray(n(256, 256, k=1/16)), jnp.asarray(n(256)), jnp.asarray(n(256))
f = lambda x: jnp.sum(jnp.tanh(A @ x) * x)
run = jax.jit(lambda x, v: jax.grad(lambda x: jnp.vdot(jax.grad(f)(x), v))(x))
def step(): run(x, v).block_until_ready()
""",
    "fused": """
x = jnp.asarray(n(1_000_000))
run = jax.jit(lambda x: jax.grad(lambda x: jnp.sum(jnp.tanh(x) * jnp.exp(-x * x) + jax.nn.sigmoid(x)))(x))
def step(): run(x).block_until_ready()
""",
}
TORCH = {
    "linear": """
w, b, x = torch.tensor(0.5, requires_grad=True), torch.tensor(0.1, requires_grad=True), torch.tensor(n(100))
y = x * 2.0 + 1.0
loss_of = compiled(lambda x, y, w, b: torch.mean(torch.square(x * w + b - y)))
def step():
    gw, gb = torch.autograd.grad(loss_of(x, y, w, b), (w, b))
    with torch.no_grad(): w.sub_(0.01 * gw); b.sub_(0.01 * gb)
""",
    "mlp": """
w, x, t = mlp_data(BATCH)
w, x, t = [torch.nn.Parameter(torch.tensor(v)) for v in w], torch.tensor(x), torch.tensor(t)
optimizer = torch.optim.Adam(w, 1e-3, fused=True)
loss_of = compiled(lambda x, t, *w: torch.nn.functional.cross_entropy(torch.relu(x @ w[0] + w[1]) @ w[2] + w[3], t))
def step():
    optimizer.zero_grad()
    loss_of(x, t, *w).backward()
    optimizer.step()
""",
    "hvp": """
A, x, v = torch.tensor(n(256, 256, k=1/16)), torch.tensor(n(256), requires_grad=True), torch.tensor(n(256))
def step():
    (g,) = torch.autograd.grad(torch.sum(torch.tanh(A @ x) * x), x, create_graph=True)
    torch.autograd.grad(torch.dot(g, v), x)
""",
    "fused": """
x = torch.tensor(n(1_000_000), requires_grad=True)
total = compiled(lambda x: (torch.tanh(x) * torch.exp(-x * x) + torch.sigmoid(x)).sum())
def step(): torch.autograd.grad(total(x), x)
""",
}
