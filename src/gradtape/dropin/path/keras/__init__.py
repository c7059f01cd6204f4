"""Stands before the installed Keras on the path of `python -m gradtape run`, so that gradtape's back end is known to it."""

from gradtape.dropin import keras_seam

keras_seam.load_keras(__name__)
