"""What a trained network is good for besides its goal: new categories, and other goals read out of its areas."""
