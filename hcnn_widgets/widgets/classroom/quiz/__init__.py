"""Questions that are answered cell by cell."""
