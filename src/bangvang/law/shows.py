"""The book printed: counts, one award on a day, differences between two days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bangvang.law.book import Book
from bangvang.law.conditions import AllOf, AnyOf, Ask, Condition, Door, Frame, Meets, Tree
from bangvang.law.explain import frame_of
from bangvang.law.facts import Facts
from bangvang.law.provisions import ASPECTS, Criteria, Prize
from bangvang.law.sources import DECIDING, Days, NoLaw, Provision, Row, cited
from bangvang.law.tallies import base_salary
from bangvang.law.view import View


def leaves(tree: Tree | Door) -> Iterator[Condition]:
    """Every condition that stands below a tree or a door in the book, in order."""
    match tree:
        case Door(requires=parts) | AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Meets():
            yield tree.holds
        case _:
            yield tree


def all_rows(book: Book) -> Iterator[tuple[str, str, Row]]:
    """(award, aspect, row) of the national book and of every local one; aspect of a local row ends in ``@issuer``."""
    for (code, aspect), rows in book.rows.items():
        yield from ((code, aspect, row) for row in rows)
    for issuer, local in book.local.items():
        for (code, aspect), rows in local.rows.items():
            yield from ((code, f"{aspect}@{issuer}", row) for row in rows)


def counts(book: Book) -> dict[str, Any]:
    """What ``check --json`` prints. A fact is a condition, or a row of an aspect, each with its mark."""
    marks: Counter[str] = Counter()
    versions = conditions = 0
    for _, _, row in all_rows(book):
        versions += 1
        if isinstance(row.says, Criteria):
            found = [leaf for door in row.says.doors for leaf in leaves(door)]
            conditions += len(found)
            marks.update(leaf.mark for leaf in found)
        else:
            marks[row.mark] += 1
    marks.update(item.row.mark for item in book.salaries)
    marks.update(item.row.mark for items in book.principles.values() for item in items)
    marks.update(row.mark for row in book.plans.rows)
    marks.update(item.row.mark for items in book.steps.values() for item in items)
    sunsets = sorted({item.sunset for item in book.instruments.values() if item.sunset})
    sure = [year for year, item in book.holidays.items() if item.mark in DECIDING]
    return {
        "instruments": len(book.instruments),
        "awards": len(book.awards),
        "versions": versions,
        "conditions": conditions,
        "facts_by_mark": {mark: marks[mark] for mark in ("V", "V2", "P", "W", "M", "unknown")},
        "holidays_until": f"{max(sure)}-12-31" if sure else None,
        "sunset": sunsets[0].isoformat() if sunsets else None,
        "book": book.digest,
    }


def show(book: Book, code: str, on: date, under: Sequence[str] = ("vn",)) -> dict[str, Any]:
    """Everything that the book says about one award on one day. Raises `NoLaw` for an unknown award."""
    code = book.code_of(code)
    award = book.awards[code]
    days = Days.all_on(on)
    found: dict[str, Any] = {
        "code": code,
        "short": award.short,
        "label": award.label,
        "on": on.isoformat(),
        "under": list(under),
        "criteria": {},
    }
    for subject in ("person", "collective", "household"):
        try:
            provision = book.at(code, "criteria", days, under, subject=subject)
        except NoLaw:
            continue
        frame = frame_of(book, code, on.year, on, subject, under)
        view = View(Facts(subject), on.year, on)
        doors = [_door(door, view, frame) for door in provision.says.doors]
        found["criteria"][subject] = {**_where(provision), "doors": doors}
    for aspect in ASPECTS:
        try:
            provision = book.at(code, aspect, days, under)
        except NoLaw:
            continue
        found[aspect] = {**_where(provision), **_said(provision)}
        if isinstance(provision.says, Prize):
            salary, cite, mark = base_salary(book, on)
            found[aspect] |= {"base_salary": salary, "base_salary_cite": cite, "base_salary_mark": mark}
    found["unread"] = [item.label for item in book.unread(on)]
    found["book"] = book.digest
    return found


def _where(provision: Provision) -> dict[str, Any]:
    row = provision.row
    shown = {
        "cite": cited(provision.cites),
        "mark": provision.mark,
        "source": provision.source,
        "decides": provision.decides,
    }
    if row.delegated_by:
        shown["delegated_by"] = cited(row.delegated_by)
    if row.note:
        shown["note"] = row.note
    return {
        **shown,
        "from": row.valid_from.isoformat(),
        "until": row.valid_until.isoformat() if row.valid_until else None,
    }


def _said(provision: Provision) -> dict[str, Any]:
    assert is_dataclass(provision.says)
    said = {item.name: _plain(getattr(provision.says, item.name)) for item in fields(provision.says)}
    return {"suggested": said} if provision.source == "open" else said


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value


def _door(door: Door, view: View, frame: Frame) -> dict[str, Any]:
    return {"door": door.name, "stream": door.stream, "all_of": [_tree(part, view, frame) for part in door.requires]}


def _tree(tree: Tree, view: View, frame: Frame) -> dict[str, Any]:
    match tree:
        case Meets():
            return {"condition": tree.id, **_tree(tree.spelled_out(frame), view, frame)}
        case AllOf(parts):
            return {"all_of": [_tree(part, view, frame) for part in parts]}
        case AnyOf(parts):
            return {"any_of": [_tree(part, view, frame) for part in parts]}
        case _:
            shown = {
                "condition": tree.id,
                "text": tree.tell(view, frame).text,
                "cite": cited(tree.cites),
                "mark": tree.mark,
            }
            return {**shown, "needs_person": isinstance(tree, Ask) or not tree.decides}


def show_lines(found: dict[str, Any]) -> list[str]:
    """`show` for people."""
    lines = [f"{found['label']} ({found['short']}), ngày {found['on']}, theo {' › '.join(found['under'])}"]
    for subject, criteria in found["criteria"].items():
        lines.append(f"Tiêu chuẩn ({subject}) — {criteria['cite']} [{criteria['mark']}]")
        for door in criteria["doors"]:
            lines.append(f"  Cách xét: {door['door']}")
            lines += [line for part in door["all_of"] for line in _tree_lines(part, "    ")]
    for aspect in ASPECTS:
        if aspect in found:
            row = found[aspect]
            skipped = {"cite", "mark", "source", "from", "until", "decides"}
            said = ", ".join(
                f"{key}: {value}" for key, value in row.items() if key not in skipped and value not in (None, [], False)
            )
            lines.append(f"{aspect} — {said or 'không có'} — {row['cite']} [{row['mark']}, {row['source']}]")
    lines += [f"Chưa nạp: {label}" for label in found["unread"]]
    return lines


def _tree_lines(tree: dict[str, Any], indent: str) -> Iterator[str]:
    for key, head in (("any_of", "Một trong:"), ("all_of", "Tất cả:")):
        if key in tree:
            yield indent + head
            for part in tree[key]:
                yield from _tree_lines(part, indent + "  ")
            return
    yield f"{indent}{tree['text']} — {tree['cite']} [{tree['mark']}]"


def diff(book: Book, code: str, first: date, second: date, under: Sequence[str] = ("vn",)) -> list[dict[str, Any]]:
    """Aspects that differ between two days, with both sides."""
    before, after = show(book, code, first, under), show(book, code, second, under)
    skipped = {"on", "book", "under", "code", "short", "label"}
    return [
        {"aspect": key, "before": before.get(key), "after": after.get(key)}
        for key in dict.fromkeys([*before, *after])
        if key not in skipped and before.get(key) != after.get(key)
    ]
