"""Convolution, cell by cell."""
