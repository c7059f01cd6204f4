"""gradtape under the name `tensorflow`, for programs run by `python -m gradtape run`. This is not TensorFlow."""

from gradtape.dropin import tensorflow_face

tensorflow_face.take_the_name(__name__, __path__)
