"""Chờ kiểm chứng: from the article's page to the ledger, with a decision for each honour, and the refusals in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.honours.models import Claim, Standing
from bangvang.movements import actions
from bangvang.movements.models import PlanReview
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from tests import factories
from tests.movements import scenes
from tests.web.walk import press, queries_of, read

ALL = "/lam-viec/cho-kiem-chung/"


@pytest.fixture
def review(lan: Actor, media: object) -> PlanReview:
    return scenes.record_review(lan)


@pytest.fixture
def claims(as_lan: Client, review: PlanReview) -> list[Claim]:
    press(as_lan, f"/lam-viec/ban-doc/{review.code}/", version=review.version)
    return list(Claim.objects.order_by("place"))


def test_the_article_offers_no_movement_but_a_waiting_list(as_lan: Client, review: PlanReview) -> None:
    page = read(as_lan.get(f"/lam-viec/ban-doc/{review.code}/"))
    assert "Không phải kế hoạch" in page.words
    assert "Bài kể 3 khen thưởng đã nhận và 3 kết quả." in page.words
    sent = as_lan.post(f"/lam-viec/ban-doc/{review.code}/ghi-cho-kiem-chung/", {"version": review.version})
    assert (sent.status_code, sent["Location"]) == (302, ALL)
    again = as_lan.post(f"/lam-viec/ban-doc/{review.code}/ghi-cho-kiem-chung/", {"version": review.version})
    assert (again.status_code, Claim.objects.count()) == (302, 6)


def test_the_list_says_what_waits(as_lan: Client, claims: list[Claim]) -> None:
    page = read(as_lan.get(ALL))
    for words in ("Khen thưởng chưa có quyết định", "Kết quả chưa có nguồn", "Chưa kiểm chứng", "không rõ"):
        assert words in page.words
    assert "Chờ kiểm chứng: 6 nội dung bài viết kể" in read(as_lan.get("/lam-viec/so-vang/")).words
    assert queries_of(as_lan, ALL) <= 8


def test_an_honour_enters_the_ledger_with_its_decision(as_lan: Client, lan: Actor, claims: list[Claim]) -> None:
    address = f"{ALL}{claims[0].code}/"
    assert "Chưa có quyết định thì nội dung này không được tính." in read(as_lan.get(address)).words
    sent = as_lan.post(address, {"file": SimpleUploadedFile("918.pdf", b"%PDF-1.7 quyet dinh")})
    assert sent["Location"].startswith(f"{address}?tep=")
    waiting = read(as_lan.get(sent["Location"]))
    assert "Đang kiểm tra tệp “918.pdf”." in waiting.words
    StoredFile.objects.filter(name="918.pdf").update(state="usable", kind="pdf")
    typed = {
        "unit": lan.agency.pk,
        "kind": "labour_order_second",
        "year": "2020",
        "paper_number": "918/QĐ-CTN",
        "paper_on": "21/05/2020",
        "issuer": "Chủ tịch nước",
    }
    done = press(as_lan, sent["Location"], **typed)
    assert (done.status_code, done["Location"]) == (302, ALL)
    fact = Standing.objects.get()
    assert (fact.unit, fact.kind, fact.paper_number, fact.is_verified) == (
        lan.agency,
        "labour_order_second",
        "918/QĐ-CTN",
        True,
    )
    page = read(as_lan.get(address))
    assert "Đã vào sổ vàng theo Quyết định số 918/QĐ-CTN ngày 21/05/2020." in page.words
    assert as_lan.get(f"{address}quyet-dinh/").headers["Content-Disposition"].startswith("attachment")


def test_the_decisions_day_must_have_come(as_lan: Client, lan: Actor, claims: list[Claim]) -> None:
    file = factories.stored_file(lan.user)
    address = f"{ALL}{claims[0].code}/?tep={file.code}"
    late = press(as_lan, address, paper_number="1/QĐ-CTN", paper_on="01/01/2031", issuer="Chủ tịch nước", year="2030")
    assert (late.status_code, "Ngày quyết định ở sau ngày hôm nay." in read(late).words) == (422, True)
    assert Standing.objects.count() == 0


def test_no_file_and_a_refused_file_are_told_in_words(as_lan: Client, lan: Actor, claims: list[Claim]) -> None:
    address = f"{ALL}{claims[0].code}/"
    empty = as_lan.post(address, {})
    assert (empty.status_code, "Chưa chọn tệp." in read(empty).words) == (422, True)
    file = factories.stored_file(lan.user, state="refused", refusal="Tệp này hỏng.")
    assert "Tệp này hỏng." in read(as_lan.get(f"{address}?tep={file.code}")).words
    assert as_lan.post(f"{address}?tep={file.code}", {"year": "2020"}).status_code in (403, 409, 422)


def test_a_result_is_noted_with_its_source(as_lan: Client, claims: list[Claim]) -> None:
    address = f"{ALL}{claims[3].code}/"
    assert press(as_lan, address, source="").status_code == 422
    assert press(as_lan, address, source="Báo cáo 120/BC-SLS").status_code == 302
    assert "Đã ghi nhận theo: Báo cáo 120/BC-SLS." in read(as_lan.get(address)).words


def test_dismissing_asks_for_the_reason(as_lan: Client, claims: list[Claim]) -> None:
    address = f"{ALL}{claims[1].code}/khong-ghi-nhan/"
    assert press(as_lan, address, reason="").status_code == 422
    assert press(as_lan, address, reason="Bài ghi nhầm năm.").status_code == 302
    assert Claim.objects.get(pk=claims[1].pk).state == "dismissed"


def test_a_leader_reads_and_others_do_not(as_minh: Client, as_binh: Client, lan: Actor, media: object) -> None:
    actions.report_record(scenes.record_review(lan), by=lan)
    claim = Claim.objects.first()
    assert claim is not None
    page = read(as_minh.get(f"{ALL}{claim.code}/"))
    assert [form for form in page.forms if form.method == "post" and "file" in form.names] == []
    assert as_binh.get(f"{ALL}{claim.code}/").status_code == 404
    assert as_binh.get(ALL).status_code in (403, 409)
