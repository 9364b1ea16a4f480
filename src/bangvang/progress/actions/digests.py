"""The head's digest of a week."""

import datetime

from bangvang import vietnamese
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.movements.models import Movement
from bangvang.notices import actions as notices
from bangvang.people import queries as people
from bangvang.people.actor import System
from bangvang.people.models import Duty, Unit
from bangvang.progress.digest import monday_of, words_of


def key_of(agency: Unit, day: datetime.date) -> str:
    """One digest of an agency and week."""
    return f"digest:{agency.code}:{monday_of(day).isoformat()}"


@action
def digest(agency: Unit, movements: list[Movement], *, on: datetime.date, by: System) -> None:
    """Tell the leaders of an agency how its movements stand. A second one of the same week is refused by the database (IntegrityError)."""
    notices.announce(
        people.users_with_role(agency, (Duty.Role.DIRECTOR, Duty.Role.DEPUTY_DIRECTOR), on=on),
        words_of(movements, on),
        key=key_of(agency, on),
        link=("progress:board", movements[0].code),
        subject=f"Tình hình thi đua tuần từ {vietnamese.format_date(monday_of(on))}",
    )
    events.record("unit.digest", by=by, roots=[agency], body={"movements": len(movements)})
