"""Keeping regional overlays in line with the central modules: review what has changed, propose a local block upward."""
