"""Shared parts of all panels: frames, back-pressure, boxes, still pictures, tickers."""
