"""What git calls to merge and to compare single files of a package, and how it is told to."""
