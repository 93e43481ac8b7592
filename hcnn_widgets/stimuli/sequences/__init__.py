"""Stimuli in time: the record of sequences of frames, and sets of them that are made here."""
