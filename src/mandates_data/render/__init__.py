"""Findings and changesets as text and JSON."""
