"""Many scores side by side: areas, layers against areas, time bins."""
