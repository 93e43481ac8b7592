"""Pictures from files and folders, resized, and laid out on a sheet."""
