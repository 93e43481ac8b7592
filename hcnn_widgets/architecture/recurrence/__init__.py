"""Units that keep a state from time step to time step: the operation, its layer, and what they see."""
