"""Pooling, cell by cell: values, a shift, the gradient's way back, and unpooling."""
