"""Two tones in noise are found by gradient descent on the difference of spectrograms; then a look at mel bands and the cepstrum."""

import numpy as np
import tensorflow as tf

RATE = 2000.0
t = np.arange(2048, dtype="float32") / RATE
sound = np.sin(2 * np.pi * 207.0 * t) + 0.5 * np.sin(2 * np.pi * 388.0 * t)
sound = (sound + 0.05 * np.random.default_rng(1).normal(size=t.shape)).astype("float32")


def spectrogram(x):
    return tf.abs(tf.signal.stft(x, frame_length=256, frame_step=128, fft_length=256, window_fn=tf.signal.hann_window))


target = spectrogram(sound)
frequencies = tf.Variable([205.0, 390.0])
levels = tf.Variable([0.7, 0.7])
optimizer = tf.keras.optimizers.Adam(0.1)
for n in range(40):
    with tf.GradientTape() as tape:
        tones = levels[:, None] * tf.sin(2 * np.pi * frequencies[:, None] * t)
        loss = tf.reduce_mean(tf.square(spectrogram(tf.reduce_sum(tones, 0)) - target))
    optimizer.apply_gradients(zip(tape.gradient(loss, [frequencies, levels]), [frequencies, levels]))
    if n % 20 == 19:
        print(
            f"step {n + 1}: loss {float(loss):.4f}, {frequencies.numpy().round(2).tolist()}, {levels.numpy().round(3).tolist()}"
        )

mel = tf.signal.linear_to_mel_weight_matrix(12, target.shape[-1], RATE, 80.0, 900.0)
bands = tf.math.log(tf.tensordot(target, mel, 1) + 1e-6)
cepstrum = tf.signal.mfccs_from_log_mel_spectrograms(bands)[..., :4]
print(bands.shape, f"{float(tf.reduce_mean(bands)):.5f}", tf.reduce_mean(cepstrum, 0).numpy().round(4).tolist())
back = tf.signal.inverse_stft(tf.signal.stft(sound, 256, 64), 256, 64, window_fn=tf.signal.inverse_stft_window_fn(64))
print(f"inverse: {float(tf.reduce_max(tf.abs(back[256:1600] - sound[256:1600]))) < 1e-4}")
