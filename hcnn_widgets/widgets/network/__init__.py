"""Panels of the network itself: what it makes of an image, and what it answers."""
