"""An optimizer's recorded update gives the numbers of Keras's own code, to the last bit, whatever the options."""

import copy

import keras
import numpy as np
import pytest

import gradtape as tf

KINDS = ["SGD", "RMSprop", "Adam", "AdamW", "Adadelta", "Adagrad", "Adamax", "Adafactor", "Nadam", "Ftrl", "Lion", "Lamb", "Muon",
         "ScheduleFreeAdamW"]  # fmt: skip
schedules = keras.optimizers.schedules
OPTIONS = {
    "plain": {},
    "decay": {"weight_decay": 0.01},
    "norm": {"clipnorm": 0.3},
    "global norm": {"global_clipnorm": 0.3},
    "value": {"clipvalue": 0.2},
    "averages": {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 2},
    "sums": {"gradient_accumulation_steps": 3},
    "scale": {"loss_scale_factor": 4.0},
    "all": {
        "weight_decay": 0.01,
        "clipnorm": 0.3,
        "use_ema": True,
        "ema_overwrite_frequency": 2,
        "gradient_accumulation_steps": 2,
        "loss_scale_factor": 2.0,
    },
    "exponential": {"learning_rate": schedules.ExponentialDecay(0.1, 3, 0.5)},
    "cosine": {"learning_rate": schedules.CosineDecay(0.1, 6, warmup_steps=2, warmup_target=0.2)},
    "steps": {"learning_rate": schedules.PiecewiseConstantDecay([2, 4], [0.1, 0.05, 0.01])},
    "restarts": {"learning_rate": schedules.CosineDecayRestarts(0.1, 2)},
    "polynomial": {"learning_rate": schedules.PolynomialDecay(0.1, 4, cycle=True)},
    "function": {"learning_rate": lambda: 0.03},
}
VARIANTS = [
    ("SGD", {"momentum": 0.9}), ("SGD", {"momentum": 0.9, "nesterov": True}), ("RMSprop", {"momentum": 0.9, "centered": True}),
    ("Adam", {"amsgrad": True}), ("AdamW", {"amsgrad": True}), ("Adafactor", {"relative_step": False}),
    ("Ftrl", {"l1_regularization_strength": 0.1, "l2_regularization_strength": 0.1, "beta": 0.1}),
    ("Muon", {"rms_rate": 0.2, "adam_weight_decay": 0.1, "weight_decay": 0.1}), ("ScheduleFreeAdamW", {"warmup_steps": 3}),
]  # fmt: skip
SHAPES = [(4, 3), (3,), (), (2, 3, 2)]


def made(kind, options):
    options = {"learning_rate": 0.1, **options}
    return getattr(keras.optimizers, kind)(**options)


def variables_and_gradients(dtype="float32", steps=6):
    rng = np.random.default_rng(7)
    start = [rng.normal(size=s).astype(dtype) for s in SHAPES]
    return start, [[tf.constant(rng.normal(size=s).astype(dtype)) for s in SHAPES] for _ in range(steps)]


def trained(optimizer, start, gradients, replayed, before=lambda optimizer, k: None):
    """The values of all variables after each step, by the recorded way or, because a tape listens, by Keras's own."""
    variables = [keras.Variable(x, name=f"v{k}") for k, x in enumerate(start)]
    values = []
    for k, grads in enumerate(gradients):
        before(optimizer, k)
        if replayed:
            optimizer.apply(grads, variables)
        else:
            with tf.GradientTape():
                optimizer.apply(grads, variables)
        values.append([np.array(v) for v in (*variables, *optimizer.variables)])
    return values


def same(first, second):
    for ours, theirs in zip(first, second, strict=True):
        for a, b in zip(ours, theirs, strict=True):
            assert a.dtype == b.dtype and a.shape == b.shape
            np.testing.assert_array_equal(a.astype(float), b.astype(float))


def is_recorded(optimizer):
    replays = optimizer._recordings.replays.values()
    return bool(replays) and all(replay is not None for replay in replays)


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_same_numbers(kind, options):
    start, gradients = variables_and_gradients()
    optimizer = made(kind, OPTIONS[options])
    plain = trained(made(kind, OPTIONS[options]), start, gradients, replayed=False)
    same(trained(optimizer, start, gradients, replayed=True), plain)
    assert is_recorded(optimizer)
    assert all((a != b).any() for a, b in zip(plain[-1][:4], start, strict=True))


@pytest.mark.parametrize(("kind", "options"), VARIANTS)
def test_same_numbers_of_variants(kind, options):
    start, gradients = variables_and_gradients()
    optimizer = made(kind, options)
    same(trained(optimizer, start, gradients, replayed=True), trained(made(kind, options), start, gradients, replayed=False))
    assert is_recorded(optimizer)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float64"])
@pytest.mark.parametrize("kind", KINDS)
def test_same_numbers_in_other_dtypes(kind, dtype):
    start, gradients = variables_and_gradients(tf.as_dtype(dtype).as_numpy_dtype)
    optimizer = made(kind, {})
    same(trained(optimizer, start, gradients, replayed=True), trained(made(kind, {}), start, gradients, replayed=False))
    assert is_recorded(optimizer)


def test_plain_variables_and_reference_to_the_old_value():
    w = tf.Variable([1.0, 2.0])
    optimizer = keras.optimizers.SGD(0.5)
    kept = [w.read_value()]
    for _ in range(3):
        optimizer.apply_gradients([(tf.constant([2.0, 4.0]), w)])
        kept.append(w.read_value())
    assert is_recorded(optimizer)
    assert [k.numpy().tolist() for k in kept] == [[1.0, 2.0], [0.0, 0.0], [-1.0, -2.0], [-2.0, -4.0]]


def test_the_gradient_may_be_the_variable():
    w = tf.Variable([1.0, 2.0])
    optimizer = keras.optimizers.SGD(0.5, momentum=0.9)
    for _ in range(2):
        reading = w.read_value()
        optimizer.apply_gradients([(reading, w)])
    assert np.allclose(w.numpy(), [-0.2, -0.4])


def test_a_persistent_tape_keeps_its_values():
    w = tf.Variable([3.0])
    optimizer = keras.optimizers.SGD(0.1)
    for _ in range(2):
        before = float(w[0])
        with tf.GradientTape(persistent=True) as tape:
            loss = tf.reduce_sum(w * w * w)
        optimizer.apply_gradients([(tape.gradient(loss, w), w)])
        np.testing.assert_allclose(tape.gradient(loss, w).numpy(), [3 * before**2], rtol=1e-6)


@pytest.mark.parametrize("change", ["rate", "attribute", "schedule"])
def test_changes_between_steps(change):
    def before(optimizer, k):
        if change == "rate":
            optimizer.learning_rate = 0.1 / (k + 1)
        elif change == "attribute" and k == 3:
            optimizer.beta_1, optimizer.weight_decay = 0.5, 0.1
        elif change == "schedule":
            optimizer._learning_rate.decay_rate = 0.9 / (k + 1)

    options = {"learning_rate": schedules.ExponentialDecay(0.1, 3, 0.5)} if change == "schedule" else {}
    start, gradients = variables_and_gradients()
    ours, plain = made("Adam", copy.deepcopy(options)), made("Adam", copy.deepcopy(options))
    same(trained(ours, start, gradients, True, before), trained(plain, start, gradients, False, before))


def test_assignments_between_steps_are_seen():
    w, optimizer = tf.Variable([1.0]), keras.optimizers.SGD(0.1)
    for _ in range(3):
        w.assign([5.0])
        optimizer.apply_gradients([(tf.constant([10.0]), w)])
        assert w.numpy().tolist() == [4.0]
    optimizer.iterations.assign(0)
    assert int(optimizer.iterations) == 0


def test_some_gradients_missing_now_and_then():
    v, w, optimizer = tf.Variable(1.0), tf.Variable(1.0), keras.optimizers.SGD(0.5)
    one = tf.constant(1.0)
    optimizer.apply([one, one], [v, w])
    with pytest.warns(UserWarning, match="Gradients do not exist"):
        optimizer.apply([one, None], [v, w])
    optimizer.apply([one, one], [v, w])
    assert (float(v), float(w)) == (-0.5, 0.0)


def test_an_optimizer_of_the_users_runs_as_it_is_written():
    class Counting(keras.optimizers.SGD):
        steps = 0

        def update_step(self, gradient, variable, learning_rate):
            Counting.steps += 1
            super().update_step(gradient, variable, learning_rate)

    w, optimizer = tf.Variable(1.0), Counting(0.1)
    for _ in range(4):
        optimizer.apply_gradients([(tf.constant(1.0), w)])
    assert Counting.steps == 4


def test_a_schedule_of_the_users_runs_at_every_step():
    class Halving(schedules.LearningRateSchedule):
        calls = 0

        def __call__(self, step):
            Halving.calls += 1
            return 0.5**Halving.calls

    w, optimizer = tf.Variable(0.0), keras.optimizers.SGD(Halving())
    for _ in range(4):
        optimizer.apply_gradients([(tf.constant(-1.0), w)])
    assert Halving.calls == 4 and float(w) == 0.5 + 0.25 + 0.125 + 0.0625
    assert is_recorded(optimizer)


def test_copies_and_pickles_record_anew():
    w, optimizer = tf.Variable(1.0), keras.optimizers.Adam(0.1)
    optimizer.apply_gradients([(tf.constant(1.0), w)])
    assert optimizer._recordings.replays and not copy.deepcopy(optimizer._recordings).replays


@pytest.mark.parametrize("shape", [(3,), (2, 2)])
def test_bad_gradients_are_refused_as_before(shape):
    w, optimizer = tf.Variable([1.0, 2.0]), keras.optimizers.SGD(0.1)
    optimizer.apply([tf.constant([1.0, 1.0])], [w])
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        optimizer.apply([tf.ones(shape)], [w])
    assert np.allclose(w.numpy(), [0.9, 1.9])
