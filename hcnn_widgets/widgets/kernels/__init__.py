"""Panel of a model area's kernels during training."""
