"""The mandates of the Summits of the Americas as typed tables, and the toolkit around them."""
