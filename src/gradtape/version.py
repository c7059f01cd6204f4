"""Which gradtape this is, and which TensorFlow's names and rules it follows (`tf.version`)."""

RELEASE = "0.1.0"
VERSION = "2.21.0"
GIT_VERSION = f"gradtape {RELEASE}"
COMPILER_VERSION = "none: gradtape compiles nothing when it is built"
