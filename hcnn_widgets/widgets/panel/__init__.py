"""What all panels share: frames, back-pressure, boxes, still pictures, tickers."""
