"""A mail -> what its sender wrote, and the files attached. What belongs to the sender alone stands apart."""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import PurePosixPath

from simpul.intake.doors.parcel import MAX_FILES, DoorError, Opened, Paragraph, Sent
from simpul.intake.doors.pictures import taken_out
from simpul.sources.personal import find

PEOPLE = ("From", "Sender", "Reply-To", "To", "Cc")
OUTLOOK = DoorError("lampiran winmail.dat dari Outlook tidak dapat dibuka",
                    "Di Outlook pilih format pesan HTML atau teks biasa (bukan RTF), lalu kirim ulang "
                    "lampirannya.")
HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:From [^\n]*\n)?"
                  rb"(?:>?[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2}")
MBOX = re.compile(rb"^From [^\n]*\d{4}[^\n]*\r?\n(?=[!-9;-~]+:)", re.MULTILINE)
SEPARATOR = re.compile(r"-- ?\Z")
CLOSING = re.compile(
    r"(?:(?:atas (?:perhatian|kerja ?sama)[^.]*[,.]? )?(?:kami )?(?:ucapkan |sampaikan )?terima ?kasih|"
    r"salam(?: hormat| kami| sejahtera)?|hormat (?:saya|kami)|wassalam\w*.*|ttd|tertanda|demikian\b.*|"
    r"(?:best |kind |warm )?regards|thanks|thank you|dikirim dari .*|sent from .*|get outlook for .*|"
    r"diteruskan dari .*)[ ,.!]*\Z", re.IGNORECASE)
QUOTED = re.compile(r"(?:pada |on ).{6,200}(?:menulis|wrote) ?:\Z|"
                    r"-{3,} ?(?:original message|pesan asli) ?-{3,}\Z", re.IGNORECASE)
MOST_SIGNATURE, LONGEST_LINE = 15, 90
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def is_mail(data: bytes) -> bool:
    """Whether a file begins with the head of a mail."""
    head = HEAD.match(data[:20_000])
    return bool(head and re.search(rb"^(?:from|received|date|subject|mime-version|return-path|message-id|"
                                   rb"delivered-to|x-[\w-]+):", head[0].lower(), re.MULTILINE))


def messages(sent: Sent) -> list[Sent]:
    """The mails of a file: those of an mbox, or the one it is."""
    starts = [match.start() for match in MBOX.finditer(sent.data)]
    if not starts or not sent.data.startswith(b"From "):
        return [sent]
    if len(starts) > MAX_FILES:
        raise DoorError(f"kotak surat ini memuat {len(starts)} surel",
                        f"Simpan paling banyak {MAX_FILES} surel dalam satu berkas.")
    ends = [*starts[1:], len(sent.data)]
    found = [sent.data[start:end].partition(b"\n")[2] for start, end in zip(starts, ends, strict=True)]
    many = len(found) > 1
    return [Sent(f"{sent.name} surel {number}" if many else sent.name,
                 re.sub(rb"(?m)^>(>*From )", rb"\1", data)) for number, data in enumerate(found, 1)]


def open_mail(sent: Sent) -> Opened:
    """What was written in one mail, without its signature; its attachments; the sender's own words."""
    message = message_from_bytes(sent.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    inner: list[Sent] = []
    told: list[str] = []
    plain: list[str] = []
    rich: list[str] = []
    for part in _leaves(message):
        kind, name = part.get_content_type(), _file_name(part)
        if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            told.append(f"{name or 'winmail.dat'}: {OUTLOOK}")
        elif kind == "message/rfc822":
            inner.append(Sent(f"{sent.name}/{name or 'surel terlampir'}", _nested(part)))
        elif part.is_attachment() or name or not kind.startswith("text/"):
            if data := _payload(part):
                inner.append(Sent(f"{sent.name}/{name or _unnamed(part)}", data))
        elif kind == "text/html":
            rich.append(_text(part))
        elif kind == "text/plain":
            plain.append(_text(part))
    text = "\n\n".join(filter(str.strip, plain))
    if not text.strip() and rich:
        from simpul.intake.doors.hypertext import as_markdown

        text = "\n\n".join(map(as_markdown, rich))
    return _message(text, tuple(inner), tuple(told), message)


def _message(text: str, inner: tuple[Sent, ...], told: tuple[str, ...], message: EmailMessage) -> Opened:
    text, pictures, unread = taken_out(text)
    own, signature = without_signature(text)
    private = {address for name in PEOPLE[:3] for address in _addresses(message, name)}
    private |= {match[0] for match in ADDRESS.finditer(signature)}
    private |= {found.text for found in find(signature)}
    words = (Paragraph("", line) for line in text.split("\n") if line.strip())
    return Opened(text=own, pictures=pictures, inner=inner, words=tuple(words), told=(*told, *unread),
                  private=tuple(sorted(private)), subject=_header(message, "Subject"), message=True)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, however deep; a mail inside a mail is one. Of alternatives each is
    given: the plain one speaks, where there is one.
    """
    pending = [message]
    count = 0
    while pending:
        part = pending.pop(0)
        count += 1
        if count > MAX_FILES:
            raise DoorError("surel ini mempunyai terlalu banyak bagian",
                            "Kirim lampirannya dalam satu arsip zip.")
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            pending[:0] = [inner for inner in part.iter_parts() if isinstance(inner, EmailMessage)]
        else:
            yield part


def _nested(part: EmailMessage) -> bytes:
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    return first.as_bytes(policy=policy.default) if isinstance(first, EmailMessage) else _payload(part)


def _payload(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: EmailMessage) -> str:
    """A part as text; letters of Windows are what mail programs here write when they do not say which."""
    data, charset = _payload(part), (part.get_content_charset() or "utf-8").lower()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        charset = "utf-16"
    charset = "cp1252" if charset in ("iso-8859-1", "latin-1", "us-ascii", "ascii") and max(
        data[i:i + 1] for i in range(len(data))) >= b"\x80" else charset
    for name in (charset, "utf-8", "cp1252"):
        try:
            text = data.decode(name).removeprefix("\ufeff")
        except (LookupError, ValueError):
            continue
        return _unflowed(part, text.replace("\r\n", "\n").replace("\r", "\n"))
    return data.decode("cp1252", "replace")


def _unflowed(part: EmailMessage, text: str) -> str:
    """Lines that only the mail program broke are whole again (RFC 3676)."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    return re.sub(r"(?<=[^\s-]) \n(?=[^\s>])", " ", text)


def _file_name(part: EmailMessage) -> str:
    """The name of an attachment (RFC 2231, and RFC 2047 as Outlook writes it), without its folders."""
    try:
        name = part.get_filename("") or str(part.get_param("name") or "")
    except (TypeError, ValueError, KeyError, AttributeError):
        name = ""
    if "=?" in name:
        name = _decoded(name)
    return PurePosixPath(" ".join(name.replace("\\", "/").split())).name


def _decoded(text: str) -> str:
    try:
        return "".join(part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
                       for part, charset in decode_header(text))
    except (LookupError, ValueError):
        return text


def _unnamed(part: EmailMessage) -> str:
    return f"lampiran.{part.get_content_subtype().replace('plain', 'txt').replace('jpeg', 'jpg')}"


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (TypeError, ValueError, IndexError, AttributeError, LookupError):
        return ""


def _addresses(message: EmailMessage, name: str) -> Iterable[str]:
    found = _header(message, name)
    return [address for _, address in getaddresses([found]) if "@" in address]


def without_signature(text: str) -> tuple[str, str]:
    """What was written, and what mail programs and courtesy put below it: signature, quoted mails."""
    lines = text.rstrip().split("\n")
    end = next((number for number, line in enumerate(lines)
                if SEPARATOR.match(line) or QUOTED.match(line.strip().strip(">* "))), len(lines))
    end = next((number for number in range(max(0, end - MOST_SIGNATURE), end)
                if CLOSING.match(lines[number].strip(" *_\\")) and _signs(lines[number + 1:end])), end)
    return "\n".join(lines[:end]).rstrip() + "\n", "\n".join(lines[end:])


def _signs(lines: list[str]) -> bool:
    """Whether what follows a closing are names and addresses, no running text and no heading."""
    return all(len(line) <= LONGEST_LINE and not line.startswith("#") for line in lines)
