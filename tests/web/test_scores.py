"""The pages of scores: the scale, the sheet as a form of the stage at work, the ranking and its Excel file."""

import datetime

import pytest
from django.test import Client

from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress.models import ScoreSheet
from tests import factories
from tests.movements import scenes
from tests.web.walk import press, queries_of, read


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division])


def test_from_the_scale_to_the_ranking(
    as_lan: Client, as_mai: Client, as_binh: Client, as_hoa: Client, movement: Movement, division: Unit
) -> None:
    here = f"/lam-viec/cham-diem/phong-trao/{movement.code}/"
    assert press(as_lan, f"{here}tieu-chi-moi/", text="Hồ sơ", most="mười", guide="").status_code == 422
    press(as_lan, f"{here}tieu-chi-moi/", text="Hồ sơ đúng hạn", most="20", guide="Mỗi hồ sơ trễ trừ 1 điểm")
    press(as_lan, f"{here}tieu-chi-moi/", text="Ghi nhầm", most="7,5", guide="")
    as_lan.post(f"{here}bo/", {"tieu-chi": "2"})
    assert "Cộng 20 điểm" in read(as_lan.get(here)).words
    assert as_mai.get(f"{here}mo/").status_code == 409
    assert press(as_lan, f"{here}mo/", due_on="01/01/2026").status_code == 422
    press(as_lan, f"{here}mo/", due_on="05/3/2026")
    sheet = ScoreSheet.objects.get()
    page = f"/lam-viec/cham-diem/{sheet.code}/"
    assert "Tự chấm điểm" in read(as_mai.get("/lam-viec/")).words
    too_much = press(as_binh, page, diem_1="21", ly_do_1="")
    assert (too_much.status_code, "Điểm từ 0 đến 20" in read(too_much).words) == (422, True)
    press(as_binh, page, diem_1="18,5", ly_do_1="Trễ một hồ sơ")
    press(as_mai, f"{page}buoc/send/")
    assert "Kiểm tra điểm tự chấm: 1 đơn vị" in read(as_lan.get("/lam-viec/")).words
    lower = press(as_lan, page, diem_1="17", ly_do_1="")
    assert (lower.status_code, "phải ghi lý do" in read(lower).words) == (422, True)
    press(as_lan, page, diem_1="17", ly_do_1="Trễ ba hồ sơ")
    press(as_lan, f"{page}buoc/check/")
    assert division.name not in read(as_hoa.get(here)).words  # at work: not the registry's to see
    press(as_lan, page, diem_1="17", ly_do_1="")
    press(as_lan, f"{page}buoc/settle/")
    words = read(as_hoa.get(here)).words
    assert (division.name in words, "18,5" in words, as_hoa.get(page).status_code) == (True, True, 404)
    words = read(as_mai.get(page)).words
    assert "Trễ ba hồ sơ" in words
    assert as_lan.get(f"{here}xep-hang.xlsx").content[:2] == b"PK"
    press(as_lan, f"{page}buoc/reopen/", reason="Có kết luận thanh tra")
    assert "Có kết luận thanh tra" in read(as_mai.get(page)).words


def test_another_unit_checks_across(as_lan: Client, movement: Movement, lan: Actor, office: Unit) -> None:
    from bangvang.movements.models import RollOut

    RollOut.objects.create(movement=movement, unit=office, acknowledge_by=factories.DAY, register_by=factories.DAY)
    here = f"/lam-viec/cham-diem/phong-trao/{movement.code}/"
    press(as_lan, f"{here}tieu-chi-moi/", text="Hồ sơ đúng hạn", most="20", guide="")
    press(as_lan, f"{here}mo/", due_on="05/3/2026")
    sheet = ScoreSheet.objects.exclude(unit=office).get()
    press(as_lan, f"/lam-viec/cham-diem/{sheet.code}/cham-cheo/", unit=office.code, reason="Cùng lĩnh vực")
    assert "Văn phòng chấm chéo" in read(as_lan.get(f"/lam-viec/cham-diem/{sheet.code}/")).words


def test_the_ranking_asks_no_more_for_more_units(as_lan: Client, movement: Movement, department: Unit) -> None:
    from bangvang.movements.models import RollOut

    here = f"/lam-viec/cham-diem/phong-trao/{movement.code}/"
    press(as_lan, f"{here}tieu-chi-moi/", text="Hồ sơ đúng hạn", most="20", guide="")
    press(as_lan, f"{here}mo/", due_on="05/3/2026")
    few = queries_of(as_lan, here)
    for number in range(12):
        unit = factories.unit(f"Phòng {number}", agency=department, parent=department)
        RollOut.objects.create(movement=movement, unit=unit, acknowledge_by=DAY, register_by=DAY)
    press(as_lan, f"{here}mo/", due_on="05/3/2026")
    assert queries_of(as_lan, here) <= few


DAY = datetime.date(2026, 3, 2)
