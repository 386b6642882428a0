"""A package held against the revision that it starts from: `against` is the way in."""
