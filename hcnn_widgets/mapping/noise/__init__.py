"""How reliable recordings are, what a perfect model could reach, and scores corrected for it."""
