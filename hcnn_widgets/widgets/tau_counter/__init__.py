"""Panel that counts Kendall's tau_A pair by pair."""
