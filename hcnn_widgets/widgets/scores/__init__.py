"""Sources, measures and frames shared by the panels of scores."""
