"""What the public sees: only published decisions, only these fields, and the truth about a certificate."""

import datetime
from dataclasses import fields

import pytest
from django.core.cache import cache
from django.test import Client

from bangvang.decisions import actions, public
from bangvang.decisions.models import CODE_LENGTH, Certificate, certificate_code
from bangvang.kernel.models import CODE_ALPHABET
from tests.decisions import round as rounds
from tests.web.walk import queries_of, read


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def names(cls: type) -> list[str]:
    return [field.name for field in fields(cls)]  # type: ignore[arg-type]


def test_these_fields_leave_the_house_and_no_others() -> None:
    assert names(public.VerifiedCertificate) == ["name", "title", "unit", "award", "decision", "status"]
    assert names(public.PublicHonoured) == ["name", "title", "unit", "award"]
    assert names(public.PublicDecision) == ["code", "title", "agency", "number", "issued_on", "occasion", "honoured"]


def test_a_code_has_more_than_128_bits() -> None:
    assert len(CODE_ALPHABET) ** CODE_LENGTH > 2**128
    assert len({certificate_code() for _ in range(1000)}) == 1000


def test_a_decision_is_hidden_until_it_is_published(council_done: rounds.Round) -> None:
    decision = rounds.issued(council_done)
    assert (public.one(decision.code), public.search("")) == (None, [])
    actions.publish(decision, by=council_done.clerk)
    shown = public.one(decision.code)
    assert shown is not None
    assert [one.name for one in shown.honoured] == [
        "Phòng Quản lý ngân sách", "Ông Trần Văn Bình", "Ông Đặng Thị Én", "Ông Đặng Thị Én", "Bà Lò Thị Pha",
    ]  # fmt: skip
    actions.hide(decision, reason="Đang xem lại.", by=council_done.clerk)
    assert public.one(decision.code) is None


@pytest.mark.parametrize("words", ["tran van binh", "Trần Văn Bình", "en dang", "khen thuong"])
def test_search_needs_no_diacritics(council_done: rounds.Round, words: str) -> None:
    decision = rounds.issued(council_done)
    actions.publish(decision, by=council_done.clerk)
    assert [one.code for one in public.search(words)] == [decision.code]
    assert public.search("khong co ai") == []


def test_a_refused_person_and_the_money_are_nowhere_public(council_done: rounds.Round) -> None:
    decision = rounds.issued(council_done)
    actions.publish(decision, by=council_done.clerk)
    for address in (f"/bang-vang/{decision.code}/", "/bang-vang/?q=binh", "/"):
        page = Client().get(address)
        assert page.status_code == 200
        text = page.content.decode()
        assert [word for word in ("Hội đồng không thông qua", "710.000", "2.340.000", "05/BB-HĐ") if word in text] == []
        caching = "public, no-cache" if address == "/" else "public, max-age=60"  # a story may go at any time
        assert ("Set-Cookie" in page.headers, page.headers["Cache-Control"]) == (False, caching)


def test_the_certificate_page_says_the_truth_even_before_publication(council_done: rounds.Round) -> None:
    rounds.issued(council_done)
    made = Certificate.objects.get(number=4)
    page = Client().get(f"/xac-minh/{made.code}/")
    words = read(page).words
    assert "Giấy này có thật và còn hiệu lực" in words
    assert public.verify(made.code) == public.VerifiedCertificate(
        name="Ông Đặng Thị Én",
        title="Chuyên viên",
        unit="Phòng Quản lý ngân sách",
        award="“Chiến sĩ thi đua cơ sở”",
        decision="Quyết định số 431/QĐ-STC ngày 02/03/2026 của Giám đốc Sở Tài chính",
        status="Còn hiệu lực",
    )
    assert 'class="plaque"' in page.content.decode()
    assert "Set-Cookie" not in page.headers


def test_an_annulled_certificate_has_no_plaque(council_done: rounds.Round) -> None:
    rounds.issued(council_done)
    made = Certificate.objects.get(number=4)
    made.annulled_on, made.annulled_by = datetime.date(2026, 5, 4), "Quyết định 90/QĐ-STC"
    made.save()
    page = Client().get(f"/xac-minh/{made.code}/").content.decode()
    assert ('class="plaque"' in page, "note--bad" in page) == (False, True)
    assert "Đã huỷ theo Quyết định 90/QĐ-STC ngày 04/05/2026" in page


def test_a_typed_code_may_have_spaces_dashes_and_capitals(council_done: rounds.Round) -> None:
    rounds.issued(council_done)
    code = Certificate.objects.get(number=1).code
    typed = "-".join((code[:5].upper(), f" {code[5:10]}", code[10:]))
    answer = Client().get("/xac-minh/", {"ma": typed})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/xac-minh/{code}/")
    wrong = Client().get("/xac-minh/", {"ma": "STC26-0431"})
    assert (wrong.status_code, "không phải một mã trên giấy" in wrong.content.decode()) == (422, True)


def test_guessing_is_stopped_for_a_while(council_done: rounds.Round) -> None:
    rounds.issued(council_done)
    good = Certificate.objects.get(number=1).code
    client = Client()
    statuses = [client.get(f"/xac-minh/{certificate_code()}/").status_code for _ in range(22)]
    assert statuses == [404] * 20 + [429] * 2
    assert client.get(f"/xac-minh/{good}/").status_code == 429
    assert Client(REMOTE_ADDR="10.9.8.7").get(f"/xac-minh/{good}/").status_code == 200


def test_pages_cost_a_fixed_number_of_queries(council_done: rounds.Round) -> None:
    decision = rounds.issued(council_done)
    actions.publish(decision, by=council_done.clerk)
    client = Client()
    assert queries_of(client, f"/bang-vang/{decision.code}/") <= 6
    assert queries_of(client, f"/xac-minh/{Certificate.objects.get(number=1).code}/") <= 5
