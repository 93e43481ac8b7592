"""The dashboard of a whole experiment."""
