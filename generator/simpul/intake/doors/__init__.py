"""What people send -> texts, pictures and tables: a door for each kind of file, none of them trusted."""
