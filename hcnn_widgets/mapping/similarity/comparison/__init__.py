"""How alike two representations are: comparisons, Kendall's tau_A, CKA, ceilings."""
