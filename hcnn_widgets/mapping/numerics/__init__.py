"""Numerically careful arithmetic: correlation, extreme scales, missing values, Gram matrices, BLAS threads."""
