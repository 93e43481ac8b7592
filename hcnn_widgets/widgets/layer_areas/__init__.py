"""Which model area goes with which brain area, as a matrix."""
