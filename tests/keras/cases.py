"""Programs over tf and keras whose results were recorded on TensorFlow (tests/data/make_keras.py) and must come out here."""

from __future__ import annotations

import numpy as np

F = np.float32


def numbers(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape).astype(F)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True)).astype(F)


# -- optimizers -------------------------------------------------------------------------------------------
def optimizers(k):
    """name -> a function that makes the optimizer"""
    o, s = k.optimizers, k.optimizers.schedules
    return {
        "sgd": lambda: o.SGD(0.1),
        "sgd_momentum": lambda: o.SGD(0.1, momentum=0.9),
        "sgd_nesterov": lambda: o.SGD(0.1, momentum=0.9, nesterov=True),
        "sgd_weight_decay": lambda: o.SGD(0.1, weight_decay=0.05),
        "sgd_clipnorm": lambda: o.SGD(0.1, clipnorm=0.5),
        "sgd_clipvalue": lambda: o.SGD(0.1, clipvalue=0.3),
        "sgd_global_clipnorm": lambda: o.SGD(0.1, global_clipnorm=0.7),
        "sgd_ema": lambda: o.SGD(0.1, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=3),
        "sgd_accumulation": lambda: o.SGD(0.1, gradient_accumulation_steps=3),
        "sgd_loss_scale_factor": lambda: o.SGD(0.1, loss_scale_factor=8.0),
        "rmsprop": lambda: o.RMSprop(0.01),
        "rmsprop_centered": lambda: o.RMSprop(0.01, momentum=0.5, centered=True),
        "adam": lambda: o.Adam(0.01),
        "adam_amsgrad": lambda: o.Adam(0.01, amsgrad=True),
        "adam_accumulation": lambda: o.Adam(0.01, gradient_accumulation_steps=2, use_ema=True, ema_overwrite_frequency=2),
        "adamw": lambda: o.AdamW(0.01, weight_decay=0.1),
        "adadelta": lambda: o.Adadelta(1.0),
        "adagrad": lambda: o.Adagrad(0.1),
        "adamax": lambda: o.Adamax(0.01),
        "nadam": lambda: o.Nadam(0.01),
        "adafactor": lambda: o.Adafactor(0.01),
        "ftrl": lambda: o.Ftrl(0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.02),
        "lion": lambda: o.Lion(0.01),
        "lamb": lambda: o.Lamb(0.01),
        "muon": lambda: o.Muon(0.01, exclude_layers=["bias"]),
        "schedule_free": lambda: o.ScheduleFreeAdamW(0.01, warmup_steps=2),
        "loss_scale": lambda: o.LossScaleOptimizer(o.SGD(0.1), initial_scale=4.0, dynamic_growth_steps=3),
        "exponential_decay": lambda: o.SGD(s.ExponentialDecay(0.1, 3, 0.5, staircase=True)),
        "cosine_decay": lambda: o.SGD(s.CosineDecay(0.1, 8, alpha=0.1, warmup_target=0.2, warmup_steps=2)),
        "cosine_restarts": lambda: o.SGD(s.CosineDecayRestarts(0.1, 3)),
        "piecewise": lambda: o.SGD(s.PiecewiseConstantDecay([2, 5], [0.3, 0.2, 0.1])),
        "polynomial": lambda: o.SGD(s.PolynomialDecay(0.1, 5, 0.01, power=2.0)),
        "inverse_time": lambda: o.SGD(s.InverseTimeDecay(0.1, 2, 0.5)),
    }


def optimizer_steps(tf, keras, name, plain=False):
    """Ten updates by given gradients of a matrix and a vector; all values after each."""
    optimizer = optimizers(keras)[name]()
    start = {"kernel": numbers(1, 3, 2), "bias": numbers(2, 2)}
    if plain:
        variables = [tf.Variable(value, name=key) for key, value in start.items()]
    else:
        variables = [keras.Variable(value, name=key) for key, value in start.items()]
    trail = []
    for step in range(10):
        gradients = [tf.constant(numbers(10 + step, *value.shape)) for value in start.values()]
        optimizer.apply_gradients(zip(gradients, variables, strict=True))
        trail.append(np.concatenate([np.array(v).ravel() for v in variables]))
    return np.stack(trail)


# -- losses and metrics -----------------------------------------------------------------------------------
SHARES, OTHER_SHARES = softmax(numbers(3, 4, 3)), softmax(numbers(4, 4, 3))
LOGITS, TARGETS = numbers(5, 4, 3), numbers(6, 4, 3)
BITS = (numbers(7, 4, 3) > 0).astype(F)
LABELS = np.array([0, 2, 1, 2], np.int32)
CODES = np.eye(3, dtype=F)[LABELS]
SIGNS = 2 * BITS - 1
POSITIVE, ALSO_POSITIVE = np.abs(LOGITS) + F(0.1), np.abs(TARGETS) + F(0.1)
WEIGHTS = np.array([0.5, 2.0, 0.0, 1.0], F)
CHANCES = (1 / (1 + np.exp(-LOGITS))).astype(F)


def losses(k):
    """name -> (loss, true values, predicted values)"""
    n = k.losses
    return {
        "binary_crossentropy": (n.BinaryCrossentropy(), BITS, CHANCES),
        "binary_crossentropy_logits": (n.BinaryCrossentropy(from_logits=True, label_smoothing=0.1), BITS, LOGITS),
        "binary_focal": (n.BinaryFocalCrossentropy(apply_class_balancing=True), BITS, CHANCES),
        "categorical_crossentropy": (n.CategoricalCrossentropy(), CODES, SHARES),
        "categorical_crossentropy_logits": (n.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), CODES, LOGITS),
        "categorical_focal": (n.CategoricalFocalCrossentropy(), CODES, SHARES),
        "categorical_generalized": (n.CategoricalGeneralizedCrossEntropy(), LABELS, SHARES),
        "categorical_hinge": (n.CategoricalHinge(), CODES, LOGITS),
        "circle": (n.Circle(gamma=2.0), LABELS % 2, LOGITS / np.linalg.norm(LOGITS, axis=1, keepdims=True)),
        "cosine_similarity": (n.CosineSimilarity(), TARGETS, LOGITS),
        "dice": (n.Dice(), BITS, CHANCES),
        "hinge": (n.Hinge(), SIGNS, LOGITS),
        "huber": (n.Huber(0.8), TARGETS, LOGITS),
        "kl_divergence": (n.KLDivergence(), OTHER_SHARES, SHARES),
        "log_cosh": (n.LogCosh(), TARGETS, LOGITS),
        "mean_absolute_error": (n.MeanAbsoluteError(), TARGETS, LOGITS),
        "mean_absolute_percentage_error": (n.MeanAbsolutePercentageError(), TARGETS, LOGITS),
        "mean_squared_error": (n.MeanSquaredError(), TARGETS, LOGITS),
        "mean_squared_error_sum": (n.MeanSquaredError(reduction="sum"), TARGETS, LOGITS),
        "mean_squared_logarithmic_error": (n.MeanSquaredLogarithmicError(), POSITIVE, ALSO_POSITIVE),
        "poisson": (n.Poisson(), POSITIVE, ALSO_POSITIVE),
        "sparse_categorical": (n.SparseCategoricalCrossentropy(), LABELS, SHARES),
        "sparse_categorical_logits": (n.SparseCategoricalCrossentropy(from_logits=True), LABELS, LOGITS),
        "sparse_categorical_ignore": (n.SparseCategoricalCrossentropy(from_logits=True, ignore_class=2), LABELS, LOGITS),
        "squared_hinge": (n.SquaredHinge(), SIGNS, LOGITS),
        "tversky": (n.Tversky(0.4, 0.4), BITS, CHANCES),
    }


def loss_values(tf, keras, name):
    """The loss, the weighted loss, and the derivative of it by the predictions."""
    loss, true, predicted = losses(keras)[name]
    predicted = tf.constant(predicted)
    with tf.GradientTape() as tape:
        tape.watch(predicted)
        weighted = loss(true, predicted) if name in ("dice", "tversky") else loss(true, predicted, sample_weight=WEIGHTS)
    gradient = tape.gradient(weighted, predicted)
    return np.concatenate([[float(loss(true, predicted)), float(weighted)], np.array(gradient).ravel()])


def metrics(k):
    """name -> (metric, true values, predicted values)"""
    m = k.metrics
    return {
        "accuracy": (m.Accuracy(), LABELS, LABELS[::-1].copy()),
        "auc": (m.AUC(num_thresholds=20), BITS, CHANCES),
        "auc_pr": (m.AUC(num_thresholds=20, curve="PR"), BITS, CHANCES),
        "binary_accuracy": (m.BinaryAccuracy(), BITS, CHANCES),
        "binary_crossentropy": (m.BinaryCrossentropy(), BITS, CHANCES),
        "binary_iou": (m.BinaryIoU(threshold=0.5), BITS[:, 0], CHANCES[:, 0]),
        "categorical_accuracy": (m.CategoricalAccuracy(), CODES, SHARES),
        "categorical_crossentropy": (m.CategoricalCrossentropy(), CODES, SHARES),
        "categorical_hinge": (m.CategoricalHinge(), CODES, LOGITS),
        "concordance": (m.ConcordanceCorrelation(), TARGETS, LOGITS),
        "cosine_similarity": (m.CosineSimilarity(), TARGETS, LOGITS),
        "f1": (m.F1Score(threshold=0.5), BITS, CHANCES),
        "fbeta": (m.FBetaScore(beta=2.0, threshold=0.5, average="macro"), BITS, CHANCES),
        "false_negatives": (m.FalseNegatives(), BITS, CHANCES),
        "false_positives": (m.FalsePositives(), BITS, CHANCES),
        "true_negatives": (m.TrueNegatives(), BITS, CHANCES),
        "true_positives": (m.TruePositives(), BITS, CHANCES),
        "hinge": (m.Hinge(), SIGNS, LOGITS),
        "iou": (m.IoU(3, [0, 2]), LABELS, LABELS[::-1].copy()),
        "kl_divergence": (m.KLDivergence(), OTHER_SHARES, SHARES),
        "log_cosh": (m.LogCoshError(), TARGETS, LOGITS),
        "mean_absolute_error": (m.MeanAbsoluteError(), TARGETS, LOGITS),
        "mean_absolute_percentage_error": (m.MeanAbsolutePercentageError(), TARGETS, LOGITS),
        "mean_iou": (m.MeanIoU(3), LABELS, LABELS[::-1].copy()),
        "mean_squared_error": (m.MeanSquaredError(), TARGETS, LOGITS),
        "mean_squared_logarithmic_error": (m.MeanSquaredLogarithmicError(), POSITIVE, ALSO_POSITIVE),
        "one_hot_iou": (m.OneHotIoU(3, [0, 2]), CODES, SHARES),
        "one_hot_mean_iou": (m.OneHotMeanIoU(3), CODES, SHARES),
        "pearson": (m.PearsonCorrelation(), TARGETS, LOGITS),
        "poisson": (m.Poisson(), POSITIVE, ALSO_POSITIVE),
        "precision": (m.Precision(), BITS, CHANCES),
        "precision_at_recall": (m.PrecisionAtRecall(0.5), BITS, CHANCES),
        "r2": (m.R2Score(), TARGETS, LOGITS),
        "recall": (m.Recall(top_k=2), BITS, CHANCES),
        "recall_at_precision": (m.RecallAtPrecision(0.5), BITS, CHANCES),
        "root_mean_squared_error": (m.RootMeanSquaredError(), TARGETS, LOGITS),
        "sensitivity_at_specificity": (m.SensitivityAtSpecificity(0.5), BITS, CHANCES),
        "specificity_at_sensitivity": (m.SpecificityAtSensitivity(0.5), BITS, CHANCES),
        "sparse_categorical_accuracy": (m.SparseCategoricalAccuracy(), LABELS, SHARES),
        "sparse_categorical_crossentropy": (m.SparseCategoricalCrossentropy(), LABELS, SHARES),
        "sparse_top_k": (m.SparseTopKCategoricalAccuracy(k=2), LABELS, SHARES),
        "squared_hinge": (m.SquaredHinge(), SIGNS, LOGITS),
        "top_k": (m.TopKCategoricalAccuracy(k=2), CODES, SHARES),
    }


def metric_values(tf, keras, name):
    """The result after one batch, and after a second one with weights."""
    metric, true, predicted = metrics(keras)[name]
    metric.update_state(true, predicted)
    first = np.ravel(np.array(metric.result()))
    metric.update_state(true[::-1].copy(), predicted, sample_weight=WEIGHTS)
    return np.concatenate([first, np.ravel(np.array(metric.result()))])


# -- initialisers -----------------------------------------------------------------------------------------
def initializers(k):
    i = k.initializers
    return {
        "constant": i.Constant(0.3),
        "zeros": i.Zeros(),
        "ones": i.Ones(),
        "identity": i.Identity(0.5),
        "random_normal": i.RandomNormal(0.5, 0.2, seed=3),
        "random_uniform": i.RandomUniform(-0.4, 0.6, seed=3),
        "truncated_normal": i.TruncatedNormal(0.5, 0.2, seed=3),
        "variance_scaling": i.VarianceScaling(2.0, "fan_avg", "uniform", seed=3),
        "glorot_normal": i.GlorotNormal(seed=3),
        "glorot_uniform": i.GlorotUniform(seed=3),
        "he_normal": i.HeNormal(seed=3),
        "he_uniform": i.HeUniform(seed=3),
        "lecun_normal": i.LecunNormal(seed=3),
        "lecun_uniform": i.LecunUniform(seed=3),
        "orthogonal": i.Orthogonal(0.7, seed=3),
    }


def initial_values(tf, keras, name):
    return np.array(initializers(keras)[name](shape=(5, 5), dtype="float32"))


def drawn_values(tf, keras, name):
    """Two draws from one generator, and one from a number."""
    generator = keras.random.SeedGenerator(11)
    draw = {
        "uniform": lambda seed: keras.random.uniform((6,), -1.0, 2.0, seed=seed),
        "normal": lambda seed: keras.random.normal((6,), 1.0, 2.0, seed=seed),
        "truncated_normal": lambda seed: keras.random.truncated_normal((6,), seed=seed),
        "randint": lambda seed: keras.random.randint((6,), 3, 90, seed=seed),
        "gamma": lambda seed: keras.random.gamma((6,), 1.5, seed=seed),
        "beta": lambda seed: keras.random.beta((6,), 1.5, 0.7, seed=seed),
        "categorical": lambda seed: keras.random.categorical(LOGITS, 2, seed=seed),
        "dropout": lambda seed: keras.random.dropout(POSITIVE, 0.4, seed=seed),
        "shuffle": lambda seed: keras.random.shuffle(np.arange(6), seed=seed),
    }[name]
    return np.concatenate([np.ravel(np.array(draw(seed))).astype(np.float64) for seed in (generator, generator, 5)])


DRAWS = ("uniform", "normal", "truncated_normal", "randint", "gamma", "beta", "categorical", "dropout", "shuffle")


# -- layers and models ------------------------------------------------------------------------------------
ACTIVATIONS = (
    "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_tanh", "leaky_relu", "linear",
    "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus",
    "softsign", "sparse_plus", "sparse_sigmoid", "squareplus", "tanh", "tanh_shrink", "threshold",
)  # fmt: skip


def dense_values(tf, keras, activation):
    """A dense layer's result, and the derivatives by its input, kernel and bias."""
    if activation == "threshold":
        activation = lambda x: keras.activations.threshold(x, 0.1, -1.0)  # noqa: E731
    layer = keras.layers.Dense(4, activation=activation, kernel_regularizer=keras.regularizers.L1L2(0.1, 0.2))
    layer.build((None, 3))
    layer.set_weights([numbers(8, 3, 4), numbers(9, 4)])
    x = tf.constant(LOGITS)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x)
        loss = tf.reduce_sum(y * numbers(12, *y.shape)) + sum(layer.losses)
    gradients = tape.gradient(loss, [x, *layer.trainable_variables])
    return np.concatenate([np.array(v).ravel() for v in (y, *gradients)])


def fitted(tf, keras, kind):
    """The losses of three epochs, the evaluation and the prediction of a small model."""
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(5, activation="tanh"), keras.layers.Dense(3)])
    model.set_weights([numbers(20 + k, *w.shape) for k, w in enumerate(model.weights)])
    x, y = numbers(30, 20, 3), np.arange(20) % 3
    model.compile(
        optimizer=keras.optimizers.Adam(0.05) if kind == "adam" else keras.optimizers.SGD(0.1, momentum=0.9),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    extra = {"class_weight": {0: 1.0, 1: 2.0, 2: 0.5}} if kind == "weighted" else {}
    history = model.fit(x, y, batch_size=8, epochs=3, shuffle=False, verbose=0, validation_data=(x[:6], y[:6]), **extra)
    logs = [history.history[key] for key in ("loss", "accuracy", "val_loss", "val_accuracy")]
    return np.concatenate([np.ravel(logs), model.evaluate(x, y, verbose=0), model.predict(x[:2], verbose=0).ravel()])


FITS = ("adam", "momentum", "weighted")


def reference_script(tf, keras):
    """The linear regression of the README: losses at epochs 0, 20 and 90."""

    class Line(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable(-1.5)
            self.b = tf.Variable(0.25)

        def __call__(self, x):
            return self.w * x + self.b

    model, optimizer = Line(), keras.optimizers.SGD(learning_rate=0.01)
    x, y = tf.constant([1.0, 2.0, 3.0]), tf.constant([3.0, 5.0, 7.0])
    trail = []
    for epoch in range(100):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        if epoch in (0, 20, 90):
            trail.append(float(loss))
    return np.array([*trail, float(model.w), float(model.b)])


def everything(keras):
    """Each recorded result: its key, and the function of (tf, keras) that makes it."""
    return {
        **{f"optimizer/{n}": lambda tf, k, n=n: optimizer_steps(tf, k, n) for n in optimizers(keras)},
        **{f"loss/{n}": lambda tf, k, n=n: loss_values(tf, k, n) for n in losses(keras)},
        **{f"metric/{n}": lambda tf, k, n=n: metric_values(tf, k, n) for n in metrics(keras)},
        **{f"initializer/{n}": lambda tf, k, n=n: initial_values(tf, k, n) for n in initializers(keras)},
        **{f"draw/{n}": lambda tf, k, n=n: drawn_values(tf, k, n) for n in DRAWS},
        **{f"dense/{n}": lambda tf, k, n=n: dense_values(tf, k, n) for n in ACTIVATIONS},
        **{f"fit/{n}": lambda tf, k, n=n: fitted(tf, k, n) for n in FITS},
        "reference_script": reference_script,
    }
