"""What labs of boards share: cells that are typed into, their numbers and colours, and the row of controls."""
