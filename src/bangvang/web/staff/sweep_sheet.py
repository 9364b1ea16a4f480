"""What the page of a sweep shows: what was asked, one bar for each award, one row for each subject, five years of one award."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.http import QueryDict

from bangvang.dossiers.models import Nomination
from bangvang.dossiers.queries import proposals
from bangvang.honours.findings import award_label, code_of, first_year, the_book
from bangvang.honours.lists import judge_list
from bangvang.honours.models import Register, Standing
from bangvang.honours.planes import ONE_SHORT, Swept, people_of, sweep, sweep_units
from bangvang.law.exact import months_after
from bangvang.law.explain import MET, MISSING_DATA, NEEDS_PERSON, NOT_MET
from bangvang.people.models import Duty, Person, Unit
from bangvang.web.ui.asked import year_and_day
from bangvang.web.ui.verdicts import verdict_of

CHIPS = {
    MET: ("ok", "Đạt"),
    ONE_SHORT: ("warn", "Thiếu 1"),
    MISSING_DATA: ("unknown", "Thiếu dữ liệu"),
    NEEDS_PERSON: ("human", "Cần người xem"),
    NOT_MET: ("bad", "Chưa"),
}
OUTCOMES = {  # in the address → words, classes
    "dang-xem": ("Đạt, thiếu 1, chưa rõ", (MET, ONE_SHORT, MISSING_DATA, NEEDS_PERSON)),
    "dat": ("Chỉ đạt", (MET,)),
    "thieu-1": ("Chỉ thiếu đúng 1 điều kiện", (ONE_SHORT,)),
    "thieu-du-lieu": ("Chỉ thiếu dữ liệu", (MISSING_DATA,)),
    "can-nguoi-xem": ("Chỉ cần người xem", (NEEDS_PERSON,)),
    "tat-ca": ("Tất cả", (MET, ONE_SHORT, MISSING_DATA, NEEDS_PERSON, NOT_MET)),
}
KEY = (
    ("ok", "Đạt"), ("may", "Chưa rõ: thiếu dữ liệu hoặc cần người xem"),
    ("near", "Thiếu đúng 1 điều kiện"), ("not", "Chưa đạt"),
)  # fmt: skip
SUBJECTS = {"ca-nhan": "Cá nhân", "tap-the": "Tập thể"}
MOST_COLUMNS = 5
YEARS_OF_CHART = 5


@dataclass(frozen=True)
class Asked:
    """The question as the address puts it; what cannot be read falls back and is said in `problem`."""

    year: int
    on: datetime.date
    subject: str = "ca-nhan"
    award: str = ""
    unit: str = ""
    outcome: str = "dang-xem"
    problem: str = ""

    @classmethod
    def read(cls, given: QueryDict, today: datetime.date) -> "Asked":
        year, on, problem = year_and_day(given, today)
        subject = given.get("doi-tuong", "")
        outcome = given.get("ket-qua", "")
        return cls(
            year,
            on,
            subject if subject in SUBJECTS else "ca-nhan",
            given.get("hinh-thuc", ""),
            given.get("don-vi", ""),
            outcome if outcome in OUTCOMES else "dang-xem",
            problem,
        )


@dataclass(frozen=True)
class Bar:
    """One award: how many in each class, where each stretch of the bar begins, and what a ratio cap leaves room for."""

    code: str
    label: str
    met: int
    unclear: int
    short: int
    no: int
    cap: str = ""

    @property
    def stretches(self) -> list[tuple[str, int, int]]:
        """(colour, start, length) of the stripe, in subjects."""
        parts, start = [], 0
        for colour, length in (("ok", self.met), ("may", self.unclear), ("near", self.short), ("not", self.no)):
            if length:
                parts.append((colour, start, length))
            start += length
        return parts


@dataclass(frozen=True)
class Row:
    """One subject of the list: chips of the shown awards, the one step that lacks, whether somebody nominated."""

    subject: Person | Unit
    place: str
    classes: Mapping[str, str]
    chips: tuple[tuple[str, str], ...] = ()
    step: str = ""
    is_nominated: bool = False


class Sheet:
    """A sweep as its page and its Excel file show it."""

    def __init__(self, asked: Asked, units: QuerySet[Unit]) -> None:
        chosen = [unit for unit in units if not asked.unit or unit.code == asked.unit]
        self.asked, self.units = asked, chosen
        if asked.subject == "tap-the":
            standing = [unit for unit in chosen if unit.valid_from.year <= asked.year and unit.is_valid_on(asked.on)]
            self.swept = sweep_units(standing, year=asked.year, on=asked.on)
        else:
            self.swept = sweep(people_of(chosen, asked.year, asked.on), year=asked.year, on=asked.on)
        self.nominated = set(_nominated(self.swept, Nomination.objects.filter(for_year=asked.year, withdrawn_on=None)))
        self.listed_lines = _nominated(self.swept, proposals(asked.year))
        self.award = asked.award if asked.award in self.swept.awards else ""
        self._rows = self._listed()

    @property
    def noun(self) -> str:
        return "tập thể" if self.asked.subject == "tap-the" else "người"

    @property
    def total(self) -> int:
        return len(self.swept.subjects)

    @property
    def listed(self) -> int:
        return len(self._rows)

    @property
    def bars(self) -> list[Bar]:
        found = self.swept
        return [
            Bar(
                code,
                award_label(code),
                found.count(code, MET),
                found.count(code, MISSING_DATA, NEEDS_PERSON),
                found.count(code, ONE_SHORT),
                found.count(code, NOT_MET),
                self._cap(code),
            )
            for code in found.awards
        ]

    def _cap(self, code: str) -> str:
        """ "n candidates for k places", and the finding of the list once it is longer than the places."""
        facts = dict(enumerate(self.swept.facts))
        listed = judge_list(
            code, facts, self.listed_lines, year=self.asked.year, on=self.asked.on, under=self.swept.under
        )
        if listed is None or not (listed.base or any(award == code for _, award in self.listed_lines)):
            return ""
        found = listed.found
        places = "" if found.places is None else f" cho {found.places} chỗ"
        counted = f", tính trên số người đạt hoặc được đề nghị “{listed.counted}”" if listed.counted else ""
        head = f"{self.swept.count(code, MET)} {self.noun} đủ điều kiện{places}{counted}"
        return " ".join(part for part in (f"{head}: {found.text}", found.remark, f"Theo {found.cite}.") if part)

    @property
    def waiting(self) -> tuple[str, int]:
        """The award with the most who meet it and whom nobody nominated, and how many they are."""
        counts = [
            (sum((place, code) not in self.nominated for place in self.swept.places(code, MET)), code)
            for code in ([self.award] if self.award else self.swept.awards)
        ]
        count, code = max(counts, key=lambda entry: entry[0], default=(0, ""))
        return (award_label(code), count) if code else ("", 0)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """(code, label) of the awards that the list has a column for: the asked one, or those with somebody near."""
        if self.award:
            return [(self.award, award_label(self.award))]
        near = [
            code for code in self.swept.awards if self.swept.count(code, MET, ONE_SHORT, MISSING_DATA, NEEDS_PERSON)
        ]
        return [(code, award_label(code)) for code in near[:MOST_COLUMNS]]

    def _listed(self) -> list[tuple[int, Row]]:
        """(place, row) of those asked for; nearest first: one step short and not nominated, then as officials sort."""
        codes = [code for code, _ in self.columns]
        wanted = OUTCOMES[self.asked.outcome][1]
        places = sorted({place for code in codes for place in self.swept.places(code, *wanted)})
        where = _where(self.swept.subjects, self.asked.on)
        rows = []
        for place in places:
            subject, classes = self.swept.subjects[place], self.swept.classes_of(place)
            nominated = any((place, code) in self.nominated for code in codes)
            chips = tuple(CHIPS[classes[code]] for code in codes)
            rows.append((place, Row(subject, where.get(subject.pk, ""), classes, chips, "", nominated)))
        rows.sort(
            key=lambda entry: (ONE_SHORT not in [entry[1].classes[code] for code in codes], entry[1].is_nominated)
        )
        return rows

    def rows(self, first: int = 0, count: int | None = None) -> list[Row]:
        """Some of the listed rows, with the one step of each in words."""
        some = self._rows[first : None if count is None else first + count]
        return [replace(row, step=self._step(place, row)) for place, row in some]

    def _step(self, place: int, row: Row) -> str:
        """What lacks for the first award that is one condition away, and how many others are."""
        short = [code for code, _ in self.columns if row.classes[code] == ONE_SHORT]
        if not short:
            return ""
        sentence = verdict_of(self.swept.judged(place)[short[0]], ()).sentence
        if self.award:
            return sentence
        more = f" Và {len(short) - 1} hình thức khác." if len(short) > 1 else ""
        return f"{award_label(short[0])}: {sentence[:1].lower()}{sentence[1:]}{more}"

    @property
    def provisional(self) -> bool:
        """A law in force is not loaded: every answer follows the rules before it."""
        return any(self.swept.plan.unread.values())


def _nominated(swept: Swept, lines: QuerySet[Nomination]) -> list[tuple[int, str]]:
    """(place, award) of the lines that are about the swept."""
    place = {subject.pk: place for place, subject in enumerate(swept.subjects)}
    of_people = bool(swept.subjects) and isinstance(swept.subjects[0], Person)
    about = "person_id" if of_people else "unit_id"
    found = lines.filter(**{f"{about}__isnull": False}).order_by("pk").values_list(about, "award")
    return [(place[key], code_of(award)) for key, award in found if key in place]


def _where(subjects: Sequence[Person | Unit], on: datetime.date) -> dict[int, str]:
    """Birth year and unit on the day, to tell two namesakes apart."""
    persons = {subject.pk: subject for subject in subjects if isinstance(subject, Person)}
    words: dict[int, str] = {}
    duties = Duty.objects.as_of(on).filter(person__in=list(persons)) if len(persons) < 5000 else Duty.objects.as_of(on)
    for person_id, unit in duties.order_by("-rank", "pk").values_list("person_id", "unit__name"):
        if person_id in persons:
            words[person_id] = unit
    for key, person in persons.items():
        born = [f"sinh {person.birth_year}"] if person.birth_year else []
        words[key] = " · ".join([*born, *([words[key]] if key in words else [])])
    return words


@dataclass(frozen=True)
class YearPoint:
    """One year of the chart: how many meet the award by the records, and how many hold it."""

    year: int
    met: int
    held: int


def five_years(award: str, asked: Asked, units: Sequence[Unit]) -> list[YearPoint]:
    """The last years of one award in these units, each seen on the same day of its round: who met it, who was given it."""
    points = []
    for year in range(max(first_year(), asked.year - YEARS_OF_CHART + 1), asked.year + 1):
        on = months_after(asked.on, 12 * (year - asked.year))
        people = people_of(units, year, on)
        kinds = [award, the_book().awards[award].short]
        held = Standing.objects.filter(
            person__in=people, year=year, kind__in=kinds, register__in=[Register.TITLES, Register.AWARDS]
        )
        met = sweep(people, year=year, on=on).count(award, MET)
        points.append(YearPoint(year, met, held.values("person_id").distinct().count()))
    return points
