"""Rules by which areas learn without labels, or not at all; a readout is trained beside them where there are some."""
