"""A cortex made of formulas: V1, V2, V4 and IT, whose noise ceiling is known."""
