"""Arithmetic that stays right: correlation, extreme scales, missing values, Gram matrices, BLAS threads."""
