"""Python's control flow on tensors: functions are rewritten so that it becomes operations."""
