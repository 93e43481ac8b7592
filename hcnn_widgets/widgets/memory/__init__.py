"""Memory: what units keep of a sample over a delay, and how long a network can be right."""
