"""What a reader asks of the tables: counts, pictures, and how mandates are found and cited."""
