"""A calendar of whole days as RFC 5545 has it: lines end in CRLF and are folded at 75 octets, never inside a letter."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_LINE = 75  # octets, the line end not counted
MAKER = "-//Bảng Vàng//Việc của tôi//VI"


@dataclass(frozen=True)
class WholeDay:
    """Something due on a day. `uid` stays the same however often the calendar is made."""

    uid: str
    day: datetime.date
    title: str
    address: str


def calendar(name: str, days: Iterable[WholeDay], made_at: datetime.datetime) -> bytes:
    """The whole file; `made_at` is the moment it was asked for, with its zone."""
    stamp = made_at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_escaped(MAKER)}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + datetime.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one.title)}",
            f"URL:{one.address}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _escaped(text: str) -> str:
    """Text as a value: backslash, semicolon, comma and line breaks are written with a backslash."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets; each piece after the first begins with a space."""
    pieces, piece, room = [], b"", LONGEST_LINE
    for letter in line:
        raw = letter.encode()
        if len(piece) + len(raw) > room:
            pieces.append(piece)
            piece, room = b"", LONGEST_LINE - 1
        piece += raw
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
