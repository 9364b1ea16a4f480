"""Lists of nominees into a dossier, lists of staff into persons and duties."""

from pathlib import Path

import pytest

from bangvang.dossiers import actions as dossiers
from bangvang.intake import actions, queries
from bangvang.kernel import audit
from bangvang.kernel.workflow import Refused
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person, Unit
from tests import factories
from tests.intake.lists import checked, workbook


@pytest.fixture(autouse=True)
def _place(media: Path, on_the_day: None) -> None:
    """Files of its own, and the actors' day."""


NOMINEES = ("STT", "Họ và tên", "Năm sinh", "Danh hiệu", "Phiếu", "Thành tích", "Địa chỉ", "Số CCCD")


def test_nominees_become_lines_of_the_dossier(mai: Actor, division: Unit) -> None:
    binh = factories.person("Trần Văn Bình", birth_year=1980)
    factories.duty(binh, division)
    dossier = dossiers.open_dossier(None, 2025, by=mai)
    rows = [
        ["DANH SÁCH ĐỀ NGHỊ NĂM 2025"],
        NOMINEES,
        [1, "Ông Trần Văn Bình", 1980, "LĐTT", "11/12", "Xong sớm 12 báo cáo", "", 1080012345],
        [2, division.name, "", "Tập thể lao động tiên tiến", "12/12", "", "", ""],
        [3, "Vũ Thị Xa", "", "Giấy khen", "", "", "Xã Hoà Bình", ""],
        [4, "Lê Không Có", "", "LĐTT", "13/12", "", "", ""],
    ]
    batch = checked(workbook(rows), mai, "nominees", dossier=dossier)

    assert [reason["why"] for reason in batch.rows.get(number=6).reasons] == [
        "Số phiếu “13/12” chưa đúng, ví dụ 12/13.",
        f"Không có ai tên “Lê Không Có” ở {division.name}. Người ngoài đơn vị thì ghi thêm địa chỉ.",
    ]
    assert batch.rows.get(number=3).cells[7] == "•••45"
    actions.leave_out(batch, None, by=mai)
    assert actions.confirm(batch, by=mai) == 3

    lines = dossier.nominations.values_list(
        "kind", "person", "unit", "award", "votes_for", "outside_address", "for_year"
    )
    assert list(lines) == [
        ("person", binh.pk, None, "advanced_worker", 11, "", 2025),
        ("collective", None, division.pk, "advanced_collective", 12, "", 2025),
        ("outside_person", None, None, "unit_commendation", None, "Xã Hoà Bình", 2025),
    ]
    assert factories.verbs_of(dossier)[-2:] == ["batch.confirm", "dossier.add_listed"]
    assert factories.verbs_of(dossier.nominations.first()) == ["dossier.add_listed"]
    assert audit.verify() == []


def test_nominees_are_for_the_head_of_the_own_unit(mai: Actor, lan: Actor) -> None:
    dossier = dossiers.open_dossier(None, 2025, by=mai)
    with pytest.raises(Refused, match="trưởng"):
        checked(workbook([NOMINEES]), lan, "nominees", dossier=dossier)


STAFF = ("STT", "Họ và tên", "Giới tính", "Năm sinh", "Chức vụ", "Đơn vị")


def test_staff_become_persons_and_duties_without_power(lan: Actor, division: Unit, office: Unit) -> None:
    binh = factories.person("Trần Văn Bình", birth_year=1980)
    factories.duty(binh, division)
    rows = [
        STAFF,
        [1, "Trần Văn Bình", "Nam", 1980, "Phó Trưởng phòng", division.name],
        [2, "Lê Thị Hoa", "Nữ", 1990, "Trưởng phòng", office.name],
        [3, "Đỗ Văn Tú", "Nam", 1985, "", office.name],
    ]
    batch = checked(workbook(rows), lan, "staff")
    assert (queries.counts_of(batch).trouble, batch.rows.get(number=4).reasons[0]["why"]) == (1, "Chưa có chức vụ.")
    actions.correct(batch.rows.get(number=4), {"title": "Chuyên viên"}, by=lan)

    assert actions.confirm(batch, by=lan) == 2  # Bình holds a duty there already

    made = Duty.objects.filter(person__full_name__in=["Lê Thị Hoa", "Đỗ Văn Tú"]).order_by("person__sort_key")
    assert list(made.values_list("person__full_name", "role", "title", "unit", "valid_from", "valid_until")) == [
        ("Lê Thị Hoa", "staff", "Trưởng phòng", office.pk, lan.day, None),
        ("Đỗ Văn Tú", "staff", "Chuyên viên", office.pk, lan.day, None),
    ]
    assert Person.objects.get(full_name="Lê Thị Hoa").sex == "female"
    assert binh.duties.count() == 1
