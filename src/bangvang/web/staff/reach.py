"""Beside each title aimed at: whether the ledger leaves it within reach this year, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from bangvang.honours import findings
from bangvang.honours.access import units_visible_to
from bangvang.law.explain import MET, NOT_MET
from bangvang.law.facts import Facts
from bangvang.movements.models import Movement, RegistrationLine
from bangvang.people.access import persons_visible_to
from bangvang.people.actor import Actor
from bangvang.web.ui.verdicts import verdict_of

MOST_LINES = 500  # judged for one page: beyond that a unit's own page says it
MOST_GAPS = 3


@dataclass(frozen=True)
class Reach:
    """One line's answer as a chip, and below it what is missing."""

    kind: str
    word: str
    missing: str = ""


def year_of(movement: Movement, actor: Actor) -> int:
    """The year whose titles a movement leads to: that of its last day, else the present one."""
    return movement.ends_on.year if movement.ends_on else actor.day.year


def reach_of(movement: Movement, lines: Iterable[RegistrationLine], actor: Actor) -> dict[int, Reach]:
    """Line → its answer, for the lines about people and units whose ledger the reader may see; empty when there are too many.

    Not met means that nothing still to come this year could make it so: a register that nobody closed leaves it open.
    """
    asked = [line for line in lines if line.award in findings.the_book().awards]
    if len(asked) > MOST_LINES:
        return {}
    year = year_of(movement, actor)
    people = list(
        persons_visible_to(actor).filter(pk__in={line.person_id for line in asked if line.person_id}).order_by("pk")
    )
    of_people = dict(findings.facts_of_persons(people, actor.day))
    whole = {line.registration.unit_id for line in asked if line.person_id is None}
    of_units = {
        unit.pk: findings.facts_of(unit, actor.day, year=year) for unit in units_visible_to(actor).filter(pk__in=whole)
    }
    answers = {}
    for line in asked:
        facts = of_people.get(line.person_id) if line.person_id else of_units.get(line.registration.unit_id)
        if facts is not None:
            answers[line.pk] = _judged(facts, line.award, year, actor)
    return answers


def _judged(facts: Facts, award: str, year: int, actor: Actor) -> Reach:
    found = findings.judge_of(facts, award, year=year, on=actor.day)
    outcome = found.provisional or found.outcome
    if outcome == MET:
        return Reach("ok", "Đã đủ điều kiện")
    said = verdict_of(found, ()).sentence
    if outcome == NOT_MET:
        return Reach("warn", "Ngoài tầm năm nay", said)
    return Reach("next", "Trong tầm", "; ".join(found.missing[:MOST_GAPS]) or said)
