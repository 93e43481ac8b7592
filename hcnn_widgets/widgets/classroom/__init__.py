"""The labs: what the lecture shows, with numbers that can be changed."""
