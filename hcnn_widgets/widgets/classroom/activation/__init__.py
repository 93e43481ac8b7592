"""Activation functions over the pre-activations that they are given."""
