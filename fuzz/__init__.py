"""Hostile input, made by the thousand: `make fuzz` (ten minutes) and a short run in the tests.

A case is a small folder of files and what is done with it. Cases begin as our own packages, pages and conversions
(`seeds`), are damaged again and again (`mutate` and its neighbours), and are run (`targets`) under an oracle
(`oracle`): a result or a documented error, a rendering that keeps its schema, no hang, no memory beyond the bound.
"""
