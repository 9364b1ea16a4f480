"""Building the demo department once, whole or not at all."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from bangvang.demo import (
    assumed_day,
    awarding,
    campaigns,
    careers,
    cases,
    clusters,
    council,
    deeds,
    department,
    endings,
    followed,
    initiatives,
    ledger,
    lists,
    marks,
    news,
    praise,
    rounds,
)
from bangvang.honours.models import LedgerEntry
from bangvang.kernel import audit, events
from bangvang.kernel.events import action
from bangvang.kernel.models import Event
from bangvang.movements.models import Movement
from bangvang.people.models import Person, Unit, User

LOADED = "demo.load"  # the verb of the event that says: this database holds the demo


class NotADemo(Exception):
    """The installation is no demo, or its database holds units or accounts that are not the demo's."""


@dataclass(frozen=True)
class Summary:
    """What stands in the database after loading; `seconds` is the time of the load itself (0 when it stood already)."""

    units: int
    people: int
    honours: int
    movements: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"Đơn vị: {self.units} · Người: {self.people} · Dòng sổ vàng: {self.honours} · "
            f"Phong trào: {self.movements} · Thời gian: {f'{self.seconds:.1f}'.replace('.', ',')} giây"
        )


def is_built() -> bool:
    return Event.objects.filter(verb=LOADED).exists()


def require_ours() -> None:
    """NotADemo unless the database is empty or holds the demo."""
    if not is_built() and (Unit.objects.exists() or User.objects.exists()):
        raise NotADemo(
            "Cơ sở dữ liệu này đang có đơn vị hoặc tài khoản không phải của bản minh hoạ nên được giữ nguyên."
        )


def summary(seconds: float = 0.0) -> Summary:
    return Summary(
        Unit.objects.count(), Person.objects.count(), LedgerEntry.objects.count(), Movement.objects.count(), seconds
    )


@transaction.atomic
def build() -> dict[str, str]:
    """Load the department, its ledger, its movements and dossiers; returns the passwords by username. Papers wait."""
    department_ = department.found()
    passwords = department.open_accounts(department_)
    lives = careers.ordinary(department.script()["people"])
    cases.arrange(lives)
    ledger.enter(department_, lives)
    with assumed_day.on(ledger.ENTERED_ON):
        cases.correct_a_number(department_)
    clusters.run(department_)
    campaigns.run(department_)
    awarding.run(department_)
    rounds.run(department_)
    followed.run(department_)
    endings.run(department_)
    marks.run(department_)
    council.run(department_)
    praise.run(department_)
    news.run(department_)
    deeds.run(department_)
    initiatives.run(department_)
    lists.run(department_)
    with assumed_day.on(datetime.date(2025, 12, 19)):
        _sign_off(department_)
        audit.seal("Nạp xong dữ liệu minh hoạ")
    return passwords


@action
def _sign_off(department_: department.Department) -> None:
    events.record(LOADED, by=department.LOADER, roots=[department_.agency])
