"""Mending: what of a table can be put right for certain is, and the rest is named and left as it stands."""
