"""Counts of the mandates as small tables; counting is standard library only."""
