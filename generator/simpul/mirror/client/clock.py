"""What is said of a clock that cannot be right: dates of releases, of servers and of certificates differ."""

from __future__ import annotations

import http.client
import ssl
import sys
import time
from calendar import timegm
from collections.abc import Sequence
from email.utils import parsedate
from urllib.parse import urlsplit

from .sources import Source

DAY, DAY_FORM, FORM = 86400, "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
PLAIN = 80  # where a server tells the time to who cannot check its certificate
NOT_YET, EXPIRED = 9, 10  # OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED
_SETTING = {"win32": "buka Pengaturan, Waktu & bahasa, Tanggal & waktu, lalu Sinkronkan sekarang",
            "": 'sudo timedatectl set-ntp true, atau tanpa jaringan: sudo date -u -s "{now}"'}


def doubt(now: str, known: str) -> str:
    """What to say when a release of a later day than this machine's (ISO) is installed; else nothing."""
    soon = time.gmtime(timegm(time.strptime(now[:10], DAY_FORM)) + 2 * DAY)
    if not known or time.strftime(DAY_FORM, soon) >= known:
        return ""
    return (f"Jam komputer ini menunjukkan {now[:10]}, padahal rilis bertanggal {known} sudah ada. "
            "Sinkronisasi tetap berjalan. Periksa jam komputer ini; bila jam benar, tanggal rilis itu yang "
            "keliru: beri tahu pengelola portal pusat.")


def compare(now: str, source: Source) -> str:
    """What to say when a source's clock differs by days; else nothing."""
    said = parsedate(getattr(source, "date", ""))
    if not said or abs(timegm(said) - timegm(time.strptime(now, FORM))) <= 2 * DAY:
        return ""
    return (f"Jam komputer ini menunjukkan {now[:10]}, jam {source.name} menunjukkan "
            f"{time.strftime(DAY_FORM, said)}. Salah satunya keliru; periksa jam komputer ini lebih dulu.")


def certificate(error: BaseException, now: str, sources: Sequence[Source], known: str) -> str:
    """What to say when a certificate was refused for its time: whose clock or whose certificate is wrong.

    `known` is the day of the newest release seen; the time of the server is asked without https, serves this
    sentence alone, and lets nothing pass.
    """
    cause = error.__cause__
    if not isinstance(cause, ssl.SSLCertVerificationError) or cause.verify_code not in (NOT_YET, EXPIRED):
        return ""
    host = next((urlsplit(source.name).hostname for source in sources
                 if source.name.lower().startswith("https:")), None) or ""
    here, there = timegm(time.strptime(now, FORM)), _time_of(host)
    if there is None and known > now[:10]:
        there = timegm(time.strptime(known, DAY_FORM))
    shown = now.replace("T", " ")[:16]
    if there is None:
        return (f"Jam komputer ini menunjukkan {shown} UTC. Bila itu keliru, betulkan dulu: "
                f"{_setting(None)}. Bila benar, sertifikat server itu yang habis atau belum berlaku: "
                "beri tahu pengelolanya.")
    if abs(there - here) < DAY:
        what = "belum berlaku" if cause.verify_code == NOT_YET else "sudah habis masa berlakunya"
        return (f"Jam komputer ini benar ({shown} UTC); sertifikat {host} {what}. Beri tahu pengelolanya, "
                "atau pakai sumber lain. Salinan lama tetap disajikan.")
    right = time.strftime("%Y-%m-%d %H:%M", time.gmtime(there))
    return (f"Jam komputer ini menunjukkan {shown} UTC, padahal seharusnya sekitar {right} UTC. Karena itu "
            f"sertifikat https tampak tidak sah. Betulkan jamnya: {_setting(right)}. Lalu ulangi; sertifikat "
            "tidak pernah dilewati.")


def _setting(right: str | None) -> str:
    text = _SETTING.get(sys.platform, _SETTING[""])
    return text.format(now=right or "2026-12-31 08:00")


def _time_of(host: str) -> int | None:
    try:
        connection = http.client.HTTPConnection(host, PLAIN, timeout=10)
        connection.request("HEAD", "/")
        said = parsedate(connection.getresponse().getheader("Date", ""))
        connection.close()
    except (OSError, http.client.HTTPException, ValueError):
        return None
    return timegm(said) if said else None
