"""Tables as pandas frames: typed reading, saving, description, and pandera schemas of them.

Import from the modules, or the public names from `mandates_data`: this file imports nothing.
"""
