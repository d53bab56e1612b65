"""What comes in: a file received by mail, what a change touches, letters to those who sent it, what is due for review."""
