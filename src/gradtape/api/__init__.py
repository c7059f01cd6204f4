"""TensorFlow's spelling, one module a namespace: explicit re-exports."""
