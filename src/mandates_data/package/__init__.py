"""What a Data Package is on disk: values, stores, the one reader and writer, canonical form.

Import from the modules: this file imports nothing, so that a command pays only for what it uses.
"""
