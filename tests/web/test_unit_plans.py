"""The page of how one unit carries a movement out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.movements import actions
from bangvang.movements.models import RollOut, UnitTask
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.web.staff.unit_plans import of_plans
from tests import factories
from tests.movements import scenes
from tests.web.walk import press, read


@pytest.fixture
def roll_out(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> RollOut:
    movement = scenes.rolled_out(lan, minh, hoa, [division])
    actions.acknowledge(scenes.roll_out_of(movement, division), mai.person, by=mai)
    return scenes.roll_out_of(movement, division)


def test_a_plan_its_paper_its_tasks(
    as_mai: Client, as_binh: Client, as_lan: Client, as_hoa: Client, roll_out: RollOut, binh: Actor, media: object
) -> None:
    page = f"/lam-viec/ke-hoach-don-vi/{roll_out.code}/"
    assert "Đơn vị chưa ghi cách thực hiện" in read(as_lan.get(page)).words
    assert (as_hoa.get(page).status_code, as_binh.get(f"{page}ghi/").status_code) == (404, 409)
    assert as_mai.get(f"{page}giao-viec/").status_code == 404
    empty = press(as_mai, f"{page}ghi/", kind="own", text="")
    assert (empty.status_code, "cần ghi nội dung" in read(empty).words) == (422, True)
    press(as_mai, f"{page}ghi/", kind="own", text="Mỗi tuần một buổi.")
    as_mai.post(f"{page}tep/", {"file": SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.7 ky")})
    assert "Đang kiểm tra" in read(as_lan.get(page)).words

    nothing = press(as_mai, f"{page}giao-viec/", chosen="", text="", person=binh.person.code, due_on="30/3/2026")
    assert (nothing.status_code, "ghi việc khác" in read(nothing).words) == (422, True)
    press(as_mai, f"{page}giao-viec/", chosen="0", text="", person=binh.person.code, due_on="30/3/2026")
    assert UnitTask.objects.get().text == "Rà soát định mức chi."
    assert "Rà soát định mức chi." in read(as_binh.get("/lam-viec/")).words
    as_binh.post(f"{page}viec-xong/", {"viec": UnitTask.objects.get().code})
    assert "xong 1 trên 1" in read(as_lan.get(page)).words
    assert of_plans(binh) == []


def test_handed_on_with_one_press(as_mai: Client, roll_out: RollOut, division: Unit, department: Unit) -> None:
    page = f"/lam-viec/ke-hoach-don-vi/{roll_out.code}/"
    assert "Đơn vị trực thuộc" not in read(as_mai.get(page)).words
    factories.unit("Tổ Quyết toán", agency=department, parent=division)
    assert "Triển khai đến 1 đơn vị trực thuộc" in read(as_mai.get(page)).words
    as_mai.post(page)
    words = read(as_mai.get(page)).words
    assert ("Tổ Quyết toán" in words, "Triển khai đến" in words) == (True, False)
