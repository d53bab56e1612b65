"""The domain's arithmetic: pure functions of the Portal or its records, for rules, pages and exports."""
