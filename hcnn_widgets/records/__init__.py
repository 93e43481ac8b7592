"""What every record keeps: arrays as given, frozen copies, rows joined by id, checked counts and kinds."""
