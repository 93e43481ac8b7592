"""What labs with a plane share: the way to bqplot, what is drawn in a plane, and tables of cells."""
