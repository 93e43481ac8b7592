"""The perceptron: its plane, its table, and learning from mistakes."""
