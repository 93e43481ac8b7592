"""Images read from files and folders, resized, and laid out on contact sheets."""
