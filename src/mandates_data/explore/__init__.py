"""What a reader asks of the mandates: search, what is like one, lineages, counts, pictures, agreement of coders, citations.

Searching, citing and counting are standard library only, so that they answer at once.
"""
