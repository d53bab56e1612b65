"""The mirror client: source -> trusted metadata -> manifest -> objects -> journal -> site.

Standard library only, for Python 3.9 and newer, because it runs as one file on an office PC, a Raspberry Pi
or a shared host.

    errors, ed25519, tree < trust, manifest, pack, delta < disk, state < http, sources, download
        < sync, verify, stick, export, zips, renew < main
    probe, remedies < host_rules < check_host < main; clock, schedule, serve < main
"""

VERSION = "1"
