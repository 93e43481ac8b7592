"""What a model must beat, by name: fixed front ends, the image itself, the categories, the network before training."""
