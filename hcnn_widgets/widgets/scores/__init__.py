"""What panels of scores share: sources, measures, frames."""
