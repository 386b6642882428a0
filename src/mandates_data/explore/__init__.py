"""Reading the mandates: search, what is like one, the lineages, and how to cite.

They are standard library only, so that they answer at once.
"""
