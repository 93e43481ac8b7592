"""The brain, coloured by the score of each area."""
