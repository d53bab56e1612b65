"""What comes in: a file by mail, what a change touches, letters to its senders, what is due for review."""
