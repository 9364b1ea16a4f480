"""The pages of facts about criteria: recording, opening, withdrawing, answering a violation; unseen is 404."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.dossiers import actions as dossiers
from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress.models import Observation
from tests import factories
from tests.movements import scenes
from tests.web.walk import press, read


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division], starts_on=datetime.date(2026, 2, 1))


def given(who: Actor, sight: str = "unit") -> dict[str, str]:
    return {
        "who": who.person.code, "kind": "broken", "criterion": "1", "happened_on": "01/3/2026",
        "what": "Về sớm 40 phút.", "source": "Biên bản số 4/BB-VP", "sight": sight,
    }  # fmt: skip


def test_recorded_seen_by_those_who_may_and_withdrawn(
    as_lan: Client, as_mai: Client, as_binh: Client, movement: Movement, binh: Actor, media: object
) -> None:
    new = f"/lam-viec/ghi-nhan/phong-trao/{movement.code}/moi/"
    assert "<legend>Ghi nhận</legend>" in as_lan.get(new).content.decode()
    assert press(as_lan, new, **{**given(binh), "source": ""}).status_code == 422
    early = press(as_lan, new, **{**given(binh), "happened_on": "01/01/2026"})
    assert (early.status_code, "trong thời gian phong trào" in read(early).words) == (422, True)
    for sight in ("unit", "office"):
        assert press(as_lan, new, **given(binh, sight)).status_code == 302
    open_one, secret = Observation.objects.order_by("pk")
    assert open_one.criterion == "Có ít nhất một việc làm tiết kiệm được xác nhận."
    for client, statuses in ((as_lan, [200, 200]), (as_mai, [200, 404]), (as_binh, [200, 404])):
        assert [client.get(f"/lam-viec/ghi-nhan/{one.code}/").status_code for one in (open_one, secret)] == statuses
    page = f"/lam-viec/ghi-nhan/{open_one.code}/"
    as_lan.post(f"{page}tep/", {"file": SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.7 ky")})
    assert "Đang kiểm tra" in read(as_lan.get(page)).words
    assert as_mai.get(f"{page}rut/").status_code == 409
    press(as_lan, f"{page}rut/", reason="Ghi nhầm người")
    open_one.refresh_from_db()
    assert (open_one.state, "Ghi nhầm người" in read(as_binh.get(page)).words) == ("withdrawn", True)
    words = read(as_lan.get(f"/lam-viec/ghi-nhan/phong-trao/{movement.code}/")).words
    assert "0 việc làm tốt, 1 vi phạm" in words


def test_the_head_answers_on_the_page_of_the_nomination(
    as_lan: Client, as_mai: Client, as_binh: Client, movement: Movement, mai: Actor, binh: Actor
) -> None:
    press(as_lan, f"/lam-viec/ghi-nhan/phong-trao/{movement.code}/moi/", **given(binh))
    dossier = dossiers.open_dossier(movement, 2026, by=mai)
    line = dossiers.nominate(
        dossier, factories.nomination(binh.person, award="unit_commendation", year=2026, stream="phong_trao"), by=mai
    )
    assert "1 vi phạm chờ trả lời" in read(as_mai.get(f"/lam-viec/ho-so/{dossier.code}/")).words
    page = f"/lam-viec/ho-so/{dossier.code}/de-nghi/{line.code}/"
    answer = f"{page}vi-pham/{Observation.objects.get().code}/"
    assert "Đề nghị tạm dừng" in read(as_binh.get(page)).words
    assert as_binh.get(answer).status_code == 409
    press(as_mai, answer, reason="Đã rút kinh nghiệm.")
    words = read(as_mai.get(page)).words
    assert ("Đã rút kinh nghiệm." in words, "Đề nghị tạm dừng" in words) == (True, False)


def test_of_several_units_one_is_chosen_first(
    as_lan: Client, lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit, office: Unit
) -> None:
    movement = scenes.rolled_out(lan, minh, hoa, [division, office], starts_on=datetime.date(2026, 2, 1))
    new = f"/lam-viec/ghi-nhan/phong-trao/{movement.code}/moi/"
    assert "ở đơn vị nào?" in read(as_lan.get(new)).words
    press(as_lan, f"{new}?don-vi={division.code}", **{**given(binh), "who": "tap-the"})
    made = Observation.objects.get()
    assert (made.unit, made.person) == (division, None)
