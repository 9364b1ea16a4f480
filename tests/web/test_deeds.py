"""Pages of good deeds: from whoever saw one to the clerk, and on to a proposal or a story."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.dossiers import actions as dossiers
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.stories.models import Deed
from tests.web.walk import press, queries_of, read

PLACE = "/lam-viec/viec-tot/"
TYPED = {"title": "Trả lại ví tiền", "doer": "Vũ Thanh Mai", "happened_on": "01/03/2026", "account": "Trong buổi sáng."}


def test_a_deed_goes_from_a_colleague_to_a_proposal_page_by_page(
    as_binh: Client, as_lan: Client, as_mai: Client, as_quan: Client, as_hoa: Client, mai: Actor, media: Path
) -> None:
    assert "Nêu một việc tốt" in read(as_binh.get("/lam-viec/")).words
    sent = SimpleUploadedFile("xac-nhan.pdf", b"%PDF-1.7", "application/pdf")
    page = press(as_binh, f"{PLACE}moi/", **TYPED, file=sent)["Location"]
    assert "Xem việc tốt: Trả lại ví tiền" in read(as_lan.get("/lam-viec/")).words
    assert "Xác nhận việc tốt: chưa được" in read(as_lan.get(page)).words
    StoredFile.objects.update(state="usable")
    file = Deed.objects.get().files.get().file.code
    assert as_binh.get(f"{page}minh-chung/{file}/").content == b"%PDF-1.7"
    for client in (as_quan, as_hoa):
        assert client.get(page).status_code == 404
    more = SimpleUploadedFile("anh.png", b"\x89PNG", "image/png")
    assert press(as_binh, f"{page}minh-chung/", file=more).status_code == 302
    press(as_lan, f"{page}buoc/confirm/")
    assert "Thủ tục đơn giản: đề nghị ngay." in read(as_mai.get(page)).words
    assert 'href="/lam-viec/ho-so/moi/"' in as_mai.get(page).content.decode()
    dossier = dossiers.open_dossier(None, 2026, by=mai)
    proposal = f"/lam-viec/ho-so/{dossier.code}/de-nghi/moi/?ai={mai.person.code}&loai=dot_xuat"
    assert proposal.replace("&", "&amp;") in as_mai.get(page).content.decode()
    asked = read(as_mai.get(proposal)).forms
    chosen = next(form.fields for form in asked if "stream" in form.names)
    assert (chosen["stream"], chosen["who"]) == ("dot_xuat", mai.person.code)
    written = as_lan.get(f"/lam-viec/guong-dien-hinh/moi/nguoi/{mai.person.code}/?viec={Deed.objects.get().code}")
    assert "Trong buổi sáng." in written.content.decode()


def test_what_is_missing_or_not_theirs_is_said_in_words(
    as_binh: Client, as_lan: Client, as_quan: Client, binh: Actor
) -> None:
    words = read(press(as_binh, f"{PLACE}moi/", title="Việc")).words
    assert "Xin ghi ai làm." in words
    assert as_quan.get(PLACE).status_code == 409
    page = press(as_lan, f"{PLACE}moi/", **TYPED)["Location"]
    assert as_lan.get(f"{page}buoc/confirm/").status_code == 409
    assert as_lan.get(f"{page}buoc/nowhere/").status_code == 404


def test_a_reason_is_asked_and_told(as_binh: Client, as_lan: Client, binh: Actor) -> None:
    page = press(as_binh, f"{PLACE}moi/", **TYPED)["Location"]
    press(as_lan, f"{page}buoc/dismiss/", reason="Đây là việc thường ngày.")
    assert "Đây là việc thường ngày." in read(as_binh.get(page)).words
    assert as_lan.get(page).status_code == 200


@pytest.mark.usefixtures("on_the_day")
def test_the_list_costs_the_same_for_one_and_for_three(as_binh: Client) -> None:
    as_binh.get(PLACE)
    costs = []
    for count in (1, 3):
        while Deed.objects.count() < count:
            press(as_binh, f"{PLACE}moi/", **TYPED)
        costs.append(queries_of(as_binh, PLACE))
    assert costs[0] == costs[1]
