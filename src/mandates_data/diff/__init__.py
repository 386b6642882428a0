"""What differs between two packages, as frozen values."""
