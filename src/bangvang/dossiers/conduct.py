"""What was observed of a nominee in the movement, or in the year: violations hold a line until somebody answers with a reason."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from bangvang import vietnamese
from bangvang.dossiers.models import BreachAnswer, Nomination
from bangvang.progress.models import Observation

EVERY_SIGHT = frozenset(Observation.Sight.values)


def observations_about(line: Nomination) -> QuerySet[Observation]:
    """Facts that stand about the nominee: of the line's movement, and of the line's year in other movements."""
    of_round = Q(happened_on__year=line.for_year)
    if line.dossier.movement_id:
        of_round |= Q(movement=line.dossier.movement_id)
    found = _about([line]).filter(of_round)
    return found.select_related("movement", "unit", "person")


def _about(lines: Collection[Nomination]) -> QuerySet[Observation]:
    """Facts that stand about any of these nominees, of any time; somebody from outside has none."""
    persons = {line.person_id for line in lines if line.person_id}
    units = {line.unit_id for line in lines if line.unit_id}
    about = Q(person__in=persons) | Q(unit__in=units, person__isnull=True)
    return Observation.objects.filter(about, state=Observation.State.RECORDED)


def open_breaches(lines: Iterable[Nomination], sights: Collection[str] = EVERY_SIGHT) -> dict[int, list[Observation]]:
    """Line → the violations by its nominee that nobody has answered for it; two queries, however many lines there are.

    `sights`: only those that are kept for these readers.
    """
    asked = list(lines)
    breaches = list(_about(asked).filter(kind=Observation.Kind.BROKEN, sight__in=sights).order_by("happened_on", "pk"))
    if not breaches:
        return {}
    answered = set(BreachAnswer.objects.filter(nomination__in=asked).values_list("nomination", "observation"))
    found = {
        line.pk: [one for one in breaches if _concerns(one, line) and (line.pk, one.pk) not in answered]
        for line in asked
    }
    return {key: left for key, left in found.items() if left}


def _concerns(one: Observation, line: Nomination) -> bool:
    """The rule of observations_about, for a fact at hand."""
    theirs = (
        one.person_id == line.person_id if line.person_id else one.person_id is None and one.unit_id == line.unit_id
    )
    return theirs and (one.movement_id == line.dossier.movement_id or one.happened_on.year == line.for_year)


def missing_answers(lines: Iterable[Nomination], sights: Collection[str]) -> list[str]:
    """What is still to be answered, as sentences' ends."""
    asked = list(lines)
    left = open_breaches(asked, sights)
    said = (
        f"lý do vẫn đề nghị {line.name_then}, có ghi nhận vi phạm ngày {vietnamese.format_date(breach.happened_on)}"
        for line in asked
        for breach in left.get(line.pk, [])
    )
    return list(dict.fromkeys(said))  # once for a person who is proposed for several awards
