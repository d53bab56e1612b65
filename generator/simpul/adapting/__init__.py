"""Regional overlays kept in line with the central modules: review what changed, propose a local block."""
