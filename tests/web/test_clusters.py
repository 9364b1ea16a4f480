"""The pages of clusters and pacts, as the clerk and the heads of two members use them."""

import pytest
from django.test import Client

from bangvang.movements.models import Pact
from bangvang.people.actor import Actor
from bangvang.people.models import Cluster, Duty, Unit
from tests import factories
from tests.web.walk import press, read


@pytest.mark.usefixtures("mai")
def test_from_a_decision_to_a_pact_in_force(
    as_lan: Client, as_mai: Client, as_binh: Client, office: Unit, division: Unit, media: object
) -> None:
    assert press(as_lan, "/lam-viec/cum-khoi/moi/", name="", decision="QĐ", since="01/01/2026").status_code == 422
    press(as_lan, "/lam-viec/cum-khoi/moi/", name="Khối các phòng", decision="QĐ số 15/QĐ-STC", since="01/01/2026")
    cluster = Cluster.objects.get()
    here = f"/lam-viec/cum-khoi/{cluster.code}/"
    for unit in (office, division):
        press(as_lan, f"{here}thanh-vien/", unit=unit.code, since="01/01/2026")
    press(as_lan, f"{here}truong-pho/", year="2026", lead=division.code, deputies=[office.code])
    words = read(as_binh.get(here)).words
    assert ("Văn phòng (phó cụm, khối)" in words, as_binh.get(f"{here}thanh-vien/").status_code) == (True, 409)
    assert "Khối các phòng" in read(as_mai.get("/lam-viec/cum-khoi/")).words

    press(as_mai, f"{here}giao-uoc/", year="2026")
    pact = Pact.objects.get()
    page = f"/lam-viec/giao-uoc/{pact.code}/"
    assert as_binh.get(page).status_code == 404
    assert "chưa được" in read(as_mai.get(page)).words
    press(as_mai, f"{page}sua/", contents="- Giữ đúng hẹn.", targets="Hồ sơ đúng hạn | % | 98,5", titles="")
    press(as_mai, f"{page}buoc/offer/")
    assert "0 trên 2 thành viên đã ký" in read(as_binh.get(page)).words
    assert as_binh.get(f"{page}ky/{division.code}/").status_code == 409
    press(as_mai, f"{page}ky/{division.code}/")
    early = press(as_lan, f"{page}ky/{office.code}/", signed_on="01/02/2026", paper="Hộp 12")
    assert (early.status_code, "chưa có người đứng đầu" in read(early).words) == (422, True)
    factories.actor("Trịnh Quốc Khánh", office, Duty.Role.HEAD)
    press(as_lan, f"{page}ky/{office.code}/", signed_on="01/02/2026", paper="Hộp 12")
    words = read(as_binh.get(page)).words
    assert ("Có hiệu lực" in words, "ký trên giấy: Hộp 12" in words) == (True, True)
    drawn = as_binh.get(f"{page}ban-xem-truoc.docx")
    assert (drawn.status_code, as_binh.get(f"{page}ban-xem-truoc.exe").status_code) == (200, 404)


def test_a_member_leaves_and_strangers_see_nothing(as_lan: Client, as_quan: Client, division: Unit, lan: Actor) -> None:
    press(as_lan, "/lam-viec/cum-khoi/moi/", name="Khối các phòng", decision="QĐ 15", since="01/01/2026")
    here = f"/lam-viec/cum-khoi/{Cluster.objects.get().code}/"
    press(as_lan, f"{here}thanh-vien/", unit=division.code, since="01/01/2026")
    leave = f"{here}thanh-vien/{division.code}/roi/"
    assert press(as_lan, leave, last_day="31/12/2025").status_code == 422
    press(as_lan, leave, last_day="28/02/2026")
    assert "28/02/2026" in read(as_lan.get(here)).words
    assert (as_quan.get(here).status_code, as_quan.get("/lam-viec/cum-khoi/").status_code) == (404, 409)
