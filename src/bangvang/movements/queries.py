"""Reads of movements: the plan by section, what it still lacks, numbers already given, search without diacritics."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet

from bangvang import vietnamese
from bangvang.movements.fields import PlannedAward, PlannedMilestone, Superior
from bangvang.movements.models import Movement, PlanLine, PlanReview, Registration, RollOut
from bangvang.movements.proposals import FIELDS, proposals
from bangvang.people.models import Unit


@dataclass(frozen=True)
class PlanFields:
    """A plan as typed: names equal the form's. Lists hold one item each; recipients are (name, note).

    `superior` is the document of a superior that the movement answers, `superior_code` that superior's movement where it
    stands in this installation; at most one of the two.
    """

    title: str
    theme: str
    kind: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    end_condition: str
    level: str = Movement.Level.DEPARTMENT
    superior: Superior | None = None
    superior_code: str = ""
    bases: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    solutions: tuple[str, ...] = ()
    collective_criteria: tuple[str, ...] = ()
    individual_criteria: tuple[str, ...] = ()
    awards: tuple[PlannedAward, ...] = ()
    procedure: tuple[str, ...] = ()
    milestones: tuple[PlannedMilestone, ...] = ()
    duties: tuple[str, ...] = ()
    recipients: tuple[tuple[str, str], ...] = ()


COLUMNS = ("title", "theme", "kind", "starts_on", "ends_on", "end_condition", "level")


def plan_by_section(movement: Movement) -> dict[str, list[str]]:
    """The texts of every section, in order; sections without a line are empty lists."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in movement.lines.all():
        found[line.section].append(line.text)
    return {section.value: found[section.value] for section in PlanLine.Section}


def current_plan(movement: Movement) -> PlanFields:
    """The plan as it stands in the database."""
    columns: dict[str, Any] = {name: getattr(movement, name) for name in COLUMNS}
    sections: dict[str, Any] = {name: tuple(texts) for name, texts in plan_by_section(movement).items()}
    return PlanFields(
        **columns,
        **sections,
        superior=superior_document(movement),
        superior_code=movement.answers.code if movement.answers else "",
        awards=tuple(
            PlannedAward(offer.text, offer.standard, offer.collectives, offer.people, offer.money)
            for offer in movement.awards.all()
        ),
        milestones=current_milestones(movement),
        recipients=tuple((recipient.name, recipient.note) for recipient in movement.recipients.all()),
    )


def current_milestones(movement: Movement) -> tuple[PlannedMilestone, ...]:
    """The stages of the plan, in its order."""
    return tuple(PlannedMilestone(one.name, one.last_day) for one in movement.milestones.all())


def superior_document(movement: Movement) -> Superior | None:
    """The outside document that the movement answers, or None."""
    if movement.superior_on is None:
        return None
    return Superior(
        movement.superior_kind, movement.superior_number, movement.superior_on, movement.superior_issuer, movement.superior_title
    )  # fmt: skip


def superiors_open() -> QuerySet[Movement]:
    """The movements that another may answer: those that are on the public pages, of whatever agency."""
    shown = Movement.objects.filter(publicity=Movement.Publicity.SHOWN).exclude(state=Movement.State.STOPPED)
    return shown.select_related("agency").order_by("-issued_on", "-pk")


def chain_above(movement: Movement) -> list[Movement]:
    """The superior's movement, its superior's, and so on; nearest first."""
    found: list[Movement] = []
    above = movement.answers
    while above is not None and above not in found:
        found.append(above)
        above = above.answers
    return found


def missing_parts(movement: Movement) -> list[str]:
    """The parts a plan lacks, as words. The list follows what the law asks a launching plan to say (law.md section
    11)."""
    sections = plan_by_section(movement)
    criteria = sections["collective_criteria"] or sections["individual_criteria"]
    asked = [
        ("mục đích", sections["purposes"]),
        ("nội dung thi đua", sections["contents"]),
        ("tiêu chí thi đua", criteria),
        ("hình thức khen thưởng", movement.awards.exists()),
        ("ngày bắt đầu", movement.starts_on),
        ("ngày kết thúc hoặc điều kiện kết thúc", movement.ends_on or movement.end_condition),
        ("tổ chức thực hiện", sections["duties"]),
        ("nơi nhận", movement.recipients.exists()),
    ]
    return [words for words, given in asked if not given]


def phase(movement: Movement, day: datetime.date) -> str:
    """Where a movement before the units stands on a day, derived from its days and its units' last days to register; empty in
    other states."""
    if movement.state not in Movement.OPEN_STATES:
        return ""
    if movement.starts_on and day < movement.starts_on:
        return f"Bắt đầu từ ngày {vietnamese.format_date(movement.starts_on)}"
    last = movement.last_day
    if last is not None and last < day:
        return f"Đã hết thời gian từ ngày {vietnamese.format_date(last)}"
    register_by = movement.roll_outs.aggregate(last=Max("register_by"))["last"]
    if register_by and day <= register_by:
        return f"Đang đăng ký, đến hết ngày {vietnamese.format_date(register_by)}"
    return "Đang thực hiện"


def ended(movements: QuerySet[Movement], day: datetime.date) -> QuerySet[Movement]:
    """Those whose last day (inclusive), as declared or else as planned, lies before the day."""
    return movements.filter(Q(ended_on__lt=day) | Q(ended_on__isnull=True, ends_on__lt=day))


def last_number(movement: Movement, year: int) -> Movement | None:
    """The highest number of this symbol recorded here in a year; other papers of the agency may have taken later
    ones."""
    same = Movement.objects.filter(agency=movement.agency, symbol=movement.symbol, issued_on__year=year)
    return same.exclude(pk=movement.pk).order_by("-number").first()


def number_warning(movement: Movement, number: int, issued_on: datetime.date) -> str:
    """What is odd about a number, or an empty string. The series is the registry's, so this is asked, never decided."""
    last = last_number(movement, issued_on.year)
    if last is None or last.number is None or last.issued_on is None:
        return ""
    day = vietnamese.format_date(last.issued_on)
    if number < last.number and issued_on >= last.issued_on:
        return f"Số {number} nhỏ hơn số {last.document_number} đã ghi ngày {day}."
    if number > last.number and issued_on < last.issued_on:
        return f"Số {number} lớn hơn số {last.document_number} nhưng ngày lại sớm hơn ngày {day}."
    return ""


def matching(movements: QuerySet[Movement], words: str) -> QuerySet[Movement]:
    """Those whose title and theme hold all the words, typed with or without diacritics."""
    for word in vietnamese.search_key(words).split():
        movements = movements.filter(search_key__contains=word)
    return movements


def accents_first(movements: list[Movement], words: str) -> list[Movement]:
    """Hits with the very diacritics that were typed come before folded ones; the order is otherwise kept."""
    typed = vietnamese.clean(words).lower()
    return sorted(movements, key=lambda m: typed not in f"{m.title} {m.theme}".lower())


def waiting_for_decision(movements: QuerySet[Movement]) -> QuerySet[Movement]:
    return movements.filter(state=Movement.State.SUBMITTED)


def open_for_editing(movements: QuerySet[Movement]) -> QuerySet[Movement]:
    return movements.filter(Q(state=Movement.State.DRAFT) | Q(state=Movement.State.RETURNED))


def silent_units(movement: Movement) -> QuerySet[Unit]:
    """Units that have not acknowledged, or have not sent their registration, in the order of the agency's list; those
    that withdrew are not asked."""
    spoken = {Registration.State.SENT, Registration.State.ACCEPTED}
    sent = movement.registrations.filter(state__in=spoken).values("unit")
    rows = movement.roll_outs.exclude(state=RollOut.State.WITHDRAWN)
    silent = rows.filter(Q(state=RollOut.State.PUSHED) | ~Q(unit__in=sent))
    return Unit.objects.filter(pk__in=silent.values("unit")).order_by("order", "name")


@dataclass
class FieldUse:
    """What clerks said of one field over all reviews. `missed`: the reader found nothing and a person typed a value."""

    field: str
    label: str
    right: int = 0
    corrected: int = 0
    left_out: int = 0
    missed: int = 0
    sure_but_wrong: int = 0  # shown as sure, then corrected or left out: the figure that must stay at nothing

    @property
    def share_right(self) -> float | None:
        """Of the values read and answered, the share left as read (0 to 1); None where none was."""
        read = self.right + self.corrected + self.left_out
        return round(self.right / read, 4) if read else None


def uses_of_reading(reviews: Iterable[PlanReview]) -> list[FieldUse]:
    """The reader in use, field by field in the order of the paper: the kept reading against the kept answers."""
    uses = {field: FieldUse(field, label) for field, (label, _read) in FIELDS.items()}
    for review in reviews:
        for one in proposals(review):
            use, how = uses[one.field], one.answer
            if not one.text:
                use.missed += how == PlanReview.Answer.CORRECTED
                continue
            use.right += how == PlanReview.Answer.RIGHT
            use.corrected += how == PlanReview.Answer.CORRECTED
            use.left_out += how in (PlanReview.Answer.LEFT_OUT, PlanReview.Answer.BLANK)
            use.sure_but_wrong += one.standing == "sure" and how not in ("", PlanReview.Answer.RIGHT)
    return list(uses.values())
