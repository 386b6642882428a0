"""The tables in other formats, and back as the same bytes.

A format is a module with two functions: `write(export, target)` and `read(path)`. Between them and the tables stand
`columns` (text to typed value and back, refused where that would change a cell) and `tables` (what flows).
"""
