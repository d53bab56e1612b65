"""Simpul: sources -> entries -> Portal -> problems (stop here) -> pages -> site -> search + exports -> release -> mirror.

Imports point one way: problems < model, sources < markdown, schema < entries < portal, checks, pages < site < plugin < cli.
"""
