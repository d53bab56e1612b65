"""Portal -> files for machines: one module for each format, each a function that returns bytes by address."""
