"""Responses of the brain as records: trials, time bins, several recordings at once, public data."""
