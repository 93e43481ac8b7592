"""Panel of RDMs of model and brain, side by side."""
