"""Finance: the Greeks of European options by nested tapes, and the volatility that a price implies by Newton's method."""

import numpy as np
import tensorflow as tf

dtype = tf.float64
spot = tf.Variable([80.0, 100.0, 125.0], dtype=dtype)
volatility = tf.Variable(0.25, dtype=dtype)
maturity = tf.Variable(0.75, dtype=dtype)
strike, rate = tf.constant(100.0, dtype), tf.constant(0.03, dtype)


def normal_cdf(x):
    return 0.5 * (1.0 + tf.math.erf(x / np.sqrt(2.0)))


def call_price(s, sigma, t):
    deviation = sigma * tf.sqrt(t)
    d1 = (tf.math.log(s / strike) + (rate + 0.5 * sigma**2) * t) / deviation
    return s * normal_cdf(d1) - strike * tf.exp(-rate * t) * normal_cdf(d1 - deviation)


with tf.GradientTape(persistent=True) as outer:
    with tf.GradientTape(persistent=True) as inner:
        price = call_price(spot, volatility, maturity)
    delta = inner.gradient(price, spot)
    vega = inner.gradient(price, volatility)
gamma = outer.gradient(delta, spot)
volga = outer.gradient(vega, volatility)
theta = -inner.gradient(price, maturity)
for name, value in [("price", price), ("delta", delta), ("gamma", gamma), ("vega", vega), ("volga", volga), ("theta", theta)]:
    print(name, np.array2string(value.numpy(), precision=6))

implied = tf.Variable(0.6, dtype=dtype)
for _ in range(6):
    with tf.GradientTape() as tape:
        difference = call_price(tf.constant(100.0, dtype), implied, maturity) - 12.0
    implied.assign_sub(difference / tape.gradient(difference, implied))
print(f"implied volatility of a price of 12: {float(implied):.8f}")
