"""Reliability of recordings, noise ceilings, and scores corrected for noise."""
