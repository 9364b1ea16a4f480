"""Reads of initiatives: what is typed, what is missing, which earlier ones are alike, when a supplement is due."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet

from bangvang import vietnamese
from bangvang.honours.findings import the_book
from bangvang.honours.models import Register, Standing
from bangvang.initiatives import similarity
from bangvang.initiatives.models import Initiative
from bangvang.law import calendar
from bangvang.law.tables import Principle
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person

LONGEST = 20_000  # characters of one text
CANDIDATES = 20  # near ones by sketch whose texts are then compared word by word
SHOWN = 3


@dataclass(frozen=True)
class AuthorFields:
    """An author as typed: one of our people by `person`, or a name from outside; `place` is the unit or the address."""

    person: Person | None
    name: str
    place: str
    share: int


@dataclass(frozen=True)
class ApplicationFields:
    """An application as typed; names equal the form's and the columns'."""

    title: str
    field: str
    for_year: int
    first_applied_on: datetime.date | None
    applied_at: str
    before: str
    novelty: str
    effect: str


def fields_of(initiative: Initiative) -> ApplicationFields:
    return ApplicationFields(**{name: getattr(initiative, name) for name in ApplicationFields.__dataclass_fields__})


def text_of(initiative: Initiative) -> str:
    """What is compared: name and the three texts."""
    return "\n".join((initiative.title, initiative.before, initiative.novelty, initiative.effect))


def matching(found: QuerySet[Initiative], *, words: str = "", state: str = "", year: str = "") -> QuerySet[Initiative]:
    """Those of a state and a year whose name or an author's name has all the words; unknown filters change nothing."""
    if state in Initiative.State.values:
        found = found.filter(state=state)
    if year.isdecimal():
        found = found.filter(for_year=int(year))
    for word in vietnamese.search_key(words).split():
        found = found.filter(search_key__contains=word)
    return found


def counted(found: QuerySet[Initiative]) -> dict[str, int]:
    """How many they are, and how many of them recognised."""
    recognised = Q(state=Initiative.State.RECOGNISED)
    return found.order_by().aggregate(count=Count("pk"), recognised=Count("pk", filter=recognised))


def years_of(found: QuerySet[Initiative]) -> list[str]:
    """From the last year to the first."""
    span = found.order_by().aggregate(first=Min("for_year"), last=Max("for_year"))
    return [str(year) for year in range(span["last"], span["first"] - 1, -1)] if span["first"] else []


def missing_parts(initiative: Initiative) -> list[str]:
    """What an application lacks before it can be sent, as sentences' ends."""
    parts = (
        (initiative.before, "mô tả trước khi có sáng kiến"),
        (initiative.novelty, "điểm mới"),
        (initiative.effect, "hiệu quả"),
        (initiative.first_applied_on, "ngày áp dụng lần đầu"),
        (initiative.applied_at, "nơi áp dụng"),
    )
    missing = [words for value, words in parts if not value]
    shares = sum(author.share for author in initiative.authors.all())
    if shares != 100:
        missing.append(f"tỷ lệ đóng góp cộng đủ 100 % (đang là {shares} %)")
    files = [row.file for row in initiative.exhibits.select_related("file")]
    missing += [
        f"tệp dùng được thay cho “{file.name}” ({file.get_state_display().lower()})"
        for file in files
        if file.state != StoredFile.State.USABLE
    ]
    return missing


@dataclass(frozen=True)
class Likeness:
    """An earlier initiative, the passages it has in common with this one, and their share of this one's words in percent."""

    initiative: Initiative
    passages: tuple[similarity.Passage, ...]
    share: int


def alike(initiative: Initiative, among: QuerySet[Initiative]) -> list[Likeness]:
    """The nearest ones sent before this one (all that were sent, while this one was not), most common words first.

    `among` must be what the reader may see. Two questions to the database however many there are.
    """
    earlier = among.filter(submitted_on__isnull=False).exclude(pk=initiative.pk)
    if initiative.submitted_on is not None:
        earlier = earlier.filter(
            Q(submitted_on__lt=initiative.submitted_on) | Q(submitted_on=initiative.submitted_on, pk__lt=initiative.pk)
        )
    text = text_of(initiative)
    sketches = list(earlier.order_by("pk").values_list("pk", "sketch"))
    near = [pk for pk, _ in similarity.nearest(similarity.sketch(text), sketches, most=CANDIDATES)]
    found = []
    for other in Initiative.objects.filter(pk__in=near).select_related("unit").order_by("pk"):
        if shared := similarity.passages(text, text_of(other)):
            found.append(Likeness(other, tuple(shared), similarity.share_of(shared, text)))
    return sorted(found, key=lambda one: -one.share)[:SHOWN]


def after_working_days(start_on: datetime.date, count: int) -> datetime.date:
    """The last of so many working days after a day, by the law book's list of public holidays."""
    last, _ = calendar.after_working_days(the_book(), start_on, count)
    return last


def working_days_left(today: datetime.date, last: datetime.date) -> int:
    """Working days from tomorrow to the last day, 0 on it and after it."""
    return calendar.working_days_left(the_book(), today, last)


AWARDED = (Register.TITLES, Register.AWARDS)


def uses(initiative: Initiative, facts: QuerySet[Standing]) -> list[Standing]:
    """The awards of its authors that rest on it, as the decision's findings told the ledger. `facts` must be what the reader
    may see."""
    persons = initiative.authors.filter(person__isnull=False).values("person")
    told = facts.filter(person__in=persons, register__in=AWARDED, initiatives_used__contains=initiative.title)
    rows = told.select_related("entry").order_by("year", "entry__seq")
    return [row for row in rows if initiative.title in (row.initiatives_used or "").splitlines()]


def principle(name: str, on: datetime.date) -> Principle | None:
    """What the law book says under a name on a day, with citation and mark; None when it says nothing."""
    return the_book().principle(name, on)
