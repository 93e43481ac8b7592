"""The HCNN layer as tiles in any order, and what normalisation does to contrast."""
