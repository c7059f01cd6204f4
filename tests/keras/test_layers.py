"""Every layer: symbolic and real shapes agree, each weight has a gradient, the configuration makes the same layer again."""

import keras
import numpy as np
import pytest

import gradtape as tf

L = keras.layers
random = np.random.default_rng(0)


def floats(*shape):
    return random.normal(size=shape).astype("float32")


LINE, PLANE, SPACE, ROW = floats(2, 6, 4), floats(2, 6, 6, 4), floats(2, 4, 4, 4, 2), floats(3, 4)
FILM = floats(2, 3, 4, 4, 2)
IMAGES = random.uniform(0, 255, (2, 8, 8, 3)).astype("float32")
TOKENS = random.integers(1, 7, (2, 5))

TRAINABLE = {
    "Conv1D": (lambda: L.Conv1D(3, 2, padding="causal", activation="relu"), LINE),
    "Conv1DTranspose": (lambda: L.Conv1DTranspose(3, 2, strides=2), LINE),
    "Conv2D": (lambda: L.Conv2D(4, 3, strides=2, padding="same", groups=2), PLANE),
    "Conv2DTranspose": (lambda: L.Conv2DTranspose(3, 3, strides=2, padding="same"), PLANE),
    "Conv3D": (lambda: L.Conv3D(3, 2), SPACE),
    "Conv3DTranspose": (lambda: L.Conv3DTranspose(3, 2), SPACE),
    "DepthwiseConv1D": (lambda: L.DepthwiseConv1D(2, depth_multiplier=2), LINE),
    "DepthwiseConv2D": (lambda: L.DepthwiseConv2D(3, dilation_rate=2), PLANE),
    "SeparableConv1D": (lambda: L.SeparableConv1D(3, 2), LINE),
    "SeparableConv2D": (lambda: L.SeparableConv2D(3, 2), PLANE),
    "Dense": (lambda: L.Dense(3, activation="gelu"), ROW),
    "EinsumDense": (lambda: L.EinsumDense("abc,cd->abd", (6, 3), bias_axes="d"), LINE),
    "Embedding": (lambda: L.Embedding(8, 3), TOKENS),
    "ReversibleEmbedding": (lambda: L.ReversibleEmbedding(8, 3), TOKENS),
    "BatchNormalization": (lambda: L.BatchNormalization(), PLANE),
    "LayerNormalization": (lambda: L.LayerNormalization(), LINE),
    "GroupNormalization": (lambda: L.GroupNormalization(2), PLANE),
    "RMSNormalization": (lambda: L.RMSNormalization(), LINE),
    "SpectralNormalization": (lambda: L.SpectralNormalization(L.Dense(3)), ROW),
    "PReLU": (lambda: L.PReLU(alpha_initializer="ones"), ROW),
    "SimpleRNN": (lambda: L.SimpleRNN(3), LINE),
    "LSTM": (lambda: L.LSTM(3, return_sequences=True), LINE),
    "GRU": (lambda: L.GRU(3, go_backwards=True, reset_after=False), LINE),
    "Bidirectional": (lambda: L.Bidirectional(L.GRU(3)), LINE),
    "RNN": (lambda: L.RNN([L.LSTMCell(3), L.GRUCell(2)]), LINE),
    "StackedRNNCells": (lambda: L.RNN(L.StackedRNNCells([L.SimpleRNNCell(3), L.LSTMCell(2)])), LINE),
    "ConvLSTM1D": (lambda: L.ConvLSTM1D(2, 2, padding="same"), floats(2, 3, 4, 2)),
    "ConvLSTM2D": (lambda: L.ConvLSTM2D(2, 2, return_sequences=True), FILM),
    "ConvLSTM3D": (lambda: L.ConvLSTM3D(2, 2), floats(1, 2, 3, 3, 3, 1)),
    "TimeDistributed": (lambda: L.TimeDistributed(L.Conv2D(2, 2)), FILM),
    "AdditiveAttention": (lambda: L.AdditiveAttention(), [LINE, LINE]),
    "Attention": (lambda: L.Attention(use_scale=True), [LINE, LINE]),
    "TernaryDense": (lambda: L.TernaryDense(3), ROW),
}
PLAIN = {
    "Activation": (lambda: L.Activation("tanh"), ROW),
    "ActivityRegularization": (lambda: L.ActivityRegularization(0.1), ROW),
    "AdaptiveAveragePooling1D": (lambda: L.AdaptiveAveragePooling1D(4), LINE),
    "AdaptiveAveragePooling2D": (lambda: L.AdaptiveAveragePooling2D(4), PLANE),
    "AdaptiveAveragePooling3D": (lambda: L.AdaptiveAveragePooling3D(3), SPACE),
    "AdaptiveMaxPooling1D": (lambda: L.AdaptiveMaxPooling1D(4), LINE),
    "AdaptiveMaxPooling2D": (lambda: L.AdaptiveMaxPooling2D(4), PLANE),
    "AdaptiveMaxPooling3D": (lambda: L.AdaptiveMaxPooling3D(3), SPACE),
    "Add": (lambda: L.Add(), [ROW, ROW]),
    "Average": (lambda: L.Average(), [ROW, ROW]),
    "AveragePooling1D": (lambda: L.AveragePooling1D(2, padding="same"), LINE),
    "AveragePooling2D": (lambda: L.AveragePooling2D(2), PLANE),
    "AveragePooling3D": (lambda: L.AveragePooling3D(2), SPACE),
    "CategoryEncoding": (lambda: L.CategoryEncoding(8, "count"), TOKENS),
    "CenterCrop": (lambda: L.CenterCrop(5, 6), IMAGES),
    "Concatenate": (lambda: L.Concatenate(), [ROW, ROW]),
    "Cropping1D": (lambda: L.Cropping1D(1), LINE),
    "Cropping2D": (lambda: L.Cropping2D(((1, 0), (2, 1))), PLANE),
    "Cropping3D": (lambda: L.Cropping3D(1), SPACE),
    "Dot": (lambda: L.Dot(axes=(2, 2)), [LINE, LINE]),
    "ELU": (lambda: L.ELU(0.5), ROW),
    "Flatten": (lambda: L.Flatten(), PLANE),
    "GlobalAveragePooling1D": (lambda: L.GlobalAveragePooling1D(), LINE),
    "GlobalAveragePooling2D": (lambda: L.GlobalAveragePooling2D(keepdims=True), PLANE),
    "GlobalAveragePooling3D": (lambda: L.GlobalAveragePooling3D(), SPACE),
    "GlobalMaxPooling1D": (lambda: L.GlobalMaxPooling1D(), LINE),
    "GlobalMaxPooling2D": (lambda: L.GlobalMaxPooling2D(), PLANE),
    "GlobalMaxPooling3D": (lambda: L.GlobalMaxPooling3D(), SPACE),
    "Identity": (lambda: L.Identity(), ROW),
    "LeakyReLU": (lambda: L.LeakyReLU(0.1), ROW),
    "Masking": (lambda: L.Masking(), LINE),
    "Maximum": (lambda: L.Maximum(), [ROW, ROW]),
    "MaxPooling1D": (lambda: L.MaxPooling1D(2), LINE),
    "MaxPooling2D": (lambda: L.MaxPooling2D(3, 2, "same"), PLANE),
    "MaxPooling3D": (lambda: L.MaxPooling3D(2), SPACE),
    "MelSpectrogram": (
        lambda: L.MelSpectrogram(num_mel_bins=5, sampling_rate=64, fft_length=16, sequence_stride=8),
        floats(2, 64),
    ),
    "Minimum": (lambda: L.Minimum(), [ROW, ROW]),
    "Multiply": (lambda: L.Multiply(), [ROW, ROW]),
    "Normalization": (lambda: L.Normalization(mean=1.0, variance=4.0), ROW),
    "Permute": (lambda: L.Permute((2, 1)), LINE),
    "ReLU": (lambda: L.ReLU(max_value=1.0, negative_slope=0.1), ROW),
    "RepeatVector": (lambda: L.RepeatVector(3), ROW),
    "Rescaling": (lambda: L.Rescaling(2.0, 1.0), ROW),
    "Reshape": (lambda: L.Reshape((-1, 2)), LINE),
    "Resizing": (lambda: L.Resizing(4, 6, "bicubic"), IMAGES),
    "Softmax": (lambda: L.Softmax(), ROW),
    "STFTSpectrogram": (lambda: L.STFTSpectrogram(frame_length=8, frame_step=4, fft_length=8), floats(2, 32, 1)),
    "Subtract": (lambda: L.Subtract(), [ROW, ROW]),
    "UnitNormalization": (lambda: L.UnitNormalization(), ROW),
    "UpSampling1D": (lambda: L.UpSampling1D(2), LINE),
    "UpSampling2D": (lambda: L.UpSampling2D(2, interpolation="bilinear"), PLANE),
    "UpSampling3D": (lambda: L.UpSampling3D(2), SPACE),
    "ZeroPadding1D": (lambda: L.ZeroPadding1D(1), LINE),
    "ZeroPadding2D": (lambda: L.ZeroPadding2D(((1, 0), (2, 1))), PLANE),
    "ZeroPadding3D": (lambda: L.ZeroPadding3D(1), SPACE),
}
AT_RANDOM = {
    "AlphaDropout": (lambda: L.AlphaDropout(0.3, seed=1), ROW),
    "Dropout": (lambda: L.Dropout(0.5, seed=1), ROW),
    "GaussianDropout": (lambda: L.GaussianDropout(0.3, seed=1), ROW),
    "GaussianNoise": (lambda: L.GaussianNoise(0.3, seed=1), ROW),
    "SpatialDropout1D": (lambda: L.SpatialDropout1D(0.5, seed=1), LINE),
    "SpatialDropout2D": (lambda: L.SpatialDropout2D(0.5, seed=1), PLANE),
    "SpatialDropout3D": (lambda: L.SpatialDropout3D(0.5, seed=1), SPACE),
    "AugMix": (lambda: L.AugMix((0, 255), seed=1), IMAGES),
    "AutoContrast": (lambda: L.AutoContrast(), IMAGES),
    "CutMix": (lambda: L.CutMix(seed=1), {"images": IMAGES, "labels": floats(2, 3)}),
    "Equalization": (lambda: L.Equalization(), IMAGES),
    "MixUp": (lambda: L.MixUp(seed=1), {"images": IMAGES, "labels": floats(2, 3)}),
    "Pipeline": (lambda: L.Pipeline([L.Rescaling(0.5), L.RandomFlip(seed=1)]), IMAGES),
    "RandAugment": (lambda: L.RandAugment(seed=1), IMAGES),
    "RandomBrightness": (lambda: L.RandomBrightness(0.2, seed=1), IMAGES),
    "RandomColorDegeneration": (lambda: L.RandomColorDegeneration(0.5, seed=1), IMAGES),
    "RandomColorJitter": (lambda: L.RandomColorJitter((0, 255), 0.2, 0.2, 0.2, 0.2, seed=1), IMAGES),
    "RandomContrast": (lambda: L.RandomContrast(0.5, seed=1), IMAGES),
    "RandomCrop": (lambda: L.RandomCrop(5, 6, seed=1), IMAGES),
    "RandomElasticTransform": (lambda: L.RandomElasticTransform(0.5, seed=1), IMAGES),
    "RandomErasing": (lambda: L.RandomErasing(seed=1), IMAGES),
    "RandomFlip": (lambda: L.RandomFlip(seed=1), IMAGES),
    "RandomGaussianBlur": (lambda: L.RandomGaussianBlur(seed=1), IMAGES),
    "RandomGrayscale": (lambda: L.RandomGrayscale(seed=1), IMAGES),
    "RandomHue": (lambda: L.RandomHue(0.3, seed=1), IMAGES),
    "RandomInvert": (lambda: L.RandomInvert(seed=1), IMAGES),
    "RandomPerspective": (lambda: L.RandomPerspective(seed=1), IMAGES),
    "RandomPosterization": (lambda: L.RandomPosterization(4, seed=1), IMAGES),
    "RandomRotation": (lambda: L.RandomRotation(0.2, seed=1), IMAGES),
    "RandomSaturation": (lambda: L.RandomSaturation(0.3, seed=1), IMAGES),
    "RandomSharpness": (lambda: L.RandomSharpness(0.3, seed=1), IMAGES),
    "RandomShear": (lambda: L.RandomShear(0.2, 0.2, seed=1), IMAGES),
    "RandomTranslation": (lambda: L.RandomTranslation(0.2, 0.2, seed=1), IMAGES),
    "RandomZoom": (lambda: L.RandomZoom(0.2, seed=1), IMAGES),
    "Solarization": (lambda: L.Solarization(seed=1), IMAGES),
}
ELSEWHERE = {  # called in another way, tested below or with models; or another name
    "GroupedQueryAttention", "GroupQueryAttention", "MultiHeadAttention", "Input", "InputLayer", "InputSpec", "Lambda", "Layer",
    "Wrapper", "Discretization", "LSTMCell", "GRUCell", "SimpleRNNCell", "MaxNumBoundingBoxes", "Mosaic",
    "ContrastLimitedAdaptiveHistogramEqualization",
}  # fmt: skip
NEEDS_TENSORFLOW = {"HashedCrossing", "Hashing", "IntegerLookup", "StringLookup", "TextVectorization"}  # on every back end
OF_OTHER_LIBRARIES = {"FlaxLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper"}
EVERY = {**TRAINABLE, **PLAIN, **AT_RANDOM}


def symbolic(x):
    return keras.tree.map_structure(lambda a: keras.Input(a.shape[1:], dtype=str(a.dtype)), x)


def shapes(y):
    return [tuple(v.shape)[1:] for v in keras.tree.flatten(y)]


def arrays(y):
    return [np.array(v) for v in keras.tree.flatten(y)]


def test_all_layers_are_here():
    classes = {name: value for name, value in vars(L).items() if name[0].isupper()}
    first_names = {value.__name__ for value in classes.values()}
    assert first_names - ELSEWHERE - NEEDS_TENSORFLOW - OF_OTHER_LIBRARIES == set(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_symbolic_and_real_shapes_agree(name):
    make, x = EVERY[name]
    layer = make()
    assert shapes(layer(symbolic(x))) == shapes(layer(x))


@pytest.mark.parametrize("name", [*TRAINABLE, *PLAIN])
def test_configuration_makes_the_same_layer(name):
    make, x = EVERY[name]
    layer = make()
    y = layer(x)
    again = type(layer).from_config(layer.get_config())
    again(x)
    again.set_weights(layer.get_weights())
    for one, other in zip(arrays(layer(x) if name == "SpectralNormalization" else y), arrays(again(x)), strict=True):
        np.testing.assert_allclose(other, one, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", TRAINABLE)
def test_every_weight_has_a_gradient(name):
    make, x = TRAINABLE[name]
    layer = make()
    with tf.GradientTape() as tape:
        y = layer(x, training=True) if layer._call_has_training_arg else layer(x)
        loss = tf.reduce_sum(tf.square(keras.tree.flatten(y)[0] - 0.3))
    gradients = tape.gradient(loss, layer.trainable_weights)
    assert gradients and all(np.isfinite(np.array(tf.convert_to_tensor(g))).all() for g in gradients)
    assert any(np.abs(np.array(tf.convert_to_tensor(g))).max() > 0 for g in gradients)


@pytest.mark.parametrize("name", sorted(set(AT_RANDOM) - {"AugMix"}))  # AugMix picks its operations by Python's generator
def test_equal_seeds_draw_alike(name):
    make, x = AT_RANDOM[name]
    for one, other in zip(arrays(make()(x, training=True)), arrays(make()(x, training=True)), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("make", [lambda: L.MultiHeadAttention(2, 3), lambda: L.GroupedQueryAttention(3, 4, 2)])
def test_attention_of_several_heads(make):
    layer = make()
    y, scores = layer(LINE, LINE, return_attention_scores=True, use_causal_mask=True)
    assert y.shape == LINE.shape and tuple(scores.shape)[-2:] == (6, 6)
    np.testing.assert_allclose(np.array(scores).sum(-1), 1.0, rtol=1e-5)
    assert np.triu(np.array(scores), 1).max() == 0
    later = LINE.copy()
    later[:, -1] += 1.0  # the last step is seen by no other
    np.testing.assert_allclose(
        np.array(layer(later, later, use_causal_mask=True))[:, :-1], np.array(y)[:, :-1], rtol=1e-5, atol=1e-6
    )


def test_layers_that_learn_from_data():
    layer = L.Normalization()
    layer.adapt(ROW)
    np.testing.assert_allclose(np.array(layer(ROW)).mean(0), 0, atol=1e-5)
    bins = L.Discretization(num_bins=3)
    bins.adapt(np.arange(9.0)[:, None])
    assert sorted(set(np.array(bins(np.arange(9.0)[:, None])).ravel())) == [0, 1, 2]


def test_states_of_a_recurrence_stay_where_asked():
    layer = L.LSTM(3, stateful=True, return_state=True)
    whole = L.LSTM(3)
    layer(LINE[:, :3])
    whole.build(LINE.shape)
    whole.set_weights(layer.get_weights()[: len(whole.get_weights())])
    np.testing.assert_allclose(np.array(layer(LINE[:, 3:])[0]), np.array(whole(LINE)), rtol=1e-5)
    layer.reset_states()
    np.testing.assert_allclose(np.array(layer(LINE)[0]), np.array(whole(LINE)), rtol=1e-5)


def test_mixed_precision():
    layer = L.Dense(3, dtype="mixed_float16")
    assert layer(ROW).dtype == "float16" and layer.kernel.dtype == "float32"
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(layer(ROW))
    assert tape.gradient(loss, layer.kernel).dtype == "float32"
