"""A nightly run: a systemd timer, a line of cron, a task of Windows. All are text; nothing is set up."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from .errors import Full, MirrorError

NAME = "simpul-cermin"
SERVICE, TIMER, CRON, TASK = f"{NAME}.service", f"{NAME}.timer", f"{NAME}.cron", f"{NAME}.xml"


class Night(NamedTuple):
    """What is run (the copy's folder comes last), the folders it may write, and whose they are ("": a user
    made for it, so that nobody runs it as root).
    """

    command: Sequence[str]
    folders: Sequence[Path]
    owner: str

    @property
    def minute(self) -> int:
        """Spread by the folder's name: not all copies ask at once."""
        return zlib.crc32(self.command[-1].encode()) % 60


def print_schedule(options: argparse.Namespace) -> int:
    """The command: prints the texts, or writes them into the folder that was named."""
    night = _night(options)
    if not options.write:
        print(schedule(night), end="")
        return 0
    for place in write(night, options.write):
        print(place)
    print(f"Windows: schtasks /Create /TN \"Simpul cermin\" /XML {options.write / TASK}")
    print(f"Linux: cp {options.write / NAME}.* /etc/systemd/system/ && systemctl enable --now {TIMER}, "
          f"atau crontab {options.write / CRON}")
    return 0


def _night(options: argparse.Namespace) -> Night:
    program, target = Path(sys.argv[0]).resolve(), options.target.resolve()
    if target in program.parents:
        raise MirrorError(f"program ini berada di dalam folder salinan {target}",
                          "Yang dijadwalkan tidak boleh dapat diganti lewat server web. Salin "
                          "simpul-mirror.pyz ke folder lain, lalu jalankan `schedule` dari sana")
    sources = [name if "://" in name else str(Path(name).resolve()) for name in options.sources]
    extra = ["--export", str(options.export.resolve())] if options.export else []
    extra += ["--limit", f"{options.limit:.0f}"] if options.limit else []
    command = [sys.executable, str(program), "sync", "--renew", *extra, *sources, str(target)]
    folders = [folder.resolve() for folder in (options.target, options.export) if folder]
    return Night(command, list(dict.fromkeys(folders)), _owner(options.target))


def _owner(target: Path) -> str:
    """The name of who owns the copy; nobody's where there is none yet, or where it is root."""
    try:
        name = target.owner()
    except (OSError, KeyError, NotImplementedError):
        return ""
    return "" if name == "root" else name


def texts(night: Night) -> dict[str, str]:
    """The files of a schedule by name. Each kind has its own way to write a percent sign."""
    return {SERVICE: _service(night), TIMER: _timer(night), CRON: _cron(night), TASK: _task(night)}


def schedule(night: Night) -> str:
    """The same, to be pasted."""
    made = texts(night)
    folders = shlex.join(map(str, night.folders))
    first = "" if night.owner else f"""
Sebelumnya, sekali saja: buat pengguna yang hanya memiliki salinan ini; layanannya tidak perlu root.
useradd --system --no-create-home simpul
mkdir -p {folders}
chown -R simpul: {folders}
"""
    return f"""Pilih satu. Waktu: pukul 01.{night.minute:02} setiap malam.

== Linux dengan systemd: simpan sebagai dua berkas, lalu `systemctl enable --now {TIMER}` =={first}
/etc/systemd/system/{SERVICE}
{made[SERVICE]}
/etc/systemd/system/{TIMER}
{made[TIMER]}
== Linux atau cPanel dengan cron: satu baris di `crontab -e` atau menu Cron Jobs ==
{made[CRON]}
== Windows: ulangi perintah ini dengan --write FOLDER, lalu di Command Prompt ==
schtasks /Create /TN "Simpul cermin" /XML FOLDER\\{TASK}
"""


def write(night: Night, folder: Path) -> list[Path]:
    """Writes the files into a folder; those there that differ stay. Windows reads its own in UTF-16 only."""
    made: Mapping[Path, bytes] = {
        folder / name: text.replace("\n", "\r\n").encode("utf-16") if name == TASK else text.encode()
        for name, text in texts(night).items()}
    for place, data in made.items():
        if place.exists() and (not place.is_file() or place.read_bytes() != data):
            raise Full(f"{place} sudah ada dan berbeda",
                       "Tidak ada yang ditulis. Hapus dulu, atau pakai folder lain")
    folder.mkdir(parents=True, exist_ok=True)
    for place, data in made.items():
        place.write_bytes(data)
    return list(made)


def _service(night: Night) -> str:
    places = " ".join(_word(str(folder), "") for folder in night.folders)
    return f"""[Unit]
Description=Memperbarui salinan portal Simpul
Wants=network-online.target
After=network-online.target time-sync.target

[Service]
Type=oneshot
User={night.owner or "simpul"}
ExecStart={" ".join(map(_word, night.command))}
TimeoutStartSec=23h
Nice=10
UMask=0022
ReadWritePaths={places}
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
"""


def _timer(night: Night) -> str:
    return f"""[Unit]
Description=Memperbarui salinan portal Simpul setiap malam

[Timer]
OnCalendar=*-*-* 01:{night.minute:02}:00
RandomizedDelaySec=20min
Persistent=true

[Install]
WantedBy=timers.target
"""


def _cron(night: Night) -> str:
    return f"{night.minute} 1 * * * {shlex.join(night.command)} >/dev/null\n".replace("%", "\\%")


def _task(night: Night) -> str:
    """Catches up when the machine was off at night. Runs with the rights of who registers it, no others."""
    online = any("://" in word for word in night.command)
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Memperbarui salinan portal Simpul</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T01:{night.minute:02}:00</StartBoundary>
      <RandomDelay>PT20M</RandomDelay>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>{str(online).lower()}</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT23H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(night.command[0])}</Command>
      <Arguments>{escape(subprocess.list2cmdline(night.command[1:]))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def _word(word: str, variable: str = "$") -> str:
    """A word as systemd reads it: a percent sign begins what it replaces, and in a command a dollar too."""
    plain = word.replace("%", "%%").replace("$", variable + "$")
    if re.fullmatch(r"[\w%$@+=:,./-]+", plain):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
