"""The calendar of one's deadlines: valid by RFC 5545, at an address that only its owner has and can take back."""

import datetime
import re

import pytest
from django.test import Client

from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from bangvang.people.models import CalendarFeed, Person, Unit, User
from bangvang.web.ui.icalendar import WholeDay, calendar
from tests import factories
from tests.progress import scenes
from tests.web.walk import read

NOON = datetime.datetime(2026, 3, 2, 5, tzinfo=datetime.UTC)
LONG = WholeDay("1@bangvang", datetime.date(2026, 12, 31), "Gửi báo cáo; quý, năm\\ " + "ệ" * 60, "http://a/b/")


@pytest.fixture
def movement(on_the_day: None, lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


def address_for(client: Client) -> str:
    """A new address, as its page shows it."""
    page = read(client.post("/lich/dia-chi-moi/")).words
    found = re.search(r"http://testserver(/lich/[\w-]+\.ics)", page)
    assert found
    return found[1]


def test_lines_are_folded_between_letters_and_end_in_crlf() -> None:
    content = calendar("Việc của tôi", [LONG], NOON)
    lines = content.split(b"\r\n")
    assert (lines[0], lines[-2:], b"\n" in content.replace(b"\r\n", b"")) == (
        b"BEGIN:VCALENDAR",
        [b"END:VCALENDAR", b""],
        False,
    )
    assert max(len(line) for line in lines) <= 75
    assert [line for line in lines if line.decode("utf-8", "strict") is None] == []
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Gửi báo cáo\\; quý\\, năm\\\\ " + "ệ" * 60 + "\r\n" in unfolded
    for wanted in (
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "DTSTAMP:20260302T050000Z",
        "UID:1@bangvang",
    ):
        assert f"{wanted}\r\n" in unfolded


def test_line_breaks_in_a_title_are_written_out() -> None:
    one = WholeDay("1@bangvang", datetime.date(2026, 1, 1), "Một\r\nHai\nBa", "http://a/")
    assert b"SUMMARY:M\xe1\xbb\x99t\\nHai\\nBa\r\n" in calendar("", [one], NOON)


def test_the_head_gets_the_deadlines_without_logging_in(as_mai: Client, movement: Movement) -> None:
    address = address_for(as_mai)
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    unfolded = answer.content.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Xác nhận phong trào" in unfolded
    assert f"URL:http://testserver/lam-viec/phong-trao/{movement.code}/xac-nhan/" in unfolded
    uids = re.findall(r"UID:(.*)\r\n", unfolded)
    assert len(set(uids)) == len(uids) > 0
    assert re.findall(r"UID:(.*)\r\n", Client().get(address).content.decode()) == uids


def test_an_address_is_long_kept_as_a_hash_and_can_be_taken_back(
    as_mai: Client, mai: Actor, movement: Movement
) -> None:
    first, second = address_for(as_mai), address_for(as_mai)
    token = second.removeprefix("/lich/").removesuffix(".ics")
    assert len(token) * 6 >= 128
    assert token not in CalendarFeed.objects.get().token_hash
    assert [Client().get(one).status_code for one in (first, second, "/lich/khong-co.ics")] == [404, 200, 404]
    assert "Địa chỉ đang dùng lập ngày 02/03/2026." in read(as_mai.get("/tai-khoan/")).words
    as_mai.post("/lich/huy/")
    assert Client().get(second).status_code == 404
    assert factories.verbs_of(Person.objects.get(pk=mai.person.pk))[-2:] == [
        "account.open_calendar",
        "account.close_calendar",
    ]


@pytest.mark.parametrize("change", [{"is_active": False}, {"must_change_password": True}])
def test_a_closed_account_has_no_calendar(
    as_mai: Client, mai: Actor, movement: Movement, change: dict[str, bool]
) -> None:
    address = address_for(as_mai)
    User.objects.filter(pk=mai.user.pk).update(**change)
    assert Client().get(address).status_code == 404
