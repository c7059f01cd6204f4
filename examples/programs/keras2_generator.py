"""fit_generator, a learning rate that is set on the optimizer, batch_input_shape and backend functions, as Keras 2 had them."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Activation, Dense
from tensorflow.keras.models import Sequential

x, y = load_diabetes(return_X_y=True)
x, y = (x * 20).astype("float32")[:440], ((y - y.mean()) / y.std()).astype("float32")[:440, None]
rng = np.random.default_rng(6)


def batches(size):
    while True:
        for start in range(0, len(x), size):
            yield x[start : start + size], y[start : start + size]


def loss(true, predicted):
    return K.mean(K.square(predicted - true), axis=-1) if hasattr(K, "square") else tf.reduce_mean((predicted - true) ** 2, -1)


try:
    first = Dense(5, batch_input_shape=(None, 10))
except (TypeError, ValueError):
    first = Dense(5, input_shape=(10,))
model = Sequential([first, Activation("tanh"), Dense(1)])
model.set_weights([rng.normal(size=s).astype("float32") * 0.3 for s in ((10, 5), (5,), (5, 1), (1,))])
model.compile("sgd", loss)
rate = model.optimizer.lr if hasattr(model.optimizer, "lr") else model.optimizer.learning_rate
rate.assign(0.1)
fit = model.fit_generator if hasattr(model, "fit_generator") else model.fit
history = fit(batches(44), steps_per_epoch=10, epochs=3, verbose=0)
print([round(v, 4) for v in history.history["loss"]], round(float(rate), 3))
print(model.predict(x[:3], verbose=0).ravel().round(4).tolist(), model.input_shape)
