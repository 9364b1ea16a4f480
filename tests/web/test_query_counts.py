"""A page costs the same number of queries with one thing on it and with three."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from bangvang.honours import actions as honours
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from tests import factories
from tests.web import walk

Grow = Callable[[int], object]


def _equal(client: Client, address: str, grow: Grow) -> None:
    grow(1)
    client.get(address)  # the session's own first writes
    one = walk.queries_of(client, address)
    grow(2)
    grow(3)
    assert walk.queries_of(client, address) == one


@pytest.mark.parametrize("address", ["/lam-viec/phong-trao/", "/lam-viec/", "/lam-viec/tim/?q=phong+trao"])
def test_drafts_of_the_clerk(address: str, as_lan: Client, lan: Actor) -> None:
    _equal(as_lan, address, lambda n: factories.movement(lan, title=f"Phong trào {n}"))


@pytest.mark.parametrize("address", ["/lam-viec/phong-trao/", "/lam-viec/"])
def test_plans_waiting_for_the_director(address: str, as_minh: Client, lan: Actor) -> None:
    _equal(as_minh, address, lambda n: walk.submitted(lan, title=f"Phong trào {n}"))


@pytest.mark.parametrize("address", ["/lam-viec/phong-trao/", "/lam-viec/"])
def test_plans_waiting_for_a_number(address: str, as_hoa: Client, lan: Actor, minh: Actor) -> None:
    _equal(as_hoa, address, lambda n: walk.approved(lan, minh, title=f"Phong trào {n}"))


@pytest.mark.parametrize("address", ["/", "/phong-trao/", "/phong-trao/?q=phong"])
def test_published_movements(
    address: str, client: Client, lan: Actor, minh: Actor, hoa: Actor, on_the_day: None
) -> None:
    _equal(client, address, lambda n: walk.published(lan, minh, hoa, number=n, title=f"Phong trào {n}"))


def test_lines_of_one_plan(as_lan: Client, lan: Actor) -> None:
    short = factories.movement(lan, contents=("Một",), recipients=(("Lưu: VT", ""),))
    three = factories.movement(lan, contents=("Một", "Hai", "Ba"), recipients=(("A", ""), ("B", ""), ("Lưu: VT", "")))
    as_lan.get("/lam-viec/")
    for rest in ("", "sua/"):
        assert walk.queries_of(as_lan, walk.address_of(short, rest)) == walk.queries_of(
            as_lan, walk.address_of(three, rest)
        )


def test_notices(as_binh: Client, binh: Actor) -> None:
    _equal(as_binh, "/lam-viec/loi-bao/", lambda n: factories.notice(binh.user, key=f"viec-{n}"))
    _equal(as_binh, "/lam-viec/", lambda n: factories.notice(binh.user, key=f"viec-khac-{n}"))


@pytest.mark.parametrize("address", ["/lam-viec/so-vang/", "/lam-viec/tim/?q=van"])
def test_people_of_the_ledger(address: str, as_lan: Client, division: Unit) -> None:
    _equal(as_lan, address, lambda n: factories.actor(f"Lê Văn {n}", division))


@pytest.mark.parametrize("address", ["/lam-viec/tai-khoan/", "/lam-viec/"])
def test_accounts(address: str, as_quan: Client, division: Unit) -> None:
    _equal(as_quan, address, lambda n: factories.actor(f"Lê Văn {n}", division))


def test_dead_letters(as_quan: Client) -> None:
    now = factories.clock.true_now()
    _equal(as_quan, "/lam-viec/", lambda n: factories.lease(dead_at=now, trouble="Lần thử 5 dừng."))


def test_units(as_binh: Client, department: Unit) -> None:
    _equal(as_binh, "/lam-viec/don-vi/", lambda n: factories.unit(f"Phòng {n}", parent=department, agency=department))


def test_people_of_a_unit(as_binh: Client, division: Unit) -> None:
    _equal(as_binh, f"/lam-viec/don-vi/{division.code}/", lambda n: factories.actor(f"Lê Văn {n}", division))


def test_years_of_a_person(as_lan: Client, lan: Actor, binh: Actor) -> None:
    cache.clear()
    _equal(
        as_lan,
        f"/lam-viec/so-vang/{binh.person.code}/",
        lambda n: honours.enter(factories.award(binh.person, year=2020 + n), by=lan),
    )


def test_duties_of_an_account(as_binh: Client, binh: Actor, department: Unit) -> None:
    def grow(n: int) -> Duty:
        return factories.duty(binh.person, factories.unit(f"Tổ {n}", parent=department, agency=department))

    _equal(as_binh, "/tai-khoan/", grow)
