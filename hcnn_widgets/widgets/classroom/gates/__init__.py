"""The gates of two inputs: which of them a line can be."""
