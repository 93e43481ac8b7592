"""Rules by which areas learn without labels; a readout is trained beside them where there are some."""
