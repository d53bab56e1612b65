"""Everything in its order: sources to site, one build at a time, nothing made twice."""
