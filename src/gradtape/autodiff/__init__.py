"""Recorders of what operations do: tapes, accumulators, and what is built on them."""
