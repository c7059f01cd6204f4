"""The public functions of every family, written by `make calls` from the declarations."""
