"""Panel of the match between model areas and brain areas."""
