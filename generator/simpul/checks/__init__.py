"""Rules. One rule is one function with one sentence; `files` needs one file, the others the whole portal."""
