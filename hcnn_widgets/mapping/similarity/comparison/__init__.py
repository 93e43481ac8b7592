"""Similarity of two representations: comparisons, Kendall's tau_A, CKA, ceilings."""
