"""Panels of neural predictivity, from bars of areas to the responses of a site, and over training."""
