"""An indicator over years, and social work recorded with its evidence."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from bangvang import vietnamese
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements.models import Movement
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress.access import may_record_social_work, may_set_up, may_withdraw_social_work
from bangvang.progress.models import Indicator, IndicatorYear, SocialWork
from bangvang.progress.workflow import SOCIAL_WORK


@dataclass(frozen=True)
class Gift:
    """What was given or done: for whom, when, what; `worth` in đồng where it can be counted; `source` proves it."""

    beneficiary: str
    what: str
    given_on: datetime.date
    source: str
    worth: Decimal | None = None


@action
def write_year(
    indicator: Indicator, year: int, *, target: Decimal | None, reached: Decimal | None, note: str = "", by: Actor
) -> IndicatorYear:
    """Say what an indicator was to reach in a year and what it reached; said again, it takes the place of the earlier row."""
    movement = indicator.movement
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    if target is None and reached is None:
        raise Refused(no("Xin ghi mức phải đạt hoặc số thực hiện của năm."))
    events.lock([movement])
    values = {"target": target, "reached": reached, "note": note}
    row, _ = IndicatorYear.objects.update_or_create(indicator=indicator, year=year, defaults=values)
    told = {
        name: "" if value is None else vietnamese.format_number(value)
        for name, value in (("target", target), ("reached", reached))
    }
    events.record("movement.write_year", by=by, roots=[movement], body={"label": indicator.label, "year": year, **told})
    return row


@action
def drop_year(row: IndicatorYear, *, by: Actor) -> None:
    """Take a year that was written by mistake out; the event keeps what it said."""
    movement = row.indicator.movement
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    events.record("movement.drop_year", by=by, roots=[movement], body={"label": row.indicator.label, "year": row.year})
    row.delete()


@action
def record_social_work(movement: Movement, unit: Unit, gift: Gift, *, by: Actor) -> SocialWork:
    """Record what a unit, or the agency, gave or did for others."""
    if not (verdict := may_record_social_work(by, movement, unit)):
        raise Refused(verdict)
    if gift.given_on > by.day:
        raise Refused(no("Ngày làm ở sau ngày hôm nay."))
    if not gift.source.strip():
        raise Refused(no("Việc an sinh xã hội cần có minh chứng: biên bản giao nhận, văn bản, tin đã đăng."))
    made = SocialWork(
        movement=movement, unit=unit, beneficiary=gift.beneficiary, what=gift.what, given_on=gift.given_on,
        worth=gift.worth, source=gift.source, recorded_by=by.person, recorded_on=by.day,
    )  # fmt: skip
    made.save(force_insert=True)
    events.record(
        "social_work.record", by=by, roots=[made, movement], body={"unit": unit.code, "for": gift.beneficiary}
    )
    return made


@action
def attach_to_social_work(work: SocialWork, file: StoredFile, *, by: Actor) -> None:
    """Add the paper that proves it, once; it can be opened once it was found in order."""
    if not (verdict := may_withdraw_social_work(by, work)):
        raise Refused(verdict)
    if work.state != SocialWork.State.RECORDED or work.file is not None:
        raise Refused(no("Việc này không nhận thêm tệp."))
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    events.lock([work])
    bump(work, version=None, file=file)
    events.record("social_work.attach", by=by, roots=[work], body={"file": file.code})


@action
def withdraw_social_work(work: SocialWork, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take a record back with the reason: it is summed up no more."""
    SOCIAL_WORK.take(work, "withdraw", by=by, reason=reason, version=version, also=[work.movement])
