"""What a unit may sign up for, and a pasted list read row by row against its people."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bangvang import vietnamese
from bangvang.law import book
from bangvang.movements.models import Movement, Registration
from bangvang.movements.proposals import codes_in
from bangvang.people.models import Person
from bangvang.people.queries import staff_of

UNIT_WORDS = {"tap the", "don vi", "ca phong"}
HEAD_WORDS = {"ho ten", "ho va ten"}
BIRTH_YEAR = re.compile(r"^(?P<name>.*?)\s*\(?(?P<year>(?:19|20)\d\d)\)?$")


@cache
def _book() -> book.Book:
    return book.load()


def label_of_award(code: str) -> str:
    """The law book's name of an award; a code that it does not know stays as it is."""
    award = _book().awards.get(code)
    return award.label if award else code


def awards_open(movement: Movement, *, collective: bool) -> list[tuple[str, str]]:
    """(code, label) of the yearly titles and of the awards that the plan offers, for a person or for the unit."""
    known = _book()
    subject = "criteria:collective" if collective else "criteria:person"
    offered = [
        code for offer in movement.awards.all() for code in ([offer.award] if offer.award else codes_in(offer.text))
    ]
    planned = [code for code in known.awards if any(code == one or code.startswith(f"{one}_") for one in offered)]
    yearly = [code for code, award in known.awards.items() if award.kind == "title"]
    codes = dict.fromkeys(code for code in (*yearly, *planned) if (code, subject) in known.rows)
    return [(code, known.label_of(code)) for code in codes]


@dataclass(frozen=True)
class PastedRow:
    """One row of a pasted list: as written, and what it was understood as. `trouble` empty: it can be registered.

    `person` None with `is_unit` is the unit itself; `namesakes` are asked about by birth year.
    """

    number: int
    name: str
    award_words: str
    target: str
    person: Person | None = None
    is_unit: bool = False
    award: str = ""
    namesakes: tuple[Person, ...] = ()
    trouble: str = ""


def pasted(
    text: str, registration: Registration, *, day: datetime.date, chosen: Mapping[int, str] | None = None
) -> list[PastedRow]:
    """Rows of name, title and target, separated by tabs as Excel copies them. `chosen`: code of the person by row number."""
    people = [duty.person for duty in staff_of(registration.unit, on=day)]
    taken = {(line.person_id, line.award) for line in registration.lines.all()}
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [vietnamese.clean(cell) for cell in line.split("\t")]
        if not any(cells) or vietnamese.search_key(cells[0]) in HEAD_WORDS:
            continue
        row = _row(number, [*cells, "", ""][:3], registration, people, (chosen or {}).get(number, ""))
        place = (row.person.pk if row.person else None, row.award)
        if not row.trouble and place in taken:
            row = _with_trouble(row, "Danh hiệu này đã đăng ký rồi.")
        elif not row.trouble:
            taken.add(place)
        rows.append(row)
    return rows


def _with_trouble(row: PastedRow, words: str) -> PastedRow:
    return PastedRow(
        row.number, row.name, row.award_words, row.target, row.person, row.is_unit, row.award, row.namesakes, words
    )


def _row(number: int, cells: list[str], registration: Registration, people: list[Person], chosen: str) -> PastedRow:
    name, award_words, target = cells
    unit = registration.unit
    is_unit = not name or vietnamese.search_key(name) in {*UNIT_WORDS, unit.search_key}
    found = [] if is_unit else _people_named(name, people)
    namesakes = tuple(found) if len(found) > 1 else ()
    meant = [one for one in found if one.code == chosen] if namesakes else found
    person = meant[0] if meant else None
    award = _award_named(award_words, awards_open(registration.movement, collective=is_unit))
    trouble = ""
    if not is_unit and not found:
        trouble = f"Không có ai tên “{name}” đang công tác ở {unit.name}."
    elif namesakes and person is None:
        years = " hay ".join(str(one.birth_year or "chưa rõ năm") for one in namesakes)
        trouble = f"“{name}” có {len(namesakes)} người cùng tên. Chọn theo năm sinh: {years}?"
    elif not award:
        whom = "tập thể" if is_unit else "cá nhân"
        trouble = f"“{award_words}” không có trong các danh hiệu, hình thức mở cho {whom}."
    return PastedRow(number, name or unit.name, award_words, target, person, is_unit, award, namesakes, trouble)


def _people_named(name: str, people: list[Person]) -> list[Person]:
    """The people of that name; the very diacritics that were typed win; a year after the name tells namesakes apart."""
    year = BIRTH_YEAR.match(name)
    if year and year["name"]:
        wanted = int(year["year"])
        return [person for person in _people_named(year["name"], people) if person.birth_year == wanted]
    same = [person for person in people if person.search_key == vietnamese.search_key(name)]
    exact = [person for person in same if person.full_name.casefold() == name.casefold()]
    return exact or same


def _award_named(words: str, choices: list[tuple[str, str]]) -> str:
    """The code of an award by its label, its short name or the way plans write it; empty when none or several fit."""
    key = vietnamese.search_key(words)
    exact = [
        code for code, label in choices if key in {vietnamese.search_key(label), _book().awards[code].short.lower()}
    ]
    if exact:
        return exact[0]
    codes = [code for code in codes_in(words) if code in dict(choices)]
    return codes[0] if len(codes) == 1 else ""
