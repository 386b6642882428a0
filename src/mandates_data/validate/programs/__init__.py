"""What programs do to cells: with the base as oracle (`damage`), and by the cell alone (`suspects`)."""
