"""Pages -> HTML, and the files beside it: templates, stylesheet, scripts, pictures."""
