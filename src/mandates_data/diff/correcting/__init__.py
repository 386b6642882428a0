"""A correction of one published cell, written down in the ledger: from the command line or from an issue form."""
