"""Orders, persistence, watching, stopping, resetting."""

import tensorflow as tf

x = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum(x * x * x)
    slope = inner.gradient(y, x)
print("slope", slope.numpy(), "curvature", outer.gradient(slope, x).numpy())

with tf.GradientTape(persistent=True) as tape:
    z = {"a": tf.exp(x), "b": [x * 2.0, tf.sin(x)]}
print("sum over targets", tape.gradient(z, x).numpy())
print("one of them", tape.gradient(z["b"][1], x).numpy())
print("seeded", tape.gradient(z["a"], x, output_gradients=tf.constant([1.0, 0.0, 2.0])).numpy())
print("unconnected", tape.gradient(tf.constant(1.0), x, unconnected_gradients="zero").numpy())

c = tf.constant(2.0)
with tf.GradientTape(watch_accessed_variables=False) as tape:
    tape.watch(c)
    with tape.stop_recording():
        hidden = c * c
    y = c * hidden + x[0]
print("cut", tape.gradient(y, [c, x]), [v.shape for v in tape.watched_variables()])

with tf.GradientTape() as tape:
    tape.watch(c)
    y = c * c
    jacobian = tf.stack([c, c * c, c * c * c])
print("jacobian", tape.jacobian(jacobian, c).numpy())

v = tf.Variable(3.0)
with tf.GradientTape() as tape:
    first = v * v
    v.assign(5.0)
    second = first + v * v
print("around an assign", tape.gradient(second, v).numpy(), v.numpy())


@tf.custom_gradient
def clipped(x):
    return tf.identity(x), lambda upstream: tf.clip_by_value(upstream, -1.0, 1.0)


with tf.GradientTape() as tape:
    tape.watch(c)
    y = clipped(c) * 7.0
print("custom", tape.gradient(y, c).numpy())

for bad in ({"persistent": False}, {"persistent": True}):
    with tf.GradientTape(**bad) as tape:
        tape.watch(c)
        y = c * c
    tape.gradient(y, c)
    try:
        print("again", tape.gradient(y, c).numpy())
    except RuntimeError as error:
        print(type(error).__name__)
