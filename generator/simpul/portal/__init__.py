"""Entries -> the Portal: the one frozen value that rules, pages, search and exports read."""

from simpul.portal.portal import IDENTIFIED, SAMPLE_PROVINCE, CasesBy, Condition, Portal, Region

__all__ = ["IDENTIFIED", "SAMPLE_PROVINCE", "CasesBy", "Condition", "Portal", "Region"]
