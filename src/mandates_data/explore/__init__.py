"""What a reader asks of the mandates: search, likeness, lineages, counts, pictures, citations, agreement of coders.

Searching, citing and counting are standard library only, so that they answer at once.
"""
