"""Panels in a page of their own, which needs no kernel and no connection."""
