"""Parse an expression, see what it reads, and evaluate it with steps and output counted."""
