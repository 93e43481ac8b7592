"""Architectures by name, each in a file of its own."""
