"""Twenty architectures as Keras programs: model, loss and data, the same on every back end.

`everything(keras)` gives name -> Case. Weights are drawn by NumPy, in the order of the model's trainable variables.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

STEPS = 10


class Case(NamedTuple):
    model: Any
    inputs: list
    loss: Callable  # of the model's output and the target
    target: Any


def data(seed, *shapes):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=s) for s in shapes]


def tokens(seed, high, *shape):
    return np.random.default_rng(seed).integers(0, high, shape)


class Builder:
    """Short names for what the architectures are made of."""

    def __init__(self, keras):
        self.keras, self.layers, self.ops = keras, keras.layers, keras.ops
        self.logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.binary = keras.losses.BinaryCrossentropy(from_logits=True)
        self.squares = keras.losses.MeanSquaredError()

    def model(self, shape, body, dtype=None):
        inputs = self.keras.Input(shape, dtype=dtype)
        return self.keras.Model(inputs, body(inputs))

    def image_case(self, body, classes=3, size=8, seed=0):
        (x,) = data(seed, (4, size, size, 3))
        return Case(self.model((size, size, 3), body), [x], self.logits, tokens(seed, classes, 4))

    def row_case(self, body, out=2, seed=0):
        (x,) = data(seed, (4, 6, 5))
        return Case(self.model((6, 5), lambda i: self.layers.Dense(out)(body(i))), [x], self.logits, tokens(seed, out, 4))


def mlp(b):
    x, _ = data(1, (8, 10), (1,))
    body = b.keras.Sequential([b.layers.Dense(16, "tanh"), b.layers.Dense(16, "gelu"), b.layers.Dense(4)])
    return Case(b.model((10,), body), [x], b.logits, tokens(1, 4, 8))


def cnn(b):
    L = b.layers

    def body(x):
        x = L.ReLU()(L.BatchNormalization()(L.Conv2D(6, 3, padding="same", use_bias=False)(x)))
        x = L.Conv2D(8, 3, strides=2, activation="relu")(L.MaxPooling2D()(x))
        return L.Dense(3)(L.Flatten()(x))

    return b.image_case(body, seed=2)


def resnet(b):
    L = b.layers

    def body(x):
        skip = L.Conv2D(8, 1, strides=2)(x)
        y = L.ReLU()(L.BatchNormalization()(L.Conv2D(8, 3, strides=2, padding="same")(x)))
        y = L.BatchNormalization()(L.Conv2D(8, 3, padding="same")(y))
        return L.Dense(3)(L.GlobalAveragePooling2D()(L.ReLU()(L.Add()([skip, y]))))

    return b.image_case(body, seed=3)


def mobilenet(b):
    L = b.layers

    def body(x):
        y = L.ReLU(6.0)(L.BatchNormalization()(L.Conv2D(12, 1)(x)))
        y = L.ReLU(6.0)(L.BatchNormalization()(L.DepthwiseConv2D(3, padding="same")(y)))
        gate = L.Dense(12, "sigmoid")(L.Dense(4, "silu")(L.GlobalAveragePooling2D(keepdims=True)(y)))
        y = L.BatchNormalization()(L.Conv2D(3, 1)(L.Multiply()([y, gate])))
        return L.Dense(3)(L.GlobalAveragePooling2D()(L.Add()([x, y])))

    return b.image_case(body, seed=4)


def lstm(b):
    return b.row_case(lambda x: b.layers.LSTM(7)(b.layers.LSTM(6, return_sequences=True)(x)), seed=5)


def gru(b):
    return b.row_case(lambda x: b.layers.GRU(7, reset_after=False)(b.layers.GRU(6, return_sequences=True)(x)), seed=6)


def bidirectional(b):
    L = b.layers
    return b.row_case(lambda x: L.Bidirectional(L.SimpleRNN(5))(L.Bidirectional(L.LSTM(4, return_sequences=True))(x)), seed=7)


def attention_block(b, x, causal):
    L = b.layers
    y = L.LayerNormalization()(x)
    x = L.Add()([x, L.MultiHeadAttention(2, 4)(y, y, use_causal_mask=causal)])
    y = L.Dense(8)(L.Dense(16, "gelu")(L.LayerNormalization()(x)))
    return L.Add()([x, y])


def encoder(b):
    L = b.layers
    return b.row_case(lambda x: L.GlobalAveragePooling1D()(attention_block(b, L.Dense(8)(x), False)), seed=8)


def decoder(b):
    L, words = b.layers, tokens(9, 11, 4, 7)

    def body(x):
        return L.Dense(11)(attention_block(b, L.Embedding(11, 8)(x), True))

    return Case(b.model((6,), body, "int32"), [words[:, :-1].astype("int32")], b.logits, words[:, 1:])


def vae(b):
    L, ops = b.layers, b.ops
    x, noise = data(10, (6, 12), (6, 3))
    seen, epsilon = b.keras.Input((12,)), b.keras.Input((3,))
    hidden = L.Dense(10, "relu")(seen)
    mean, spread = L.Dense(3)(hidden), L.Dense(3)(hidden)
    code = L.Add()([mean, L.Multiply()([epsilon, L.Activation("softplus")(spread)])])
    model = b.keras.Model([seen, epsilon], [L.Dense(12)(L.Dense(10, "relu")(code)), mean, spread])

    def loss(target, outputs):
        again, mean, spread = outputs
        deviation = ops.softplus(spread)
        divergence = ops.mean(ops.square(mean) + ops.square(deviation) - 1.0 - 2.0 * ops.log(deviation))
        return ops.mean(ops.square(again - target)) + 0.5 * divergence

    return Case(model, [x, noise], loss, x)


def gan(b):
    """Generator and discriminator in one model: one is trained to be told from real data, the other to tell."""
    L, ops = b.layers, b.ops
    noise, real = data(11, (6, 4), (6, 5))
    z, x = b.keras.Input((4,)), b.keras.Input((5,))
    tell = b.keras.Sequential([L.Dense(8), L.LeakyReLU(0.2), L.Dense(1)])
    made = L.Dense(5, "tanh")(L.Dense(8, "elu")(z))
    model = b.keras.Model([z, x], [tell(made), tell(x)])

    def loss(target, outputs):
        fake, true = outputs
        return ops.mean(ops.softplus(-true)) + ops.mean(ops.softplus(fake)) + 0.1 * ops.mean(ops.softplus(-fake))

    return Case(model, [noise, real], loss, real)


def unet(b):
    L = b.layers

    def body(x):
        top = L.Conv2D(4, 3, padding="same", activation="relu")(x)
        low = L.Conv2D(6, 3, padding="same", activation="relu")(L.AveragePooling2D(2)(top))
        up = L.Conv2DTranspose(4, 2, strides=2)(low)
        return L.Conv2D(2, 1)(L.Concatenate()([top, up, L.UpSampling2D()(low)]))

    case = b.image_case(body, seed=12)
    return case._replace(target=tokens(12, 2, 4, 8, 8))


def siamese(b):
    L, ops = b.layers, b.ops
    left, right = data(13, (6, 9), (6, 9))
    one, other = b.keras.Input((9,)), b.keras.Input((9,))
    shared = b.keras.Sequential([L.Dense(12, "selu"), L.Dense(4), L.UnitNormalization()])
    model = b.keras.Model([one, other], L.Subtract()([shared(one), shared(other)]))

    def loss(target, difference):
        distance = ops.sum(ops.square(difference), -1)
        return ops.mean(target * distance + (1.0 - target) * ops.square(ops.relu(1.0 - distance)))

    return Case(model, [left, right], loss, np.array([0.0, 1.0, 1.0, 0.0, 1.0, 0.0]))


def graph_attention(b):
    keras, ops = b.keras, b.ops
    source, goal = np.array([0, 1, 2, 3, 4, 0, 2, 5, 1]), np.array([1, 2, 0, 4, 3, 5, 5, 0, 4])

    class Attend(keras.layers.Layer):
        def build(self, shape):
            self.kernel = self.add_weight(shape=(shape[-1], 6), name="kernel")
            self.score = self.add_weight(shape=(12, 1), name="score")

        def call(self, x):
            h = ops.matmul(x, self.kernel)
            ends = ops.take(h, source, axis=0), ops.take(h, goal, axis=0)
            scores = ops.leaky_relu(ops.matmul(ops.concatenate(ends, -1), self.score)[:, 0], 0.2)
            highest = ops.stop_gradient(ops.segment_max(scores, goal, num_segments=6))
            weights = ops.exp(scores - ops.take(highest, goal, axis=0))
            total = ops.segment_sum(weights, goal, num_segments=6)
            shares = weights / ops.take(total, goal, axis=0)
            return ops.segment_sum(ends[0] * shares[:, None], goal, num_segments=6)

    (x,) = data(14, (6, 5))
    net = keras.Sequential([keras.Input((5,), batch_size=6), Attend(), keras.layers.ELU(), Attend(), keras.layers.Dense(3)])
    return Case(net, [x], b.logits, tokens(14, 3, 6))


def autoencoder(b):
    L = b.layers

    def body(x):
        x = L.Conv2D(4, 3, strides=2, padding="same", activation="relu")(x)
        x = L.Conv2D(2, 3, strides=2, padding="same", activation="tanh")(x)
        x = L.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu")(x)
        return L.Conv2DTranspose(3, 3, strides=2, padding="same")(x)

    case = b.image_case(body, seed=15)
    return case._replace(loss=b.squares, target=case.inputs[0])


def critic(b):
    """A Wasserstein critic with the penalty on its gradient, which is written out for two layers."""
    keras, ops = b.keras, b.ops
    real, made = data(16, (6, 5), (6, 5))

    class Critic(keras.layers.Layer):
        def build(self, shape):
            self.first = self.add_weight(shape=(5, 8), name="first")
            self.bias = self.add_weight(shape=(8,), name="bias", initializer="zeros")
            self.second = self.add_weight(shape=(8, 1), name="second")

        def call(self, x):
            hidden = ops.tanh(ops.matmul(x, self.first) + self.bias)
            slope = ops.matmul((1.0 - ops.square(hidden)) * self.second[:, 0], ops.transpose(self.first))
            return ops.concatenate([ops.matmul(hidden, self.second), slope], -1)

    def loss(target, outputs):
        norm = ops.sqrt(ops.sum(ops.square(outputs[:, 1:]), -1))
        return ops.mean(outputs[:, 0] * target) + 10.0 * ops.mean(ops.square(norm - 1.0))

    return Case(b.model((5,), Critic()), [np.concatenate([real, made + 1.0])], loss, np.repeat([-1.0, 1.0], 6))


def text_cnn(b):
    L = b.layers

    def body(x):
        x = L.Embedding(13, 6)(x)
        rows = [L.GlobalMaxPooling1D()(L.Conv1D(4, width, activation="relu")(x)) for width in (2, 3, 4)]
        return L.Dense(1)(L.Concatenate()(rows))

    target = tokens(18, 2, 4, 1).astype(float)
    return Case(b.model((9,), body, "int32"), [tokens(17, 13, 4, 9).astype("int32")], b.binary, target)


def conv_lstm(b):
    L = b.layers
    (x,) = data(19, (2, 3, 6, 6, 2))

    def body(i):
        return L.Dense(2)(L.Flatten()(L.ConvLSTM2D(3, 3, padding="same")(L.TimeDistributed(L.Conv2D(3, 1))(i))))

    return Case(b.model((3, 6, 6, 2), body), [x], b.logits, np.array([0, 1]))


def seq2seq(b):
    L = b.layers
    x, y = data(20, (4, 6, 5), (4, 4, 3))
    source, goal = b.keras.Input((6, 5)), b.keras.Input((4, 3))
    states, last = L.GRU(6, return_sequences=True, return_state=True)(source)
    decoded = L.GRU(6, return_sequences=True)(goal, initial_state=last)
    out = L.Dense(3)(L.Concatenate()([decoded, L.AdditiveAttention(use_scale=False)([decoded, states])]))
    return Case(b.keras.Model([source, goal], out), [x, y], b.squares, y)


def mixer(b):
    L = b.layers

    def body(x):
        x = L.Reshape((16, 8))(L.Conv2D(8, 2, strides=2)(x))
        y = L.Permute((2, 1))(L.LayerNormalization()(x))
        x = L.Add()([x, L.Permute((2, 1))(L.Dense(16)(L.Dense(10, "gelu")(y)))])
        x = L.Add()([x, L.Dense(8)(L.Dense(12, "gelu")(L.GroupNormalization(2)(x)))])
        return L.Dense(3)(L.GlobalAveragePooling1D()(x))

    return b.image_case(body, seed=21)


MAKERS = [mlp, cnn, resnet, mobilenet, lstm, gru, bidirectional, encoder, decoder, vae, gan, unet, siamese, graph_attention,
          autoencoder, critic, text_cnn, conv_lstm, seq2seq, mixer]  # fmt: skip
NAMES = [make.__name__ for make in MAKERS]


def case_of(name, keras):
    """The case with weights that depend on its name only."""
    case = MAKERS[NAMES.index(name)](Builder(keras))
    rng = np.random.default_rng(NAMES.index(name))
    for v in case.model.trainable_variables:
        fan = int(np.prod(v.shape[:-1])) if len(v.shape) > 1 else 0
        drawn = rng.normal(size=v.shape) * (fan**-0.5 if fan else 0.1)
        v.assign(drawn if fan else keras.ops.convert_to_numpy(v) + drawn)
    return case


def trained(case, keras, gradients):
    """Losses of all steps, the outputs before and after them, the gradients of the first and the last.

    `gradients(loss)` gives the loss, the outputs and the gradients of `loss()`, on this back end.
    """
    floatx, optimizer = keras.config.floatx(), keras.optimizers.SGD(0.05, momentum=0.5)
    inputs = [keras.ops.convert_to_tensor(x if x.dtype == "int32" else x.astype(floatx)) for x in case.inputs]
    target = case.target.astype(floatx if case.target.dtype.kind == "f" else "int32")
    target = keras.ops.convert_to_tensor(target)

    def loss():
        outputs = case.model(inputs if len(inputs) > 1 else inputs[0], training=True)
        return case.loss(target, outputs), outputs

    steps = []
    for _ in range(STEPS):
        value, outputs, found = gradients(loss, case.model)
        steps.append((value, outputs, found))
        optimizer.apply(found, case.model.trainable_variables)
    return {
        "losses": np.array([float(value) for value, _, _ in steps]),
        **{f"outputs {k}": flat(steps[k][1], keras) for k in (0, -1)},
        **{f"gradients {k}": flat(steps[k][2], keras) for k in (0, -1)},
    }


def flat(values, keras):
    values = values if isinstance(values, (list, tuple)) else [values]
    return np.concatenate([np.ravel(keras.ops.convert_to_numpy(v)) for v in values])
