"""Callbacks, and the ways to train that go with them: accumulation, averages, half precision, several batches at once."""

import csv

import keras
import numpy as np
import pytest

random = np.random.default_rng(0)
X = random.normal(size=(32, 3)).astype("float32")
Y = (X @ np.array([[1.0], [-2.0], [0.5]]) + 0.3).astype("float32")
C = keras.callbacks


def line(optimizer=None, **options):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(**{"optimizer": optimizer or keras.optimizers.SGD(0.1), "loss": "mse", **options})
    return model


def trained(model, callbacks=(), epochs=3, **options):
    return model.fit(X, Y, epochs=epochs, batch_size=8, shuffle=False, verbose=0, callbacks=list(callbacks), **options)


def same(one, other, rtol=1e-6):
    for a, b in zip(one, other, strict=True):
        np.testing.assert_allclose(a, b, rtol=rtol, atol=1e-7)


# -- callbacks --------------------------------------------------------------------------------------------
def test_early_stopping_brings_the_best_weights_back():
    model = line(keras.optimizers.SGD(0.1))
    kept = []
    keep = C.LambdaCallback(on_epoch_end=lambda epoch, logs: kept.append(model.get_weights()))
    worse = C.LearningRateScheduler(lambda epoch, rate: 0.1 if epoch < 3 else 2.0)
    stop = C.EarlyStopping("loss", patience=2, restore_best_weights=True)
    history = trained(model, [worse, keep, stop], epochs=20)
    assert len(history.epoch) == stop.stopped_epoch + 1 < 20
    same(model.get_weights(), kept[stop.best_epoch])


def test_checkpoints(tmp_path):
    model = line()
    best = C.ModelCheckpoint(tmp_path / "best.keras", monitor="loss", save_best_only=True)
    each = C.ModelCheckpoint(tmp_path / "{epoch}.weights.h5", save_weights_only=True)
    trained(model, [best, each])
    same(keras.saving.load_model(tmp_path / "best.keras").get_weights(), model.get_weights())
    assert {file.name for file in tmp_path.glob("*.h5")} == {"1.weights.h5", "2.weights.h5", "3.weights.h5"}


def test_an_interrupted_run_goes_on(tmp_path):
    whole = line(keras.optimizers.Adam(0.05))
    trained(whole, epochs=4)

    class Interrupt(C.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 2:
                raise KeyboardInterrupt

    model = line(keras.optimizers.Adam(0.05))
    with pytest.raises(KeyboardInterrupt):
        trained(model, [C.BackupAndRestore(tmp_path), Interrupt()], epochs=4)
    again = line(keras.optimizers.Adam(0.05))
    history = trained(again, [C.BackupAndRestore(tmp_path)], epochs=4)
    assert history.epoch == [2, 3]
    same(again.get_weights(), whole.get_weights())


def test_rates_follow_schedule_and_plateau():
    model = line()
    rates = trained(model, [C.LearningRateScheduler(lambda epoch, rate: rate / 2)]).history["learning_rate"]
    same([rates], [[0.05, 0.025, 0.0125]])
    model = line()
    plateau = C.ReduceLROnPlateau("loss", factor=0.1, patience=1, min_delta=100.0)
    assert trained(model, [plateau]).history["learning_rate"][-1] < 0.02


def test_csv_and_history(tmp_path):
    history = trained(line(metrics=["mae"]), [C.CSVLogger(tmp_path / "log.csv")], validation_data=(X, Y)).history
    with open(tmp_path / "log.csv") as file:
        rows = list(csv.DictReader(file))
    assert set(history) == {"loss", "mae", "val_loss", "val_mae"} and len(rows) == 3
    assert float(rows[2]["val_loss"]) == pytest.approx(history["val_loss"][2])


def test_training_ends_at_nan():
    model = line(keras.optimizers.SGD(1e30))
    with np.errstate(all="ignore"):
        history = trained(model, [C.TerminateOnNaN()], epochs=5)
    assert len(history.epoch) < 5


def test_averaged_weights_for_evaluation():
    model = line(keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.9))
    seen = []
    look = C.LambdaCallback(on_test_begin=lambda logs: seen.append(model.get_weights()))
    trained(model, [C.SwapEMAWeights(), look], epochs=1, validation_data=(X, Y))
    averages = [np.array(v) for v in model.optimizer._model_variables_moving_average]
    same(seen[0], averages)


def test_no_progress_is_printed_unless_asked(capsys):
    model = line()
    trained(model)
    assert capsys.readouterr().out == ""
    model.evaluate(X, Y, verbose=1)
    assert "loss" in capsys.readouterr().out


# -- ways to train ------------------------------------------------------------------------------------------
def test_accumulated_gradients_are_those_of_the_larger_batch():
    small, large = line(keras.optimizers.SGD(0.1, gradient_accumulation_steps=2)), line()
    small.fit(X, Y, batch_size=8, epochs=2, shuffle=False, verbose=0)
    large.fit(X, Y, batch_size=16, epochs=2, shuffle=False, verbose=0)
    same(small.get_weights(), large.get_weights(), rtol=1e-5)


@pytest.mark.parametrize("options", [{"steps_per_execution": 3}, {"run_eagerly": True}, {"jit_compile": False}])
def test_ways_of_execution_give_the_same(options):
    one, other = line(), line(**options)
    same([trained(one).history["loss"]], [trained(other).history["loss"]])
    same(one.get_weights(), other.get_weights())
    same([one.predict(X, verbose=0)], [other.predict(X, verbose=0, batch_size=8)])


def test_sample_weights_and_class_weights():
    labels = (Y[:, 0] > 0).astype("int32")
    weights = np.where(labels == 1, 3.0, 1.0)
    by_class, by_sample, by_generator = (line(loss=keras.losses.BinaryCrossentropy(from_logits=True)) for _ in range(3))
    by_class.fit(X, labels, class_weight={0: 1.0, 1: 3.0}, batch_size=8, shuffle=False, verbose=0)
    by_sample.fit(X, labels, sample_weight=weights, batch_size=8, shuffle=False, verbose=0)
    parts = ((X[i : i + 8], labels[i : i + 8], weights[i : i + 8]) for i in range(0, 32, 8))
    by_generator.fit(parts, steps_per_epoch=4, shuffle=False, verbose=0)
    same(by_class.get_weights(), by_sample.get_weights())
    same(by_class.get_weights(), by_generator.get_weights())


def test_half_precision():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        model = line(keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.05), initial_scale=64.0))
    finally:
        keras.config.set_dtype_policy("float32")
    losses = trained(model, epochs=10).history["loss"]
    assert losses[-1] < losses[0] / 10 and model.layers[0].kernel.dtype == "float32" and model(X).dtype == "float16"


def test_named_inputs_and_outputs():
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    both = keras.layers.Concatenate()([a, b])
    outputs = {"sum": keras.layers.Dense(1, name="sum")(both), "sign": keras.layers.Dense(2, name="sign")(both)}
    model = keras.Model({"a": a, "b": b}, outputs)
    model.compile(
        "adam",
        {"sum": "mse", "sign": keras.losses.SparseCategoricalCrossentropy(from_logits=True)},
        metrics={"sign": ["accuracy"]},
        loss_weights={"sum": 0.5, "sign": 2.0},
    )
    targets = {"sum": Y, "sign": (Y > 0).astype("int32")}
    history = model.fit({"a": X, "b": X}, targets, epochs=2, verbose=0).history
    assert set(history) == {"loss", "sum_loss", "sign_loss", "sign_accuracy"} and history["loss"][1] < history["loss"][0]
    assert model.predict({"a": X, "b": X}, verbose=0)["sign"].shape == (32, 2)


def test_batches_come_from_several_threads():
    class Batches(keras.utils.PyDataset):
        def __len__(self):
            return 4

        def __getitem__(self, i):
            return X[8 * i : 8 * (i + 1)], Y[8 * i : 8 * (i + 1)]

    losses = line().fit(Batches(workers=2, max_queue_size=4), epochs=5, shuffle=False, verbose=0).history["loss"]
    assert losses[-1] < losses[0] / 2
