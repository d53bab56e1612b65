"""Entries -> the Portal: the one frozen value that rules, pages, search and exports read."""

from simpul.portal.portal import SAMPLE_PROVINCE, CasesBy, Condition, Portal, Region, once

__all__ = ["SAMPLE_PROVINCE", "CasesBy", "Condition", "Portal", "Region", "once"]
