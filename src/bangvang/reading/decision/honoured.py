"""The list of the honoured: rows of tables and items of lists, below headings that say for whom and which award."""

import re
from dataclasses import dataclass, field, replace

from bangvang.reading.decision.articles import POSTHUMOUS, award_of_cell, awards_in, count_listed
from bangvang.reading.decision.columns import Columns, heading, numbers_the_columns
from bangvang.reading.decision.draft import Award, Honoured
from bangvang.reading.decision.people import (
    HOUSEHOLD,
    Entry,
    amount_in,
    entry_of,
    starts_with_body,
    title_and_unit,
    without_honorific,
)
from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.passages import MARKER, Passage
from bangvang.reading.text_cleaning import fold, looks_upper

ORDINAL = re.compile(r"^\(?(\d{1,4})[.)]?$")
ROMAN = re.compile(r"^(?:[IVX]{1,5}|[A-HĐ])[.)/]?$")
ITEM_LEVELS = ("number", "bracket", "letter", "dash", "plus", "deep")
SUBJECTS = {"tap the": "collective", "ca nhan": "individual", "ho gia dinh": "household"}
SUBJECT_HEAD = re.compile(
    r"^(?:(?:danh sach|doi voi|ve|khen thuong)\s)?(?:cac\s)?(?P<what>tap the|ca nhan|ho gia dinh)"
    r"(?P<more>(?:,? (?:va )?(?:tap the|ca nhan|ho gia dinh))*)\s*"
    r"(?:[:(]?\s*(?P<count>\d{1,4})\s*(?:tap the|ca nhan|ho|nguoi|don vi|ho gia dinh)?\s*\)?\s*)?(?P<end>[:.]|$)"
)
TOTAL = re.compile(r"^(?:tong cong|tong so|tong|cong)\b")
LIST_HEAD = re.compile(r"^(?:phu luc|danh sach|bieu)\b")
DEAD = re.compile(r"\s*\((?:đã mất|đã hy sinh|truy tặng|đã từ trần)\)", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """A heading that says how many stand below it."""

    said: Found
    first: int  # index of the first row below it
    last: int | None = None


@dataclass(slots=True)
class ListReader:
    """Reads passages one after the other; `rows`, `counts`, `sections` and `totals` are what it found."""

    issuer: str | None
    known: list[Award]
    award: Award | None = None
    subject: str | None = None
    group: str | None = None
    columns: Columns | None = None
    rows: list[Honoured] = field(default_factory=list)
    counts: list[Found] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    totals: list[tuple[int, Passage]] = field(default_factory=list)
    _after_heading: bool = False

    def read(self, passage: Passage, *, confidence: float = 0.85) -> None:
        """Take in one passage of a list."""
        if passage.source == "row":
            self._read_row(passage)
        else:
            self._read_words(passage, confidence)

    def close(self) -> None:
        """The list ends here: the last heading's rows are complete."""
        if self.sections and self.sections[-1].last is None:
            self.sections[-1].last = len(self.rows)

    # ── rows of a table ──

    def _read_row(self, passage: Passage) -> None:
        cells = [cell.strip() for cell in passage.text.split("|")]
        filled = [cell for cell in cells if cell]
        if not filled or numbers_the_columns(cells):
            return
        columns = heading(cells)
        if columns is not None:
            self.columns, self._after_heading = columns, True
            self.subject = columns.subject or self.subject
            return
        after_heading, self._after_heading = self._after_heading, False
        if TOTAL.match(fold(filled[0])):
            self._total(passage, filled)
        elif len(filled) == 1 or (ROMAN.match(cells[0]) and not self._person_in(cells)):
            self._heading(passage, filled[-1] if len(filled) == 1 else filled[1], in_table=True)
        elif after_heading and not ORDINAL.match(cells[0]) and not self._name_cell(cells):
            self._after_heading = True  # the second line of a heading of two
        else:
            self._add_row(passage, cells)

    def _person_in(self, cells: list[str]) -> bool:
        """Whether a row with a letter or Roman number is a recipient after all: it has a title, a unit or money."""
        return len([cell for cell in cells[2:] if cell and amount_in(cell) is None]) > 0

    def _name_cell(self, cells: list[str]) -> str:
        return self.columns.cell(cells, "name") if self.columns else ""

    def _add_row(self, passage: Passage, cells: list[str]) -> None:
        columns = self.columns
        sure = columns is not None and len(cells) >= len(columns.roles) - 1
        if columns is None or not sure:
            columns = _guessed(cells)
        name = columns.cell(cells, "name")
        ordinal = ORDINAL.match(columns.cell(cells, "ordinal"))
        if not ordinal and self.rows and _carries_on(columns, cells, name):
            self._continue_last(passage, cells, columns)
            return
        if not name or (not ordinal and columns.cell(cells, "ordinal")):
            return
        entry = _entry(name, columns, cells)
        award = self._resolved(award_of_cell(columns.cell(cells, "award"), self.issuer)) or self._award_of(passage)
        if DEAD.search(name) and award:
            award = replace(award, posthumous=True)
        line = passage.line_at(0)
        self.rows.append(
            Honoured(
                entry.name,
                passage.text,
                line.page,
                line.number,
                (0.93 if sure else 0.7) * passage.trust,
                ordinal=ordinal[1] if ordinal else None,
                subject=self._subject_of(entry),
                honorific=entry.honorific,
                title=entry.title,
                unit=entry.unit or (self.group if entry.is_person else None),
                award=award,
                amount=amount_in(columns.cell(cells, "amount"), columns.money),
                reason=None if award else "Không rõ hình thức khen thưởng của dòng này.",
            )
        )

    def _continue_last(self, passage: Passage, cells: list[str], columns: Columns) -> None:
        """A row without number and name carries on the cells of the one above (a cell wrapped, a page turned)."""
        last = self.rows[-1]
        more = {role: columns.cell(cells, role) for role in ("name", "title", "unit", "title_unit")}
        if more["title_unit"]:
            together = " ".join(
                part for part in (", ".join(filter(None, (last.title, last.unit))), more["title_unit"]) if part
            )
            title, unit = title_and_unit(together)
        else:
            title = f"{last.title or ''} {more['title']}".strip() or None
            unit = f"{last.unit or ''} {more['unit']}".strip() or None
        self.rows[-1] = replace(
            last,
            name=f"{last.name} {more['name']}".strip(),
            title=title,
            unit=unit,
            quote=f"{last.quote} {passage.text}",
            confidence=min(last.confidence, 0.65),
        )

    def _total(self, passage: Passage, filled: list[str]) -> None:
        self.counts += count_listed(passage, None)
        amount = amount_in(filled[-1], self.columns.money if self.columns else 1) if len(filled) > 1 else None
        if amount:
            self.totals.append((amount, passage))

    # ── items and headings in words ──

    def _read_words(self, passage: Passage, confidence: float) -> None:
        folded = passage.folded
        counted = count_listed(passage, self.award) if not LIST_HEAD.match(folded) or "gom" in folded else []
        if counted or TOTAL.match(folded):
            self.counts += counted
            return
        if re.match(r"^\(?(?:kem theo|ban hanh kem)", folded):
            return
        if self._is_heading(passage):
            self._heading(passage, passage.body, in_table=False, confidence=confidence)
        elif passage.level in ITEM_LEVELS:
            self._add_entry(passage, passage.body, confidence)

    def _is_heading(self, passage: Passage) -> bool:
        body = passage.body
        if LIST_HEAD.match(passage.folded) or SUBJECT_HEAD.match(fold(body)):
            return True
        if passage.level == "roman" or (len(passage.marker) == 1 and passage.marker.isupper()):
            return True
        if re.match(r"^[A-HĐ]\s*[.)/-]\s*\S", passage.text):
            return True
        if not (looks_upper(body) or body.rstrip().endswith(":")) or len(body) > 300:
            return False
        entry = entry_of(body)
        return passage.level not in ITEM_LEVELS or bool(awards_in(fold(body), None)) or entry is None

    def _heading(self, passage: Passage, words: str, *, in_table: bool, confidence: float = 0.85) -> None:
        """For whom and which award stands below; a heading that says neither names the unit of those below it."""
        words = re.sub(r"^[A-HĐ]\s*[.)/-]\s*(?=\S)", "", words)
        marked = MARKER.match(words)
        words = words[marked.end() :] if marked else words
        folded = fold(words)
        named = awards_in(folded, self.issuer)
        subject = SUBJECT_HEAD.match(folded)
        kinds = [kind for kind in SUBJECTS if re.search(rf"\b{kind}\b", folded)] if not subject else []
        whole_list = LIST_HEAD.match(folded)
        if named:
            posthumous = named[0][2].posthumous or bool(POSTHUMOUS.search(folded))
            self.award = self._resolved(replace(named[0][2], posthumous=posthumous))
            self.subject = SUBJECTS[kinds[0]] if len(kinds) == 1 and "lao dong" not in folded[:40] else None
            self.group = None
            if len({award.code for _s, _e, award in named}) > 1:
                self.award = None
        if subject:
            self.close()
            self.subject = None if subject["more"] else SUBJECTS[subject["what"]]
            self.group = None
            if subject["count"] and self.subject:
                value = {
                    "text": words[subject.start("what") : subject.end("count")],
                    "number": int(subject["count"]),
                    "what": self.subject,
                    "award": self.award.as_json() if self.award else None,
                    "posthumous": bool(self.award and self.award.posthumous),
                    "where": "Danh sách",
                }
                said = passage.found(value, 0, None, 0.85)
                self.counts.append(said)
                self.sections.append(Section(said, len(self.rows)))
            rest = words[subject.end() :].strip()
            if subject["end"] == ":" and rest and not in_table:
                for part in re.split(r";\s*", rest):
                    self._add_entry(passage, part, confidence - 0.1)
        elif whole_list and len(kinds) == 1 and not named:
            self.subject = SUBJECTS[kinds[0]]
        elif not named and not whole_list and in_table:
            self.group = words.strip(" :.") if starts_with_body(words.title() if words.isupper() else words) else None

    def _add_entry(self, passage: Passage, words: str, confidence: float) -> None:
        ordinal = ORDINAL.match(passage.marker) if words == passage.body else None
        entry = entry_of(words)
        if entry is None:
            return
        award = self._award_of(passage)
        money = re.search(r"\d[\d.]*\s*(?:đồng|đ\b)", entry.unit or "")
        line = passage.line_at(0)
        self.rows.append(
            Honoured(
                entry.name,
                words.strip(),
                line.page,
                line.number,
                confidence * passage.trust,
                ordinal=ordinal[1] if ordinal else None,
                subject=self._subject_of(entry),
                honorific=entry.honorific,
                title=entry.title,
                unit=entry.unit[: money.start()].strip(" ,:-–") or None if money and entry.unit else entry.unit,
                award=award,
                amount=amount_in(money[0]) if money else None,
                reason=None if award else "Không rõ hình thức khen thưởng của dòng này.",
            )
        )

    # ── for whom, which award ──

    def _subject_of(self, entry: Entry) -> str | None:
        if entry.household:
            return "household"
        if self.subject:
            return self.subject
        return "individual" if entry.is_person else "collective"

    def _award_of(self, passage: Passage) -> Award | None:
        if self.award:
            return self.award
        return self.known[0] if len(self.known) == 1 else None

    def _resolved(self, award: Award | None) -> Award | None:
        """The award of the articles that these words mean: a list says "GIẤY KHEN" where the article names the giver."""
        if award is None:
            return None
        same = [one for one in self.known if (one.code, one.level) == (award.code, award.level)]
        return next((one for one in same if one.posthumous == award.posthumous), same[0] if len(same) == 1 else award)


def _carries_on(columns: Columns, cells: list[str], name: str) -> bool:
    """Whether a row without a number goes on with the one above: a cell wrapped, or a page turned inside it."""
    if columns.cell(cells, "ordinal") or "ordinal" not in columns.roles:
        return False
    return not name or not (columns.cell(cells, "title") or without_honorific(name)[0])


def _guessed(cells: list[str]) -> Columns:
    """Columns without a heading: number, name, then title and unit, money last."""
    roles = [""] * len(cells)
    at = 0
    if ORDINAL.match(cells[0]):
        roles[0], at = "ordinal", 1
    if at < len(cells) and fold(cells[at]).strip(".") in ("ong", "ba", "dong chi") and at + 1 < len(cells):
        roles[at] = "honorific"
        at += 1
    if at < len(cells):
        roles[at] = "name"
    rest = list(range(at + 1, len(cells)))
    if rest and amount_in(cells[rest[-1]]) is not None and not re.search(r"[^\d\s.,đồng]", cells[rest[-1]]):
        roles[rest.pop()] = "amount"
    for index, role in zip(rest, ("title_unit",) if len(rest) == 1 else ("title", "unit"), strict=False):
        roles[index] = role
    return Columns(roles)


def _entry(name: str, columns: Columns, cells: list[str]) -> Entry:
    name = DEAD.sub("", name)
    household = bool(HOUSEHOLD.match(name))
    honorific, name = without_honorific(HOUSEHOLD.sub("", name))
    said = columns.cell(cells, "honorific").strip(" .")
    if said:
        honorific = said[0].upper() + said[1:]
    title, unit = columns.cell(cells, "title") or None, columns.cell(cells, "unit") or None
    both = columns.cell(cells, "title_unit")
    if both:
        title, unit = title_and_unit(both)
    elif honorific and "," in name:  # name and title share one cell
        inner = entry_of(f"{honorific} {name}")
        if inner:
            name, title, unit = inner.name, title or inner.title, unit or inner.unit
    return Entry(name.strip(" .,;"), honorific, title, unit, household)
