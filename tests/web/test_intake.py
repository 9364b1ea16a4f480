"""The pages of a list on its way in: sending, columns, rows corrected by keyboard, people in question, writing."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.honours.models import Standing
from bangvang.intake import actions, jobs
from bangvang.intake.models import Batch
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories
from tests.intake.lists import Holding, award_rows, checked
from tests.web.walk import read

ALL = "/lam-viec/nhap-danh-sach/"


@pytest.fixture(autouse=True)
def _files(media: Path) -> None:
    """Stored files in a folder of the test's own."""


def page_of(batch: Batch, rest: str = "") -> str:
    return f"{ALL}{batch.code}/{rest}"


def test_a_list_goes_from_file_to_ledger(as_lan: Client, division: Unit) -> None:
    factories.duty(factories.person("Trần Văn Bình", birth_year=1980), division)
    content = award_rows(
        ("Trần Văn Bình", "Nam", 1980, division.name, "LĐTT", 2024),
        ("Lê Thị Hoa", "Nữ", 1975, division.name, "Lao động tiên", "2023"),
    )
    upload = SimpleUploadedFile("khen-thuong.xlsx", content)
    sent = as_lan.post(ALL, {"file": upload, "kind": "awards", "source": "Văn phòng Sở"})
    batch = Batch.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, page_of(batch))
    waiting = as_lan.get(page_of(batch))
    assert b'<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting.content

    jobs.read(Holding(), batch.pk)  # type: ignore[arg-type]
    columns = read(as_lan.get(page_of(batch)))
    assert "Máy chắc đến đâu" in columns.words
    batch.refresh_from_db()
    given = {f"c0-{at}": meaning for at, meaning in batch.mapping["0"].items()}
    assert as_lan.post(page_of(batch, "cot/"), {**given, "version": batch.version}).status_code == 302
    assert "đã xong 0 dòng" in read(as_lan.get(page_of(batch))).words
    assert as_lan.get(page_of(batch), HTTP_HX_REQUEST="true").status_code == 200
    jobs.stage(Holding(), batch.pk)  # type: ignore[arg-type]

    rows = read(as_lan.get(page_of(batch)))
    assert "Không nhận ra danh hiệu, hình thức “Lao động tiên”." in rows.words
    refused = as_lan.get(page_of(batch, "ghi/"))
    assert (refused.status_code, "1 dòng chưa ghi được" in read(refused).words) == (409, True)
    form = as_lan.get(page_of(batch, "dong/2/"))
    assert form.content.decode().count("autofocus") == 1
    fields = dict(re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', form.content.decode()))
    fields["award"] = "Lao động tiên tiến"
    for name in ("csrfmiddlewaretoken", "q"):
        fields.pop(name, None)
    saved = as_lan.post(
        page_of(batch, "dong/2/"),
        {key: fields[key] for key in fields if key not in ("bv_owner",)} | {"award": "Lao động tiên tiến"},
    )
    assert (saved.status_code, saved["Location"]) == (302, page_of(batch))

    told = read(as_lan.get(page_of(batch, "ghi/")))
    assert "2 dòng vào sổ vàng" in told.words
    batch.refresh_from_db()
    assert as_lan.post(page_of(batch, "ghi/"), {"version": batch.version}).status_code == 302
    assert "Đã ghi 2 dòng" in read(as_lan.get(page_of(batch))).words
    assert Standing.objects.count() == 2


def test_the_file_comes_back_with_its_reasons(as_lan: Client, lan: Actor, division: Unit) -> None:
    from python_calamine import load_workbook

    batch = checked(award_rows(("Hoa", "Nữ", 1975, division.name, "LĐTT", 2023)), lan)
    answer = as_lan.get(page_of(batch, "ket-qua.xlsx"))
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (rows[0][-2:], rows[1][0], rows[1][-2:]) == (
        ["Kết quả", "Lý do"], 4.0, ["Chưa ghi được", "Tên “Hoa” thiếu họ."],
    )  # fmt: skip


def test_two_people_stand_side_by_side_and_a_person_decides(
    as_lan: Client, lan: Actor, division: Unit, office: Unit
) -> None:
    moved = factories.person("Phạm Văn Sơn", birth_year=1970)
    factories.duty(moved, office)
    batch = checked(award_rows(("Phạm Văn Sơn", "Nam", 1970, division.name, "LĐTT", 2024)), lan)
    identity = batch.identities.get()
    assert "Cùng họ tên, năm sinh" in read(as_lan.get(page_of(batch, "nguoi/"))).words
    page = read(as_lan.get(page_of(batch, f"nguoi/{identity.pk}/")))
    assert ("Trong danh sách" in page.words, "Trong sổ" in page.words, office.name in page.words) == (True, True, True)
    assert as_lan.post(page_of(batch, f"nguoi/{identity.pk}/"), {"csrfmiddlewaretoken": "x"}).status_code == 422
    assert as_lan.post(page_of(batch, f"nguoi/{identity.pk}/"), {"who": f"p{moved.code}"}).status_code == 302
    assert batch.identities.get().person == moved
    assert "Đã trả lời" in read(as_lan.get(page_of(batch, "nguoi/"))).words


def test_two_namesakes_of_ours_are_told_apart_by_their_headings(as_lan: Client, lan: Actor, office: Unit) -> None:
    for born in (1970, 1984):
        factories.duty(factories.person("Phạm Văn Sơn", birth_year=born), office)
    batch = checked(award_rows(("Phạm Văn Sơn", "Nam", "", office.name, "LĐTT", 2024)), lan)
    words = read(as_lan.get(page_of(batch, f"nguoi/{batch.identities.get().pk}/"))).words
    assert [words.count(f"Trong sổ (người thứ {place})") for place in (1, 2, 3)] == [1, 1, 0]


def test_leaving_out_dropping_and_going_back(as_lan: Client, lan: Actor, division: Unit) -> None:
    batch = checked(award_rows(("Hoa", "Nữ", 1975, division.name, "LĐTT", 2023)), lan)
    assert as_lan.post(page_of(batch, "de-lai/")).status_code == 302
    assert batch.rows.get().standing == "left_out"
    assert as_lan.post(page_of(batch, "dong/1/"), {"xem-lai": "1"}).status_code == 302
    assert batch.rows.get().standing == "trouble"
    version = Batch.objects.get().version
    assert as_lan.post(page_of(batch, "buoc/remap/"), {"version": version}).status_code == 302
    assert (Batch.objects.get().state, batch.rows.count()) == ("read", 0)
    assert as_lan.post(page_of(batch, "buoc/drop/"), {"version": version + 1}).status_code == 422
    given = {"version": version + 1, "reason": "Gửi nhầm tệp"}
    assert as_lan.post(page_of(batch, "buoc/drop/"), given).status_code == 302
    assert Batch.objects.get().state == "dropped"


def test_nobody_else_sees_a_batch(as_lan: Client, as_mai: Client, as_quan: Client, lan: Actor, division: Unit) -> None:
    batch = checked(award_rows(("Lê Hoa", "Nữ", 1975, division.name, "LĐTT", 2023)), lan)
    for client in (as_mai, as_quan):
        for rest in ("", "dong/1/", "nguoi/", "ghi/", "ket-qua.xlsx", "tep/"):
            assert (rest, client.get(page_of(batch, rest)).status_code) == (rest, 404)
        assert client.get(ALL).status_code == 409


def test_two_columns_of_one_meaning_are_refused_in_words(as_lan: Client, lan: Actor, division: Unit) -> None:
    from tests.intake.lists import read as batch_of

    batch = batch_of(award_rows(("Lê Hoa", "Nữ", 1975, division.name, "LĐTT", 2023)), lan)
    answer = as_lan.post(page_of(batch, "cot/"), {"c0-1": "name", "c0-2": "name", "version": batch.version})
    assert (answer.status_code, "Hai cột cùng mang nghĩa" in read(answer).words) == (422, True)
    answer = as_lan.post(page_of(batch, "cot/"), {"c0-1": "name", "d0-paper_on": "45/1/2024", "version": batch.version})
    assert (answer.status_code, "không có trong lịch" in read(answer).words) == (422, True)


def test_an_unreadable_file_is_told(as_lan: Client, lan: Actor) -> None:
    from tests.intake.lists import Upload

    batch = actions.receive(Upload(b"khong phai bang", "a.csv"), "awards", source="", dossier=None, by=lan)
    jobs.read(Holding(), batch.pk)  # type: ignore[arg-type]
    page = read(as_lan.get(page_of(batch)))
    assert "Không thấy dòng tiêu đề nào của một danh sách." in page.words
