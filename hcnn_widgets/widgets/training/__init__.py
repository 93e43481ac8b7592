"""Panel of the curves and controls of a training run."""
