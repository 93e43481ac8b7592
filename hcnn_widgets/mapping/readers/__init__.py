"""Recordings and RDMs in the files that laboratories share, each format through its own library."""
