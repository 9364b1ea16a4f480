"""What the administrator enters: units, persons, duties, who signs for whom; nobody else may, and every act has its event."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from bangvang.kernel import audit
from bangvang.people.actor import Actor, duties_of
from bangvang.people.models import Delegation, Duty, Person, Unit, User
from tests import factories
from tests.web.walk import press, read

PLACE = "/lam-viec/to-chuc/"


def test_a_unit_a_person_and_a_duty_are_entered_page_by_page(as_quan: Client, quan: Actor) -> None:
    pressed = press(as_quan, f"{PLACE}don-vi-moi/", name="Phòng Đầu tư", kind="division", since="01/03/2025")
    unit = Unit.objects.get(name="Phòng Đầu tư")
    assert (pressed.status_code, unit.parent, unit.agency) == (302, quan.agency, quan.agency)
    press(as_quan, f"{PLACE}nguoi-moi/", full_name="Đỗ Thị Ánh", sex="female", birth_year="1990")
    person = Person.objects.get(full_name="Đỗ Thị Ánh")
    page = f"{PLACE}nguoi/{person.code}/"
    assert "chưa giữ chức trách nào" in read(as_quan.get(page)).words
    press(as_quan, f"{page}chuc-trach/", unit=unit.code, role="head", title="Trưởng phòng", since="01/03/2025")
    assert [(duty.unit, duty.title) for duty in person.duties.all()] == [(unit, "Trưởng phòng")]
    assert "Đang giữ 1 chức trách." in read(as_quan.get(page)).words
    assert factories.verbs_of(person) == ["person.enter", "duty.give"]
    assert factories.verbs_of(unit) == ["unit.open", "duty.give"]
    assert audit.verify() == []


def test_the_day_of_recruitment_may_be_recorded_later(as_quan: Client, binh: Actor) -> None:
    page = f"{PLACE}nguoi/{binh.person.code}/ngay/"
    wrong = press(as_quan, page, recruited_on="01/02/2015", died_on="01/01/2010")
    assert "Ngày mất sớm hơn ngày tuyển dụng." in read(wrong).words
    assert press(as_quan, page, recruited_on="01/02/2015", died_on="").status_code == 302
    binh.person.refresh_from_db()
    assert (binh.person.recruited_on, binh.person.died_on) == (datetime.date(2015, 2, 1), None)
    assert factories.verbs_of(binh.person)[-1] == "person.record_dates"


def test_a_duty_ends_with_its_last_day(as_quan: Client, binh: Actor) -> None:
    page = f"{PLACE}nguoi/{binh.person.code}/"
    wrong = press(as_quan, f"{page}ket-thuc/1/", last_day="01/01/1990")
    assert (wrong.status_code, "Ngày kết thúc sớm hơn" in read(wrong).words) == (409, True)
    press(as_quan, f"{page}ket-thuc/1/", last_day=f"{factories.DAY:%d/%m/%Y}")
    assert [duty.valid_until for duty in binh.person.duties.all()] == [factories.DAY]
    assert duties_of(binh.user, factories.DAY + datetime.timedelta(days=1)) == []
    assert as_quan.get(f"{page}ket-thuc/1/").status_code == 404


def test_a_person_of_several_duties_has_one_page(as_quan: Client, binh: Actor, office: Unit) -> None:
    factories.duty(binh.person, office, Duty.Role.STAFF, title="Uỷ viên Công đoàn")
    page = read(as_quan.get(f"{PLACE}nguoi/{binh.person.code}/"))
    assert "Đang giữ 2 chức trách." in page.words


def test_an_agency_has_one_head_at_a_time(as_quan: Client, quan: Actor, minh: Actor, binh: Actor) -> None:
    page = f"{PLACE}nguoi/{binh.person.code}/chuc-trach/"
    refused = press(as_quan, page, unit=quan.agency.code, role="director", title="Giám đốc", since="01/12/2025")
    assert (refused.status_code, "đã có người đứng đầu" in read(refused).words) == (409, True)
    assert Duty.objects.filter(role="director").count() == 1


def test_signing_for_the_head_needs_a_deputy_and_an_end_when_authorised(
    as_quan: Client, minh: Actor, tuan: Actor, binh: Actor
) -> None:
    Delegation.objects.all().delete()
    assert as_quan.get(f"{PLACE}nguoi/{binh.person.code}/ky-thay/").status_code == 404
    page = f"{PLACE}nguoi/{tuan.person.code}/ky-thay/"
    endless = press(as_quan, page, kind="TUQ.", decision="12/QĐ-STC ngày 02/01/2025", since="02/01/2025")
    assert "phải ghi ngày hết hạn" in read(endless).words
    press(as_quan, page, kind="KT.", decision="12/QĐ-STC ngày 02/01/2025", since="02/01/2025")
    assert [(row.kind, row.giver.person) for row in Delegation.objects.all()] == [("KT.", minh.person)]


@pytest.mark.parametrize("path", ["don-vi-moi/", "nguoi-moi/"])
def test_nobody_else_enters(as_lan: Client, as_minh: Client, path: str) -> None:
    for client in (as_lan, as_minh):
        page = client.get(PLACE + path)
        assert (page.status_code, "quản trị hệ thống giữ" in read(page).words) == (409, True)


@pytest.mark.django_db
def test_an_empty_installation_is_founded_once(capsys: pytest.CaptureFixture[str]) -> None:
    given = {
        "province": "UBND tỉnh Sông Lam",
        "agency": "Sở Tài chính",
        "symbol": "STC",
        "place": "Sông Lam",
        "administrator": "Tạ Minh Kỳ",
        "username": "quantri",
    }
    call_command("found", **given)
    user = User.objects.get(username="quantri")
    first = capsys.readouterr().out.split()[-1]
    assert (user.check_password(first), user.must_change_password) == (True, True)
    assert [duty.role for duty in user.person.duties.all()] == ["administrator"]
    with pytest.raises(CommandError, match="Bản cài này đã có đơn vị"):
        call_command("found", **given)
    assert audit.verify() == []
