"""What stands behind `tf.function`: signatures, traced functions, compiled calls and their derivatives."""
