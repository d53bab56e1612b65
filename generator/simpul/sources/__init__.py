"""Files -> entries: which there are, how they are read, what each says, and the rules that one file alone can break."""
