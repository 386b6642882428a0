"""The judges of `tools/check_metadata.py`: each asks somebody else's library about one thing that the pages tell."""
