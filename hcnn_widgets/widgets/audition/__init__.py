"""The panel of sounds: cochleagram, bands that are left out, and what a network answers."""
