"""The pages of registering: a unit's lines, its steps, a pasted list, the table of all units, lists and papers."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from bangvang.movements import actions
from bangvang.movements.models import Registration
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories
from tests.movements import scenes
from tests.web.walk import press, read

TITLE = "advanced_worker"


@pytest.fixture
def registration(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Registration:
    return scenes.registration_of(scenes.rolled_out(lan, minh, hoa, [division]), division)


def page_of(registration: Registration, rest: str = "") -> str:
    return f"/lam-viec/dang-ky/{registration.code}/{rest}"


def test_staff_write_one_line_and_take_it_back(as_binh: Client, registration: Registration) -> None:
    assert "Đăng ký thi đua" in read(as_binh.get("/lam-viec/")).words
    form = read(as_binh.get(page_of(registration))).form("who")
    as_binh.post(page_of(registration), {**form.fields, "award": TITLE, "target": "Xong việc"})
    line = registration.lines.get()
    assert (line.award, line.target) == (TITLE, "Xong việc")
    assert "Đăng ký thi đua" not in read(as_binh.get("/lam-viec/")).words
    as_binh.post(page_of(registration, "bo-dong/"), {"dong": line.pk})
    assert registration.lines.count() == 0


def test_an_award_for_the_unit_does_not_fit_a_person(as_mai: Client, registration: Registration) -> None:
    wrong = press(as_mai, page_of(registration), award="advanced_collective")
    assert (wrong.status_code, "không dành cho cá nhân" in read(wrong).words) == (422, True)
    press(as_mai, page_of(registration), who="tap-the", award="advanced_collective")
    assert registration.lines.get().person is None


def test_sent_returned_sent_accepted_over_pages(
    as_mai: Client, as_lan: Client, as_binh: Client, registration: Registration
) -> None:
    assert "Gửi bản đăng ký: chưa được" in read(as_mai.get(page_of(registration))).words
    press(as_mai, page_of(registration), award=TITLE)
    assert as_binh.get(page_of(registration, "send/")).status_code == 409
    press(as_mai, page_of(registration, "send/"))
    assert "Tiếp nhận đăng ký của Phòng Quản lý ngân sách" in read(as_lan.get("/lam-viec/")).words
    empty = press(as_lan, page_of(registration, "return/"), reason="")
    assert empty.status_code == 422
    press(as_lan, page_of(registration, "return/"), reason="Thiếu chỉ tiêu")
    assert "“Thiếu chỉ tiêu”" in read(as_mai.get(page_of(registration))).words
    press(as_mai, page_of(registration, "send/"))
    accepted = press(as_lan, page_of(registration, "accept/"))
    assert accepted["Location"] == page_of(registration)
    assert Registration.objects.get().state == "accepted"
    assert as_mai.get(page_of(registration, "khong-co/")).status_code == 404


def test_a_pasted_list_is_shown_first_then_written(as_mai: Client, registration: Registration, division: Unit) -> None:
    factories.duty(factories.person("Trần Văn Bình", birth_year=1990), division)
    rows = "Vũ Thanh Mai\tLao động tiên tiến\t=2+3\nTrần Văn Bình\tLao động tiên tiến\t\nAi Đó\tLao động tiên tiến\t"
    preview = press(as_mai, page_of(registration, "dan/"), rows=rows)
    page = read(preview)
    assert "1 dòng ghi được, 2 dòng cần xem lại. Chưa có gì được ghi." in page.words
    assert registration.lines.count() == 0
    twin = factories.Person.objects.get(birth_year=1990)
    form = next(form for form in page.forms if "nguoi_2" in form.names)
    as_mai.post(page_of(registration, "dan/"), {**form.fields, "rows": rows, "nguoi_2": twin.code, "ghi": "1"})
    assert sorted(registration.lines.values_list("person__full_name", flat=True)) == ["Trần Văn Bình", "Vũ Thanh Mai"]
    assert registration.lines.get(person=twin).award == TITLE
    with ZipFile(BytesIO(as_mai.get(page_of(registration, "dang-ky.xlsx")).content)) as file:
        assert "=2+3" in file.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in file.read("xl/worksheets/sheet1.xml").decode()


def test_the_summary_of_all_units_in_every_format(
    as_lan: Client, as_minh: Client, registration: Registration, mai: Actor
) -> None:
    actions.register(registration, person=mai.person, award=TITLE, target="Mọi việc đúng hạn", by=mai)
    actions.send_registration(registration, by=mai)
    address = f"/lam-viec/dang-ky/phong-trao/{registration.movement.code}/"
    for client in (as_lan, as_minh):
        assert "1 trên 1 đơn vị đã gửi, cả thảy 1 dòng." in read(client.get(address)).words
    first = {"docx": b"PK", "pdf": b"%P", "xlsx": b"PK"}
    for format_, mark in first.items():
        response = as_lan.get(f"{address}tong-hop.{format_}")
        assert (response["Content-Disposition"][:10], response.content[:2]) == ("attachment", mark)
    assert as_lan.get(f"{address}tong-hop.exe").status_code == 404


@pytest.mark.parametrize(
    ("who", "own", "table"), [("as_hoa", 404, 409), ("as_binh", 200, 409), ("as_mai", 200, 409), ("as_quan", 404, 404)]
)
def test_who_sees_what(
    who: str, own: int, table: int, registration: Registration, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(who)
    assert client.get(page_of(registration)).status_code == own
    assert client.get(f"/lam-viec/dang-ky/phong-trao/{registration.movement.code}/").status_code == table
    if who != "as_mai":
        assert client.get(page_of(registration, "dan/")).status_code in {404, 409}
