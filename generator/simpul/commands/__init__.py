"""How a person calls Simpul: on the command line, as a preview, or from MkDocs."""
