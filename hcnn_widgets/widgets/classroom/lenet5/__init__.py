"""LeNet-5: draw a digit and see every layer respond, before, while and after it learns."""
