"""What a value is and how a call is dispatched.  Knows no operation by name."""
