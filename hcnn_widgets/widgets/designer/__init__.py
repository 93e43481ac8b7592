"""The three choices of Figure 3 as a picture: architecture, goal and learning rule, built, trained and compared."""
