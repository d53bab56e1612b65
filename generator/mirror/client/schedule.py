"""Lines to paste for a nightly run: a systemd timer, a line of cron, a Windows task. Nothing is changed by itself."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path


def schedule(program: Path, python: str, sources: Sequence[str], target: Path) -> str:
    """The text for all three. The minute is spread by the name of the folder, so that not all copies ask at once."""
    minute = zlib.crc32(str(target).encode()) % 60
    words = [python, str(program), "sync", *sources, str(target)]
    line = " ".join(f'"{word}"' if " " in word else word for word in words)
    return f"""Pilih satu. Waktu: pukul 01.{minute:02} setiap malam.

== Linux dengan systemd: simpan sebagai dua berkas, lalu `systemctl enable --now simpul-cermin.timer` ==
/etc/systemd/system/simpul-cermin.service
[Unit]
Description=Memperbarui salinan portal Simpul
After=network-online.target
[Service]
Type=oneshot
Nice=10
ExecStart={line}

/etc/systemd/system/simpul-cermin.timer
[Timer]
OnCalendar=*-*-* 01:{minute:02}:00
RandomizedDelaySec=20min
Persistent=true
[Install]
WantedBy=timers.target

== Linux atau cPanel dengan cron: satu baris di `crontab -e` atau menu Cron Jobs ==
{minute} 1 * * * {line} >/dev/null

== Windows: jalankan di Command Prompt ==
schtasks /Create /SC DAILY /ST 01:{minute:02} /TN "Simpul cermin" /TR "{line.replace('"', chr(92) + '"')}"
"""
