"""Pictures of the counts, drawn by matplotlib, which nothing else here loads."""
