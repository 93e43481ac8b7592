"""Drawings described once: marks that the page draws in SVG and the still picture in matplotlib."""
