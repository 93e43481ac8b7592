"""Shared checks of all records: arrays as given, frozen copies, rows joined by id, counts and kinds."""
