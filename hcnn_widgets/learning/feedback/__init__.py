"""Rules that follow the goal's loss, and send the error back by another way than the weights that it came from."""
