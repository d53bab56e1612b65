"""What any program could use: a cache, values packed as bytes, work spread over processes, versions. Knows
nothing of Simpul.
"""
