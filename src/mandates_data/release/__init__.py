"""Releases: which version the data call for, all that a release writes into a package, and the files to publish."""
