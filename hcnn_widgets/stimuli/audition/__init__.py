"""Sounds and what the cochlea makes of them: waveforms that are drawn, and cochleagrams as images for a network."""
