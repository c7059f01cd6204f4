"""gradtape first: its hook lets Keras know the back end gradtape."""

import gradtape  # noqa: F401
