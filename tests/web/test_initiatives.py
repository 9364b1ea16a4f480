"""Pages of initiatives: an application is written, looked at, decided and numbered through forms; others see what they may."""

import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.honours import actions as honours
from bangvang.initiatives import actions
from bangvang.initiatives.actions import Minutes
from bangvang.initiatives.models import Initiative
from bangvang.kernel.models import Draft
from bangvang.papers.actions import keep, papers_of
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from tests import factories
from tests.web.walk import press, queries_of, read

PLACE = "/lam-viec/sang-kien/"
DAY = factories.DAY
TYPED = {
    "title": "Bảng hỏi mười một dòng",
    "field": "Quản lý ngân sách",
    "for_year": "2025",
    "own_share": "60",
    "before": "Mỗi bộ hồ sơ phải hỏi lại ba, bốn lượt mới đủ giấy tờ.",
    "novelty": "Gửi trước cho các xã một bảng hỏi mười một dòng.",
    "effect": "Từ chín ngày còn bốn ngày.",
    "first_applied_on": "05/05/2025",
    "applied_at": "32 xã, phường",
}
COUNCIL = {"number": "05/BB-HĐSK", "held_on": "01/03/2026", "votes_for": "6", "votes_total": "7"}


@pytest.fixture
def initiative(lan: Actor, minh: Actor, hoa: Actor, binh: Actor, media: Path) -> Initiative:
    return actions.draft(factories.application(), [factories.author(binh.person)], by=binh)


def page_of(initiative: Initiative, rest: str = "") -> str:
    return f"{PLACE}{initiative.code}/{rest}"


def head_of(initiative: Initiative) -> str:
    """The code of the director, who signs."""
    return people.signers(initiative.agency, DAY)[0].code


def brought_to(initiative: Initiative, state: str, binh: Actor, lan: Actor, hoa: Actor) -> Initiative:
    actions.submit(initiative, by=binh)
    if state == "submitted":
        return initiative
    actions.table(initiative, appraisal="Đã kiểm tra.", by=lan)
    minutes = Minutes("05/BB-HĐSK", DAY, 6, 7)
    actions.endorse(initiative, minutes, scope="co_so", by=lan)
    if state == "recognised":
        actions.recognise(initiative, number=12, on=DAY, signer=head_of(initiative), by=hoa)
    return initiative


def test_an_initiative_goes_from_the_empty_form_to_the_certificate(
    as_binh: Client, as_lan: Client, as_hoa: Client, as_mai: Client, lan: Actor, minh: Actor, mai: Actor, media: Path
) -> None:
    others = {"name_1": "vu thanh mai", "share_1": "30"}
    others |= {"name_2": "Lò Văn Pẩu", "share_2": "10", "place_2": "xã Nậm Lúc", "outside_2": "on"}
    assert press(as_binh, f"{PLACE}moi/", **TYPED, **others).status_code == 302
    initiative = Initiative.objects.get()
    page = page_of(initiative)
    told = [(one.name, one.place, one.share) for one in initiative.authors.all()]
    unit = "Phòng Quản lý ngân sách"
    assert told == [("Trần Văn Bình", unit, 60), ("Vũ Thanh Mai", unit, 30), ("Lò Văn Pẩu", "xã Nậm Lúc", 10)]
    file = SimpleUploadedFile("so-lieu.pdf", b"%PDF-1.7 so lieu", "application/pdf")
    assert press(as_binh, page, file=file).status_code == 302
    assert "Gửi đơn: chưa được Đơn còn thiếu: tệp dùng được thay cho “so-lieu.pdf”" in read(as_binh.get(page)).words
    StoredFile.objects.update(state="usable")
    code = StoredFile.objects.get().code
    assert as_binh.get(page_of(initiative, f"tep/{code}/")).content == b"%PDF-1.7 so lieu"
    press(as_binh, page_of(initiative, "buoc/submit/"))
    assert "Thẩm định sáng kiến: Bảng hỏi" in read(as_lan.get("/lam-viec/")).words
    press(as_lan, page_of(initiative, "buoc/return/"), reason="Thiếu số liệu ba xã.")
    initiative.refresh_from_db()
    assert initiative.supplement_by == datetime.date(2026, 3, 9)
    mine = read(as_binh.get("/lam-viec/")).words
    assert "Đến hết 09/03/2026còn 5 ngày làm việc Bổ sung đơn sáng kiến" in mine
    assert "Cần bổ sung đến hết 09/03/2026 Thiếu số liệu ba xã." in read(as_binh.get(page_of(initiative, "sua/"))).words
    press(as_binh, page_of(initiative, "sua/"), effect="Từ chín ngày còn bốn ngày; ba xã đo riêng.")
    press(as_binh, page_of(initiative, "buoc/submit/"))
    press(as_lan, page_of(initiative, "buoc/table/"), appraisal="Đã kiểm tra số liệu.")
    press(as_lan, page_of(initiative, "buoc/endorse/"), **COUNCIL, scope="co_so")
    assert as_hoa.get(page_of(initiative, "giay-chung-nhan.docx")).status_code == 200
    assert "Ghi số giấy chứng nhận sáng kiến" in read(as_hoa.get("/lam-viec/")).words
    press(as_hoa, page_of(initiative, "buoc/recognise/"), number="12", on="02/03/2026", signer=minh.person.code)
    words = read(as_mai.get(page)).words
    assert "Được công nhận Giấy chứng nhận 12/GCN-STC, ngày 02/03/2026 Phạm vi: cơ sở" in words
    assert "khoản 6 Điều 33 NĐ 152/2025/NĐ-CP (đã đọc văn bản)" in words
    assert "Một sáng kiến chỉ dùng một lần. III.5.c CV 5007/BNV-TĐKT năm 2023 (đã đọc văn bản)" in words
    initiative.refresh_from_db()
    assert initiative.state == "recognised"


def test_the_certificate_can_be_fetched_as_it_was_made(
    initiative: Initiative, as_hoa: Client, as_mai: Client, binh: Actor, lan: Actor, hoa: Actor
) -> None:
    brought_to(initiative, "recognised", binh, lan, hoa)
    (order,) = papers_of(initiative)
    keep(order, "docx", b"PK giay", kind="docx")
    address = page_of(initiative, f"van-ban/{order.code}.docx")
    assert f'href="{address}"' in as_hoa.get(page_of(initiative)).content.decode()
    got = as_hoa.get(address)
    assert (got.content, got.headers["Content-Disposition"][:10]) == (b"PK giay", "attachment")
    assert as_mai.get(address).status_code == 404
    assert (
        as_hoa.get(page_of(initiative, "giay-chung-nhan.pdf")).status_code == 404
    )  # only while it waits for its number


def test_what_was_typed_wrong_is_said_beside_its_field(as_binh: Client, binh: Actor, office: Unit) -> None:
    for year in (1981, 1990):
        factories.duty(factories.person("Lê Thị Xuân", birth_year=year), office)
    typed = TYPED | {"own_share": "90", "first_applied_on": "05/05/2026"}
    rows = {"name_1": "Le Thi Xuan", "share_1": "20", "name_2": "Không Có Ai", "share_2": "10"}
    words = read(press(as_binh, f"{PLACE}moi/", **typed, **rows)).words
    for text in (
        "Ngày áp dụng lần đầu ở sau ngày hôm nay.",
        "Có 2 người cùng tên: Lê Thị Xuân (19",
        "Cơ quan không có ai tên “Không Có Ai”.",
    ):
        assert text in words
    assert not Initiative.objects.exists()
    rows = {"name_1": "Le Thi Xuan (1981)", "share_1": "20", "name_2": "Ai Đó", "share_2": "", "outside_2": "on"}
    words = read(press(as_binh, f"{PLACE}moi/", **TYPED, **rows)).words
    assert "Xin ghi tỷ lệ đóng góp của đồng tác giả này." in words
    assert "cùng tên" not in words
    rows |= {"share_2": "20"}
    assert "Người ngoài cơ quan cần ghi địa chỉ" in read(press(as_binh, f"{PLACE}moi/", **TYPED, **rows)).words
    rows |= {"share_2": "30", "place_2": "xã Nậm Lúc"}
    assert "cộng lại là 110 %" in read(press(as_binh, f"{PLACE}moi/", **TYPED, **rows)).words
    rows |= {"share_2": "20", "name_2": "Trần Văn Bình", "outside_2": ""}
    assert "đã có trong danh sách tác giả" in read(press(as_binh, f"{PLACE}moi/", **TYPED, **rows)).words


def test_a_saved_application_opens_with_its_authors_and_room_for_more(
    as_binh: Client, binh: Actor, mai: Actor, media: Path
) -> None:
    authors = [factories.author(binh.person, 70), factories.author(mai.person, 30)]
    initiative = actions.draft(factories.application(), authors, by=binh)
    form = next(form for form in read(as_binh.get(page_of(initiative, "sua/"))).forms if "title" in form.names)
    known = {name: form.fields.get(name) for name in ("own_share", "name_1", "share_1", "name_2", "name_3")}
    assert known == {"own_share": "70", "name_1": "Vũ Thanh Mai", "share_1": "30", "name_2": "", "name_3": ""}
    assert press(as_binh, page_of(initiative, "sua/"), title="Tên mới").status_code == 302
    assert [one.share for one in initiative.authors.all()] == [70, 30]


def test_two_windows_on_one_application_lose_nothing(initiative: Initiative, as_binh: Client, binh: Actor) -> None:
    opened = next(form for form in read(as_binh.get(page_of(initiative, "sua/"))).forms if "title" in form.names)
    actions.edit(initiative, factories.application(title="Bản của cửa sổ kia"), [factories.author(binh.person)], version=1, by=binh)  # fmt: skip
    late = as_binh.post(page_of(initiative, "sua/"), {**opened.fields, "title": "Bản của cửa sổ này"})
    words = read(late).words
    assert (late.status_code, "Bản của cửa sổ kia" in words, "Bản của cửa sổ này" in words) == (409, True, True)
    again = next(form for form in read(late).forms if "title" in form.names)
    assert as_binh.post(page_of(initiative, "sua/"), again.fields).status_code == 302
    initiative.refresh_from_db()
    assert initiative.title == "Bản của cửa sổ này"


def test_half_typed_text_is_kept_for_its_owner(as_binh: Client, binh: Actor) -> None:
    typed = {"draft_name": "initiative:new", "title": "Đang gõ", "name_1": "Lò Văn", "own_share": "50"}
    assert as_binh.post(f"{PLACE}luu-tam/", typed).status_code == 200
    assert "Còn một bản gõ dở" in read(as_binh.get(f"{PLACE}moi/")).words
    form = next(form for form in read(as_binh.get(f"{PLACE}moi/?nhap=1")).forms if "title" in form.names)
    assert (form.fields["title"], form.fields["name_1"]) == ("Đang gõ", "Lò Văn")
    press(as_binh, f"{PLACE}moi/", **TYPED)
    assert not Draft.objects.exists()
    assert as_binh.post(f"{PLACE}luu-tam/", {"draft_name": "dossier:x"}).status_code == 404


def test_a_second_press_does_nothing_again(as_binh: Client, binh: Actor, media: Path) -> None:
    form = next(form for form in read(as_binh.get(f"{PLACE}moi/")).forms if "title" in form.names)
    for _ in range(2):
        assert as_binh.post(f"{PLACE}moi/", {**form.fields, **TYPED, "own_share": "100"}).status_code == 302
    initiative = Initiative.objects.get()
    for _ in range(2):
        assert as_binh.post(page_of(initiative, "buoc/submit/"), {"version": "1"}).status_code == 302
    assert factories.verbs_of(initiative) == ["initiative.draft", "initiative.submit"]


def test_impossible_results_are_answered_on_the_form(
    initiative: Initiative, as_lan: Client, as_hoa: Client, binh: Actor, lan: Actor, hoa: Actor
) -> None:
    actions.submit(initiative, by=binh)
    for rest, typed, words in (
        ("return", {"reason": "Thiếu.", "until": "02/03/2026"}, "ở sau ngày hôm nay"),
        ("return", {"reason": ""}, "Xin ghi cần bổ sung gì."),
        ("table", {"appraisal": ""}, "Xin ghi ý kiến thẩm định."),
    ):
        answer = press(as_lan, page_of(initiative, f"buoc/{rest}/"), **typed)
        assert (answer.status_code, words in read(answer).words) == (422, True), words
    actions.table(initiative, appraisal="Tốt.", by=lan)
    for typed, words in (
        ({**COUNCIL, "votes_for": "8"}, "Số phiếu công nhận 8 nhiều hơn"),
        ({**COUNCIL, "scope": ""}, "Xin chọn phạm vi ảnh hưởng"),
        ({**COUNCIL, "scope": "co_so", "held_on": "09/03/2026"}, "Ngày biên bản ở sau ngày hôm nay."),
    ):
        answer = press(as_lan, page_of(initiative, "buoc/endorse/"), **typed)
        assert (answer.status_code, words in read(answer).words) == (422, True), words
    press(as_lan, page_of(initiative, "buoc/decline/"), **COUNCIL, reason="Không mới.")
    assert "Hội đồng sáng kiến không công nhận Không mới." in read(as_lan.get(page_of(initiative))).words


@pytest.mark.parametrize("rest", ["", "sua/", "gan-giong/", "buoc/table/", "buoc/nowhere/", "giay-chung-nhan.pdf"])
def test_what_is_not_sent_is_not_there_for_others(
    initiative: Initiative, as_mai: Client, as_lan: Client, as_quan: Client, rest: str
) -> None:
    for client in (as_mai, as_lan, as_quan):
        assert client.get(page_of(initiative, rest)).status_code == 404


def test_a_colleague_reads_a_recognised_one_and_nothing_behind_it(
    initiative: Initiative, as_mai: Client, as_quan: Client, binh: Actor, lan: Actor, hoa: Actor
) -> None:
    file = factories.stored_file(binh.user)
    actions.attach(initiative, file, by=binh)
    brought_to(initiative, "recognised", binh, lan, hoa)
    words = read(as_mai.get(page_of(initiative))).words
    assert "hỏi mười một dòng soạn từ những câu" in words
    for hidden in ("ban-da-ky.pdf", "05/BB-HĐSK", "Đã kiểm tra.", "có thể làm gì"):
        assert hidden not in words
    for rest in (f"tep/{file.code}/", "gan-giong/"):
        assert as_mai.get(page_of(initiative, rest)).status_code == 404
    refused = as_mai.get(page_of(initiative, "buoc/annul/"))
    assert (refused.status_code, "do thường trực" in read(refused).words) == (409, True)
    assert as_quan.get(PLACE).status_code == 409


def test_alike_ones_stand_side_by_side(
    initiative: Initiative, as_lan: Client, as_mai: Client, binh: Actor, mai: Actor, media: Path
) -> None:
    actions.submit(initiative, by=binh)
    copy = actions.draft(factories.application(title="Phiếu hỏi"), [factories.author(mai.person)], by=mai)
    actions.submit(copy, by=mai)
    words = read(as_lan.get(page_of(copy, "gan-giong/"))).words
    assert "1 sáng kiến gửi trước có đoạn cùng chữ" in words
    assert "Đơn nàyMỗi bộ hồ sơ" in words
    assert "Sáng kiến trướcMỗi bộ hồ sơ" in words
    assert "Không thấy đoạn nào" in read(as_lan.get(page_of(initiative, "gan-giong/"))).words


def test_where_it_was_used_is_shown_to_those_who_may_see_the_award(
    initiative: Initiative, as_binh: Client, as_lan: Client, as_mai: Client, department: Unit, binh: Actor, lan: Actor, hoa: Actor,
    client: Client,
) -> None:  # fmt: skip
    brought_to(initiative, "recognised", binh, lan, hoa)
    assert "Chưa thấy danh hiệu" in read(as_binh.get(page_of(initiative))).words
    paper = {"paper_number": "22/QĐ-STC", "paper_on": DAY}
    for used, kind in (
        (initiative.title, "grassroots_emulation_fighter"),
        (f"{initiative.title} khác", "advanced_worker"),
    ):
        honours.enter(factories.award(binh.person, kind=kind, initiatives_used=used, **paper), by=lan)
    for viewer in (as_binh, as_lan, as_mai):
        words = read(viewer.get(page_of(initiative))).words
        assert "Chiến sĩ thi đua cơ sở năm 2025, Trần Văn Bình22/QĐ-STC, 02/03/2026" in words
        assert "Lao động tiên tiến" not in words
    stranger = factories.actor(
        "Vi Thị Xa", factories.unit("Phòng Giá", parent=department, agency=department), Duty.Role.STAFF
    )
    client.force_login(stranger.user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Chiến sĩ thi đua" not in read(client.get(page_of(initiative))).words


def test_the_list_is_filtered_exported_and_costs_the_same_for_one_and_three(
    as_binh: Client, binh: Actor, media: Path
) -> None:
    counts = []
    for place in (1, 2, 3):
        actions.draft(factories.application(title=f"Cách {place}"), [factories.author(binh.person)], by=binh)
        counts.append(queries_of(as_binh, PLACE))
    assert counts[1] == counts[2]
    words = read(as_binh.get(f"{PLACE}?q=cach+2&trang-thai=draft&nam=2025")).words
    assert ("Cách 2" in words, "Cách 1" in words) == (True, False)
    assert "Chưa có sáng kiến nào khớp" in read(as_binh.get(f"{PLACE}?q=khong+co")).words
    assert as_binh.get(f"{PLACE}sang-kien.xlsx?q=cach").content[:2] == b"PK"


def test_many_waiting_ones_are_one_line_after_the_oldest_ten(
    as_lan: Client, binh: Actor, lan: Actor, media: Path
) -> None:
    for place in range(1, 13):
        given = factories.application(title=f"Cách {place}")
        actions.submit(actions.draft(given, [factories.author(binh.person)], by=binh), by=binh)
        if place == 10:
            as_lan.get("/lam-viec/")  # the session's own first writes
            before = queries_of(as_lan, "/lam-viec/")
    assert queries_of(as_lan, "/lam-viec/") == before
    page = read(as_lan.get("/lam-viec/"))
    assert "Thẩm định sáng kiến: Cách 10" in page.words
    assert "Cách 11" not in page.words.partition("Mới báo")[0]
    assert "Thẩm định sáng kiến: còn 2 đơn khác" in page.words
    assert "Cách 12" in read(as_lan.get(f"{PLACE}?trang-thai=submitted")).words


def test_the_form_has_exactly_the_fields_of_an_application() -> None:
    from dataclasses import fields

    from bangvang.initiatives.queries import ApplicationFields
    from bangvang.web.staff.initiative_forms import ApplicationForm

    assert sorted(ApplicationForm.base_fields) == sorted(field.name for field in fields(ApplicationFields))
