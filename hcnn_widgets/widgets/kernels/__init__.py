"""The kernels of an area, as they form."""
