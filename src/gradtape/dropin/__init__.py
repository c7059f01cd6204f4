"""Running programs that were written for TensorFlow: the name `tensorflow`, Keras's seam, `run` and `doctor`."""
