"""Lines to paste for a nightly run: a systemd timer, a line of cron, a Windows task. Nothing is changed."""

from __future__ import annotations

import shlex
import zlib
from collections.abc import Sequence
from pathlib import Path


def schedule(command: Sequence[str], folders: Sequence[Path], owner: str) -> str:
    """The text for all three. The folder's name, which comes last, spreads the minute: not all ask at once.
    The service runs as the folders' `owner` ("": a user made for it) and may write only there.

    A percent sign is a line break to cron and a variable to systemd, so each has its own spelling of it.
    """
    minute = zlib.crc32(command[-1].encode()) % 60
    quoted = " ".join(map(_quoted, command))
    places = " ".join(_quoted(str(folder)).replace("%", "%%") for folder in folders)
    user = owner or "simpul"
    made = "" if owner else f"""
Sebelumnya, sekali saja: buat pengguna yang hanya memiliki salinan ini; layanannya tidak perlu root.
useradd --system --no-create-home {user}
chown -R {user}: {shlex.join(map(str, folders))}
"""
    return f"""Pilih satu. Waktu: pukul 01.{minute:02} setiap malam.

== Linux dengan systemd: simpan sebagai dua berkas, lalu `systemctl enable --now simpul-cermin.timer` =={made}
/etc/systemd/system/simpul-cermin.service
[Unit]
Description=Memperbarui salinan portal Simpul
Wants=network-online.target
After=network-online.target
[Service]
Type=oneshot
User={user}
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={places}
Nice=10
ExecStart={quoted.replace("%", "%%")}

/etc/systemd/system/simpul-cermin.timer
[Timer]
OnCalendar=*-*-* 01:{minute:02}:00
RandomizedDelaySec=20min
Persistent=true
[Install]
WantedBy=timers.target

== Linux atau cPanel dengan cron: satu baris di `crontab -e` atau menu Cron Jobs ==
{minute} 1 * * * {shlex.join(command).replace("%", chr(92) + "%")} >/dev/null

== Windows: jalankan di Command Prompt ==
schtasks /Create /SC DAILY /ST 01:{minute:02} /TN "Simpul cermin" \
/TR "{quoted.replace(chr(34), chr(92) + chr(34))}"
"""


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
