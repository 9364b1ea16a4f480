"""The pages of years and of social work."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress.models import IndicatorYear, SocialWork
from tests.progress import scenes
from tests.web.walk import press, read


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


def test_years_are_written_drawn_and_dropped(as_lan: Client, as_binh: Client, movement: Movement) -> None:
    here = f"/lam-viec/nhieu-nam/phong-trao/{movement.code}/"
    assert as_binh.get(f"{here}ghi/").status_code == 409
    wrong = press(as_lan, f"{here}ghi/", indicator="1", year="2024", target="", reached="1 %", note="")
    assert (wrong.status_code, "không phải “%”" in read(wrong).words) == (422, True)
    assert press(as_lan, f"{here}ghi/", indicator="1", year="24", target="1", reached="1", note="").status_code == 422
    assert press(as_lan, f"{here}ghi/", indicator="1", year="2024", target="", reached="", note="").status_code == 422
    for year, target, reached in (("2024", "934,34", "994,7"), ("2025", "1.009,6", "1.033,9")):
        press(as_lan, f"{here}ghi/", indicator="1", year=year, target=target, reached=reached, note="Báo cáo 12/BC-STC")
    page = as_binh.get(here)
    assert ("106,5 %" in read(page).words, b'class="chart"' in page.content) == (True, True)
    as_lan.post(f"{here}bo/", {"chi-tieu": "1", "nam": "2024"})
    assert list(IndicatorYear.objects.values_list("year", flat=True)) == [2025]


def test_social_work_is_recorded_proven_summed_up_and_withdrawn(
    as_lan: Client, as_mai: Client, as_binh: Client, movement: Movement, division: Unit, media: object
) -> None:
    here = f"/lam-viec/nhieu-nam/phong-trao/{movement.code}/an-sinh/"
    given = {
        "unit": division.code, "beneficiary": "Xã Nậm Lúc", "what": "Tặng 40 bộ bàn ghế", "given_on": "20/02/2026",
        "worth": "12.000.000", "source": "Biên bản giao nhận",
    }  # fmt: skip
    assert press(as_mai, f"{here}moi/", **{**given, "worth": "1,5"}).status_code == 422
    assert press(as_mai, f"{here}moi/", **{**given, "given_on": "20/02/2027"}).status_code == 422
    press(as_mai, f"{here}moi/", **given)
    page = f"/lam-viec/nhieu-nam/an-sinh/{SocialWork.objects.get().code}/"
    as_mai.post(f"{page}tep/", {"file": SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.7 ky")})
    assert "Đang kiểm tra" in read(as_mai.get(page)).words
    assert "12.000.000 đồng" in read(as_binh.get(here)).words
    assert here in as_lan.get(f"/lam-viec/tien-do/phong-trao/{movement.code}/").content.decode()
    assert as_binh.get(f"{page}rut/").status_code == 409
    press(as_mai, f"{page}rut/", reason="Ghi nhầm xã")
    words = read(as_binh.get(here)).words
    assert ("Chưa ghi việc nào" in words, "đã rút" in words) == (True, True)
