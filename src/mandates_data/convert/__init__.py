"""The tables in other formats, and back."""
