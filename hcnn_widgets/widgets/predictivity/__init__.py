"""Neural predictivity: bars of areas, down to a site's responses."""
