"""Models in files: written whole or not at all, and opened only after a look at the bytes."""
