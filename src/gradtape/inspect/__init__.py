"""Readers of the tape: why a gradient is missing, where a NaN came from, what a tape holds and what it looks like."""
