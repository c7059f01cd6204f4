"""Keras's back end gradtape, in the layout of Keras's pluggable back ends: Keras imports it when its back end is `gradtape`."""
