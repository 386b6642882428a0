"""The makers of what is generated in the documentation: one module a kind of block."""
