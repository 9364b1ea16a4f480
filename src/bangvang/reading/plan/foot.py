"""The foot of a whole plan: recipients with their notes, and who signs (NĐ 30/2020, phụ lục I, ô 7 and 9b)."""

import re
from dataclasses import dataclass, field

from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.passages import Passage
from bangvang.reading.text_cleaning import fold, looks_upper

RECIPIENTS = re.compile(r"n[oơ]i nh[aậ]n\s*:?")
AUTHORITY = re.compile(r"^\s*(?P<authority>TM|KT|TL|TUQ|Q)\s*[.,]\s*(?P<title>.*)$")
TITLES = re.compile(
    r"^(?:PHÓ\s|QUYỀN\s|Q\.\s)?(?:GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG"
    r"|CHI CỤC TRƯỞNG|TRƯỞNG|HIỆU TRƯỞNG"
    r"|CHÁNH|BÍ THƯ|VIỆN TRƯỞNG|THỦ TRƯỞNG|VỤ TRƯỞNG|TỔNG CỤC TRƯỞNG|CHỈ HUY|CHÍNH ỦY|KHỐI TRƯỞNG|CỤM TRƯỞNG"
    r"|TỔNG BIÊN TẬP|NGƯỜI)\b"
)
BODIES = re.compile(r"^(?:UỶ BAN|ỦY BAN|UBND|BAN |HỘI ĐỒNG|BAN THƯỜNG VỤ|ĐOÀN|LIÊN ĐOÀN|CỤM|KHỐI)")
NOTE = re.compile(
    r"\(\s*(?P<note>b/c|b/cáo|báo cáo|để báo cáo|để b/c|t/h|thực hiện|để t/h|để thực hiện|p/h|phối hợp"
    r"|để phối hợp|để biết|để b/c, t/h|biết|đưa tin|để đăng tải)\s*\)",
    re.I,
)
COPIES = re.compile(r"\s*\(?\s*\(?\d{1,3}\s*(?:b|bản)?\s*\)\s*$")
SHORT_NOTES = {
    "để báo cáo": "b/c",
    "báo cáo": "b/c",
    "b/cáo": "b/c",
    "để b/c": "b/c",
    "để thực hiện": "t/h",
    "thực hiện": "t/h",
    "để t/h": "t/h",
    "phối hợp": "p/h",
    "để phối hợp": "p/h",
}
PERSON = re.compile(
    r"^(?:(?:TS|ThS|Ths|PGS|GS|BS|Bs|CN|KS)\.?\s*)*(?P<name>[A-ZĐÀ-Ỹ][a-zà-ỹđ]*(?:\s[A-ZĐÀ-Ỹ][a-zà-ỹđ]*){1,5})$"
)


@dataclass(slots=True)
class Foot:
    """The passages of the foot and what stands behind them (annexes)."""

    passages: list[Passage] = field(default_factory=list)
    annex: list[Passage] = field(default_factory=list)


def split_foot(passages: list[Passage]) -> tuple[list[Passage], Foot]:
    """The body without its foot; a foot begins at "Nơi nhận" or at the signature's first line."""
    at = next((i for i, one in enumerate(passages) if RECIPIENTS.match(one.folded) and len(one.text) < 400), None)
    signature = next(
        (
            i
            for i, one in enumerate(passages)
            if i > 3
            and (AUTHORITY.match(one.text) or TITLES.match(one.text))
            and looks_upper(one.text.split(" - ")[0])
            and len(one.text) < 120
        ),
        None,
    )
    places = [index for index in (at, signature) if index is not None]
    if not places:
        return passages, Foot()
    start = min(places)
    end = next(
        (
            i
            for i in range(start, len(passages))
            if re.match(r"^(?:PHỤ LỤC|Phụ lục|BIỂU|DANH SÁCH)\b", passages[i].text) and i > start
        ),
        len(passages),
    )
    return passages[:start], Foot(passages[start:end], passages[end:])


def recipients_of(foot: Foot) -> list[Found]:
    """Each recipient with its note; entries wrapped over lines or sharing a line are told apart."""
    found: list[Found] = []
    inside, open_entry = False, False
    for passage in foot.passages:
        text, offset = passage.text, 0
        opening = RECIPIENTS.search(passage.folded)
        if opening:
            inside, offset = True, opening.end()
        elif not inside:
            continue
        if not opening and _is_signature(passage):
            open_entry = False
            continue
        for start, end in _entries(_left_of_signature(text), offset):
            entry = text[start:end].strip(" -–—•+;,.")
            if not entry:
                continue
            note_only = NOTE.fullmatch(entry)
            marked = bool(re.match(r"\s*[-–—•+*]", text[start:end])) or passage.level is not None or offset > 0
            if found and (note_only or (open_entry and not marked)):
                found[-1] = _extended(found[-1], entry)
            elif marked or not open_entry:
                found.append(_recipient(passage, entry, start, end))
            open_entry = not text[start:end].rstrip().endswith((";", "."))
            if fold(entry).startswith("luu"):
                inside = inside and not text[:end].rstrip().endswith(".")
    return found


def _entries(text: str, offset: int) -> list[tuple[int, int]]:
    """Offsets of the entries of one line: after each semicolon, and at " - " before a capital."""
    cuts = [offset]
    for match in re.finditer(r";\s*|\s(?=[-–—]\s?[A-ZĐ])", text[offset:]):
        before = text[cuts[-1] : offset + match.start()]
        if match[0].startswith(";") or (
            before.rstrip().endswith((")", ";", ".")) and not fold(before).strip(" -").startswith("luu")
        ):
            cuts.append(offset + match.end())
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _recipient(passage: Passage, entry: str, start: int, end: int) -> Found:
    return passage.found(_split_note(entry), start, end, 0.9)


def _split_note(entry: str) -> dict[str, str | None]:
    note: str | None = None
    if match := NOTE.search(entry):
        note = match["note"].lower()
        note = SHORT_NOTES.get(note, note)
        entry = entry[: match.start()] + entry[match.end() :]
    name = COPIES.sub("", entry).strip(" -–;,.")
    return {"name": re.sub(r"\s+", " ", name), "note": note}


def _extended(before: Found, more: str) -> Found:
    value = _split_note(
        f"{before.value['name']} {more}" + (f" ({before.value['note']})" if before.value["note"] else "")
    )
    return Found(value, f"{before.quote} {more}", before.page, before.line, before.confidence)


def _is_signature(passage: Passage) -> bool:
    return (
        bool(AUTHORITY.match(passage.text) or TITLES.match(passage.text) or PERSON.match(passage.text))
        and passage.level is None
    )


def signers_of(foot: Foot) -> list[Found]:
    """Each who signs: authority (TM., KT. …), title, name or None on an unsigned draft."""
    found: list[Found] = []
    authority: str | None = None
    title: tuple[str, Passage] | None = None
    pending: list[tuple[str | None, str, Passage]] = []
    for passage in foot.passages:
        text = _right_of_recipients(passage.text)
        if match := AUTHORITY.match(text):
            if looks_upper(text):
                authority = f"{match['authority']}."
                rest = match["title"].strip()
                title = (rest, passage) if TITLES.match(rest) and authority != "KT." else title
                if authority in ("TM.", "TL.", "TUQ.", "Q.") and TITLES.match(rest):
                    pending.append((authority, rest, passage))
                    title = None
            continue
        if looks_upper(text) and TITLES.match(text):
            pending.append((authority, text.strip(" .,"), passage))
            authority = None
            continue
        if PERSON.match(text) and pending and passage.level is None:
            found.append(_signer(pending, text, passage))
            pending = []
    if pending:
        found.append(_signer(pending, None, pending[-1][2]))
    return found


def _left_of_signature(text: str) -> str:
    """The recipients where the two columns of the foot were flattened into one line."""
    right = _right_of_recipients(text)
    return text[: len(text) - len(right)] if right != text else text


def _right_of_recipients(text: str) -> str:
    """The title where the two columns of the foot were flattened into one line."""
    match = re.search(
        r"(?:Nơi nhận\s*:?|;|[a-zà-ỹ)]\.)\s+(?=(?:TM|KT|TL|TUQ|Q)\.\s|(?:PHÓ )?GIÁM ĐỐC|(?:PHÓ )?CHỦ TỊCH|BỘ TRƯỞNG)",
        text,
    )
    return text[match.end() :] if match else text


def _signer(pending: list[tuple[str | None, str, Passage]], name: str | None, passage: Passage) -> Found:
    authority = next((one for one, _title, _passage in reversed(pending) if one), None)
    title = pending[-1][1]
    quote = " / ".join(
        [*(f"{one or ''} {words}".strip() for one, words, _passage in pending), *([name] if name else [])]
    )
    line = pending[-1][2].line_at(0)
    value = {"authority": authority, "title": title, "name": name}
    reason = None if name else "Văn bản chưa có tên người ký."
    return Found(value, quote, line.page, line.number, round((0.9 if name else 0.7) * passage.trust, 2), reason)
