"""What does not train, in the place of a run: given activations or a model as it is, their scores and matches."""
