"""Representational dissimilarity matrices: distances, noise, records of them."""
