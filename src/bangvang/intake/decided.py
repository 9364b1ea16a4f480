"""A decision that was read, in the shape of a list: fixed columns, what it says once, its people as rows. Nothing is repaired."""

from collections.abc import Iterator, Mapping
from typing import Any

from bangvang.honours.findings import award_label, the_book

Draft = Mapping[str, Any]
COLUMNS = (
    ("TT", "number"), ("Đối tượng", "subject"), ("Ông, Bà", "honorific"), ("Họ và tên, tên tập thể", "name"),
    ("Chức vụ", "title"), ("Đơn vị", "unit"), ("Danh hiệu, hình thức", "award"), ("Câu trong văn bản", ""),
)  # fmt: skip
SUBJECTS = {"collective": "Tập thể", "individual": "Cá nhân", "household": "Hộ gia đình"}
SURE, ASK_BELOW = 0.98, 0.5
SHOWN = {"number": "Số", "date": "Ngày", "agency": "Cơ quan", "title": "Về việc", "place": "Địa danh"}


def head_of(draft: Draft) -> dict[str, Any]:
    """The head of the only list of a decision (as roster.Head), with what stands beside it under "decision"."""
    rows = list(raws_of(draft))
    return {
        "sheet": 0,
        "name": "Danh sách trong quyết định",
        "rows": [],
        "columns": [
            {"at": at, "title": title, "meaning": meaning, "confidence": SURE if meaning else 0.0}
            for at, (title, meaning) in enumerate(COLUMNS)
        ],
        "titles": [],
        "defaults": defaults_of(draft),
        "samples": [cells for _, _, _, cells in rows[:3]],
        "decision": {
            "values": [_shown(label, draft[name]) for name, label in SHOWN.items()],
            "signer": [_signer(item) for item in draft["signer"]],
            "counts": [
                {"text": item["value"]["text"], "where": item["value"]["where"] or "", "quote": item["quote"] or ""}
                for item in draft["counts"]
            ],
            "warnings": [one["message"] for one in draft["warnings"]],
            "rows": len(rows),
        },
    }


def defaults_of(draft: Draft) -> dict[str, str]:
    """Number, day and issuer, where the reader is sure enough; a person types the others."""
    agency = draft["agency"]
    said = {
        "paper_number": _sure(draft["number"]),
        "paper_on": _sure(draft["date"]),
        "issuer": agency["value"]["name"] if agency["value"] and agency["confidence"] >= ASK_BELOW else "",
    }
    return {name: value for name, value in said.items() if value}


def raws_of(draft: Draft) -> Iterator[tuple[int, int, str, list[str]]]:
    """The rows of the list as staging takes them: sheet, number, section, cells in the order of COLUMNS."""
    for number, row in enumerate(draft["rows"], start=1):
        award = row["award"] or {}
        cells = [
            row["ordinal"] or "",
            SUBJECTS.get(row["subject"] or "", ""),
            row["honorific"] or "",
            row["name"] or "",
            row["title"] or "",
            row["unit"] or "",
            award_label(award["code"]) if award.get("code") in the_book().awards else "",
            row["quote"] or "",
        ]
        yield 0, number, "", [str(cell) for cell in cells]


def _sure(found: Mapping[str, Any]) -> str:
    return str(found["value"]) if found["value"] and found["confidence"] >= ASK_BELOW else ""


def _shown(label: str, found: Mapping[str, Any]) -> dict[str, Any]:
    value = found["value"]
    words = value["name"] if isinstance(value, Mapping) else value
    return {
        "label": label,
        "value": words or "",
        "quote": found["quote"] or "",
        "reason": found["reason"] or "",
        "is_sure": bool(value) and found["confidence"] >= ASK_BELOW,
    }


def _signer(item: Mapping[str, Any]) -> str:
    value = item["value"]
    return " ".join(part for part in (value["authority"], value["title"], value["name"]) if part)
