"""The domain's arithmetic: pure functions of the Portal or of its records, for rules, pages and exports alike."""
