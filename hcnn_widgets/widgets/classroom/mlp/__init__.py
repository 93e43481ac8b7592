"""Perceptrons in layers: input plane and hidden space side by side, weights by hand or trained in Keras."""
