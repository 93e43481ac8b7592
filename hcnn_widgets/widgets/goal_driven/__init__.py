"""Panels of Figure 3: architecture, goal and learning rule, and how performance and predictivity go together."""
