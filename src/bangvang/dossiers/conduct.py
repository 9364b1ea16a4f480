"""What was observed of a nominee in the movement, or in the year: violations hold a line until somebody answers with a reason."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from bangvang import vietnamese
from bangvang.dossiers.models import BreachAnswer, Nomination
from bangvang.progress.models import Observation


def observations_about(line: Nomination) -> QuerySet[Observation]:
    """Facts that stand about the nominee: of the line's movement, and of the line's year in other movements."""
    if line.person_id is None and line.unit_id is None:
        return Observation.objects.none()
    about = Q(person=line.person_id) if line.person_id else Q(unit=line.unit_id, person__isnull=True)
    of_round = Q(happened_on__year=line.for_year)
    if line.dossier.movement_id:
        of_round |= Q(movement=line.dossier.movement_id)
    found = Observation.objects.filter(about & of_round, state=Observation.State.RECORDED)
    return found.select_related("movement", "unit", "person")


def open_breaches(line: Nomination, sights: Collection[str] = tuple(Observation.Sight.values)) -> QuerySet[Observation]:
    """Violations by the nominee that nobody has answered for this line; `sights`: only those kept for these readers."""
    answered = BreachAnswer.objects.filter(nomination=line).values("observation")
    breaches = observations_about(line).filter(kind=Observation.Kind.BROKEN, sight__in=sights)
    return breaches.exclude(pk__in=answered)


def missing_answers(lines: Iterable[Nomination], sights: Collection[str]) -> list[str]:
    """What is still to be answered, as sentences' ends."""
    return [
        f"lý do vẫn đề nghị {line.name_then}, có ghi nhận vi phạm ngày {vietnamese.format_date(breach.happened_on)}"
        for line in lines
        for breach in open_breaches(line, sights)
    ]
