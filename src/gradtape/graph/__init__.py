"""Programs as data: graphs of operations, and how they are made from Python functions."""
