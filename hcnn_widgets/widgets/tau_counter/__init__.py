"""Kendall's tau_A, counted pair by pair."""
