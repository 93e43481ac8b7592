"""Tables of many scores: areas, layers against areas, time bins."""
