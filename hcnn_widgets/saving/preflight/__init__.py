"""A look at the bytes of a model file, before Keras sees them."""
