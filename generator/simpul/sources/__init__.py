"""Files -> entries: which there are, how they are read, what each says, and the rules one alone can break."""
