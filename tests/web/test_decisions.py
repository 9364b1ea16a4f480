"""Decisions over HTTP: from the round to the public page and the certificate, refusals in words, the signed copy, the register."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.decisions import actions, comparing, papers
from bangvang.decisions.models import Certificate, Decision
from bangvang.papers import docx
from bangvang.papers.models import PaperOrder
from bangvang.people.actor import Actor
from tests import factories
from tests.decisions import round as rounds
from tests.web.test_files import work
from tests.web.walk import press, queries_of, read


@pytest.fixture
def council_done(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, media: object) -> rounds.Round:
    return rounds.build(lan, minh, hoa, mai)


def at(decision: Decision, rest: str = "") -> str:
    return f"/lam-viec/quyet-dinh/{decision.code}/{rest}"


def start(round_: rounds.Round) -> str:
    assert round_.dossier.movement is not None
    return f"/lam-viec/quyet-dinh/moi/{round_.dossier.movement.code}/"


def test_the_way_from_the_round_to_the_public_page(
    council_done: rounds.Round, as_lan: Client, as_minh: Client, as_hoa: Client
) -> None:
    assert "Soạn quyết định" in read(as_lan.get("/lam-viec/")).words
    assert press(as_lan, start(council_done), minutes_number="05/BB-HĐ", minutes_on="27/02/2026").status_code == 302
    decision = Decision.objects.get()
    assert press(as_lan, at(decision, "buoc/submit/")).status_code == 302
    assert "Duyệt quyết định" in read(as_minh.get("/lam-viec/")).words
    assert press(as_minh, at(decision, "buoc/approve/"), password=factories.PASSWORD).status_code == 302
    assert "Ghi số và ngày" in read(as_hoa.get("/lam-viec/")).words
    assert press(as_hoa, at(decision, "buoc/number/"), number="431", issued_on="02/03/2026").status_code == 302
    decision.refresh_from_db()
    signed = SimpleUploadedFile("ban-ky.docx", docx.write(papers.decision(decision)))
    assert as_hoa.post(at(decision, "doi-chieu/"), {"file": signed}).status_code == 302
    assert "Máy đang đọc “ban-ky.docx”" in read(as_hoa.get(at(decision, "doi-chieu/"))).words
    work()
    assert "Bản ký khớp dữ liệu" in read(as_hoa.get(at(decision, "doi-chieu/"))).words
    assert "Ban hành quyết định" in read(as_hoa.get("/lam-viec/")).words
    assert press(as_hoa, at(decision, "buoc/issue/")).status_code == 302
    work()
    assert press(as_lan, at(decision, "buoc/publish/")).status_code == 302
    links = [link for link in read(as_lan.get(at(decision))).links if "/van-ban/" in link]
    assert [as_lan.get(link).status_code for link in links] == [200] * 8
    assert "Ông Trần Văn Bình" in read(Client().get(f"/bang-vang/{decision.code}/")).words
    code = Certificate.objects.get(number=1).code
    assert "Giấy này có thật và còn hiệu lực" in read(Client().get(f"/xac-minh/{code}/")).words


def test_a_second_press_of_save_makes_no_second_draft(council_done: rounds.Round, as_lan: Client) -> None:
    form = next(form for form in read(as_lan.get(start(council_done))).forms if "merit" in form.names)
    typed = form.fields
    first, second = (as_lan.post(start(council_done), typed) for _ in range(2))
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    assert Decision.objects.count() == 1


def test_what_is_wrong_is_said_in_words_and_what_was_typed_stays(council_done: rounds.Round, as_lan: Client) -> None:
    line = council_done.lines["donor"]
    answer = press(as_lan, start(council_done), title="", **{f"outcome_{line.code}": "refuse"})
    words = read(answer).words
    assert answer.status_code == 422
    assert [text for text in ("Xin ghi trích yếu.", "Không khen thưởng Bà Lò Thị Pha thì phải ghi lý do.") if text in words] == [
        "Xin ghi trích yếu.", "Không khen thưởng Bà Lò Thị Pha thì phải ghi lý do.",
    ]  # fmt: skip
    assert Decision.objects.count() == 0


def test_two_saved_at_once_and_the_second_is_told(council_done: rounds.Round, as_lan: Client) -> None:
    decision = rounds.drafted(council_done)
    form = next(form for form in read(as_lan.get(at(decision, "sua/"))).forms if "merit" in form.names)
    kept = form.fields | {"title": "Về việc khen thưởng đợt một"}
    assert press(as_lan, at(decision, "sua/"), fund="Quỹ khen thưởng năm 2026").status_code == 302
    answer = as_lan.post(at(decision, "sua/"), kept)
    assert (answer.status_code, "Về việc khen thưởng đợt một" in answer.content.decode()) == (409, True)


def test_a_wrong_password_approves_nothing(council_done: rounds.Round, as_minh: Client) -> None:
    decision = rounds.drafted(council_done)
    actions.submit(decision, by=council_done.clerk)
    answer = press(as_minh, at(decision, "buoc/approve/"), password="sai")
    assert (answer.status_code, "Mật khẩu chưa đúng. Quyết định chưa được duyệt." in read(answer).words) == (422, True)
    decision.refresh_from_db()
    assert decision.state == Decision.State.SUBMITTED


def test_an_odd_number_is_asked_back_once(council_done: rounds.Round, as_hoa: Client) -> None:
    decision = rounds.approved(council_done)
    answer = press(as_hoa, at(decision, "buoc/number/"), number="7", issued_on="02/03/2026")
    assert (answer.status_code, "Số 7 đã ghi cho Kế hoạch 07/KH-STC" in read(answer).words) == (422, True)
    again = press(as_hoa, at(decision, "buoc/number/"), number="7", issued_on="02/03/2026", confirmed="on")
    assert again.status_code == 302


def test_a_difference_stands_line_by_line_and_is_accepted_with_a_reason(
    council_done: rounds.Round, as_hoa: Client
) -> None:
    decision = rounds.numbered(council_done)
    found = {"counts": [], "money": [], "rows": [], "warnings": []}
    copy = rounds.with_copy(decision, found)
    words = read(as_hoa.get(at(decision, "doi-chieu/"))).words
    count = len(comparing.open_differences(decision, copy))
    assert f"Bản ký có {count} chỗ khác dữ liệu" in words
    first = comparing.open_differences(decision, copy)[0]
    refused = as_hoa.post(at(decision, "doi-chieu/"), {"viec": "chap-nhan", "khac": first.key, "ly_do": ""})
    assert (refused.status_code, "cần ghi lý do" in refused.content.decode()) == (409, True)
    typed = {"viec": "chap-nhan", "khac": first.key, "ly_do": "Văn thư đóng số bằng tay."}
    assert as_hoa.post(at(decision, "doi-chieu/"), typed).status_code == 302
    assert "Văn thư đóng số bằng tay." in read(as_hoa.get(at(decision, "doi-chieu/"))).words


def test_what_no_machine_read_is_ticked_by_a_person(council_done: rounds.Round, as_hoa: Client) -> None:
    decision = rounds.numbered(council_done)
    rounds.with_copy(decision)
    page = read(as_hoa.get(at(decision, "doi-chieu/")))
    assert "Máy không đọc được bản này" in page.words
    keys = [key for key, _ in comparing.fields_to_see(decision)]
    short = as_hoa.post(at(decision, "doi-chieu/"), {"viec": "doi-chieu", "muc": keys[1:]})
    assert (short.status_code, "Còn 1 mục chưa đánh dấu" in short.content.decode()) == (409, True)
    assert as_hoa.post(at(decision, "doi-chieu/"), {"viec": "doi-chieu", "muc": keys}).status_code == 302
    assert "đã đối chiếu bằng mắt" in read(as_hoa.get(at(decision))).words


def test_staff_see_an_issued_decision_without_money_and_a_draft_not_at_all(
    council_done: rounds.Round, as_binh: Client, as_quan: Client
) -> None:
    decision = rounds.compared(council_done)
    assert as_binh.get(at(decision)).status_code == 404
    actions.issue(decision, by=council_done.registry)
    page = as_binh.get(at(decision))
    assert (page.status_code, "710.000" in page.content.decode(), "Hội đồng không thông qua" in page.content.decode()) == (
        200, False, False,
    )  # fmt: skip
    for rest in ("chi-thuong.xlsx", "ban-xem-truoc/quyet-dinh.pdf"):
        assert as_binh.get(at(decision, rest)).status_code == 404
    assert as_binh.get("/lam-viec/quyet-dinh/so-giay-khen/").status_code == 409
    assert as_quan.get(at(decision)).status_code == 404
    assert as_quan.get("/lam-viec/quyet-dinh/").status_code == 409


def test_papers_and_lists_are_given_out(council_done: rounds.Round, as_lan: Client) -> None:
    decision = rounds.issued(council_done)
    addresses = [
        *(at(decision, f"ban-xem-truoc/{form}.{kind}") for form in ("quyet-dinh", "to-trinh", "chi-thuong") for kind in ("docx", "pdf")),
        at(decision, "chi-thuong.xlsx"), "/lam-viec/quyet-dinh/so-giay-khen.xlsx",
    ]  # fmt: skip
    assert [as_lan.get(address).status_code for address in addresses] == [200] * len(addresses)
    register = read(as_lan.get("/lam-viec/quyet-dinh/so-giay-khen/?q=lo thi pha")).words
    assert ("2026/005" in register, "2026/004" in register) == (True, False)


def test_money_the_book_may_not_decide_is_answered_on_a_page(council_done: rounds.Round, as_lan: Client) -> None:
    import datetime

    decision = rounds.drafted(council_done, planned_on=datetime.date(2026, 11, 20))
    assert "Xác nhận mức tiền thưởng" in read(as_lan.get(at(decision))).words
    answer = press(as_lan, at(decision, "muc-thuong/"), opened="Điều 54 NĐ 152/2025/NĐ-CP", opened_on="01/03/2026")
    assert answer.status_code == 302
    assert "đã mở Điều 54 NĐ 152/2025/NĐ-CP" in read(as_lan.get(at(decision))).words


def test_lists_cost_a_fixed_number_of_queries(council_done: rounds.Round, as_lan: Client) -> None:
    rounds.issued(council_done)
    assert queries_of(as_lan, "/lam-viec/quyet-dinh/") <= 20
    assert queries_of(as_lan, "/lam-viec/quyet-dinh/so-giay-khen/") <= 14


def test_certificates_are_ordered_on_full_pages_or_a_blank_and_only_after_the_issue(
    council_done: rounds.Round, as_lan: Client, as_minh: Client
) -> None:
    decision = rounds.compared(council_done)
    page = at(decision, "in-giay-khen/")
    assert as_lan.get(page).status_code == 409
    actions.issue(decision, by=council_done.registry)
    assert as_minh.get(page).status_code == 409
    ordered = press(as_lan, page, paper="", subject="person")
    order = PaperOrder.objects.get(form="certificates")
    assert (ordered.status_code, ordered["Location"]) == (302, f"/lam-viec/giay-khen/in/{order.code}/")
    printed = order.context["certificates"]
    valid = Certificate.objects.filter(line__decision=decision, line__nomination__kind__in=["person", "outside_person"])
    assert sorted(one["code"] for one in printed) == sorted(valid.values_list("code", flat=True))
    assert {one["verify_url"] for one in printed} == {f"http://testserver/xac-minh/{one['code']}/" for one in printed}
    assert "in giấy khen của quyết định" in read(as_lan.get(at(decision))).words
