"""Who is at work in the tests, and what the tests may not do: reach the network, or rely on the order of an unordered
query.

The department: `lan` keeps emulation (clerk), `minh` is the director, `tuan` his deputy with a KT. delegation, `hoa`
the registry,
`mai` heads a division where `binh` works, `quan` is the administrator.
"""

import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from tests import databases, factories

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Only loopback and local sockets: a test that needs the world fails."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(f"a test may not reach {address[0]}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(autouse=True, scope="session")
def _unordered_means_unordered() -> Iterator[None]:
    """A query without ORDER BY gives its rows shuffled, as PostgreSQL may one day; a test that relied on luck fails."""
    real = QuerySet._fetch_all

    def fetch_all(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        real(self)
        if fresh and not self.ordered:
            random.shuffle(self._result_cache or [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", fetch_all)
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[databases.Template]:
    """A migrated template database of the engine that this run uses."""
    address = os.environ.get("BV_DATABASE", "")
    with databases.template(tmp_path_factory.mktemp("template"), address) as made:
        yield made


@pytest.fixture
def committed(template: databases.Template, django_db_blocker: Any) -> Iterator[str]:
    """A throw-away copy as this process's database, where transactions really commit. Gives its address."""
    with template.copy() as address, django_db_blocker.unblock(), databases.opened(address):
        yield address


@pytest.fixture
def lan_committed(committed: str) -> Actor:
    """Lan in the throw-away copy, really committed."""
    return factories.actor("Nguyễn Thị Lan", factories.agency(), Duty.Role.CLERK)


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    """A folder of its own for stored files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def department(db: None) -> Unit:
    """Sở Tài chính tỉnh Sông Lam."""
    province = factories.unit("UBND tỉnh Sông Lam", kind=Unit.Kind.PROVINCE)
    return factories.agency(parent=province)


@pytest.fixture
def office(department: Unit) -> Unit:
    return factories.unit("Văn phòng", parent=department, agency=department)


@pytest.fixture
def division(department: Unit) -> Unit:
    return factories.unit("Phòng Quản lý ngân sách", parent=department, agency=department)


@pytest.fixture
def lan(office: Unit) -> Actor:
    return factories.actor("Nguyễn Thị Lan", office, Duty.Role.CLERK, title="Chuyên viên")


@pytest.fixture
def minh(department: Unit) -> Actor:
    return factories.actor("Lê Quang Minh", department, Duty.Role.DIRECTOR, title="Giám đốc")


@pytest.fixture
def tuan(department: Unit, minh: Actor) -> Actor:
    deputy = factories.actor("Phạm Anh Tuấn", department, Duty.Role.DEPUTY_DIRECTOR, title="Phó Giám đốc")
    factories.delegation(minh.duty, deputy.duty)
    return deputy


@pytest.fixture
def hoa(office: Unit) -> Actor:
    return factories.actor("Đỗ Thị Hoà", office, Duty.Role.REGISTRY, title="Văn thư")


@pytest.fixture
def mai(division: Unit) -> Actor:
    return factories.actor("Vũ Thanh Mai", division, Duty.Role.HEAD, title="Trưởng phòng")


@pytest.fixture
def binh(division: Unit) -> Actor:
    return factories.actor("Trần Văn Bình", division)


@pytest.fixture
def quan(office: Unit) -> Actor:
    return factories.actor("Hoàng Minh Quân", office, Duty.Role.ADMINISTRATOR, title="Quản trị hệ thống")


def _signed_in(actor: Actor) -> Client:
    """A browser in which the actor has logged in, on the actor's day (see `on_the_day`)."""
    client = Client()
    client.force_login(actor.user, backend=PASSWORD_BACKEND)
    return client


@pytest.fixture
def on_the_day(settings: Any) -> None:
    """The house's clock stands on the day of the actors."""
    settings.ASSUMED_TODAY = factories.DAY


@pytest.fixture
def as_lan(lan: Actor, on_the_day: None) -> Client:
    return _signed_in(lan)


@pytest.fixture
def as_minh(minh: Actor, on_the_day: None) -> Client:
    return _signed_in(minh)


@pytest.fixture
def as_tuan(tuan: Actor, on_the_day: None) -> Client:
    return _signed_in(tuan)


@pytest.fixture
def as_hoa(hoa: Actor, on_the_day: None) -> Client:
    return _signed_in(hoa)


@pytest.fixture
def as_mai(mai: Actor, on_the_day: None) -> Client:
    return _signed_in(mai)


@pytest.fixture
def as_binh(binh: Actor, on_the_day: None) -> Client:
    return _signed_in(binh)


@pytest.fixture
def as_quan(quan: Actor, on_the_day: None) -> Client:
    return _signed_in(quan)
