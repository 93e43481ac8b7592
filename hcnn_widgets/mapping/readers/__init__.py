"""Readers of recordings and RDMs in the file formats that laboratories share."""
