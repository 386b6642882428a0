"""Reading the mandates: search, what is like one, the lineages, and how to cite. Standard library only: they answer
at once."""
