"""Three packages merged, by key and cell: what one side changed is taken, what both changed differently is told."""
