"""Graph to callable; each executor is found by name and imported on first use."""
