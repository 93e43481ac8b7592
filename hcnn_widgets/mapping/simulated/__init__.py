"""A simulated cortex with a known noise ceiling: V1, V2, V4 and IT."""
