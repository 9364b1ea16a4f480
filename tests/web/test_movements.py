"""The pages of a movement: the list, one plan, typing it, each step, the papers, and who is refused."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from docx import Document

from bangvang.kernel.models import Event
from bangvang.movements.models import Movement
from bangvang.movements.queries import current_plan
from bangvang.people.actor import Actor
from tests import factories
from tests.web import walk
from tests.web.walk import address_of, press, read

NEW = "/lam-viec/phong-trao/moi/"


def test_the_list_filters_by_words_and_state(as_lan: Client, lan: Actor) -> None:
    draft = factories.movement(lan, title="Phong trào sáng kiến nhỏ")
    waiting = walk.submitted(lan, title="Phong trào giải ngân")
    both = [
        link
        for link in read(as_lan.get("/lam-viec/phong-trao/")).links
        if link in (address_of(draft), address_of(waiting))
    ]
    assert sorted(both) == sorted([address_of(draft), address_of(waiting)])
    found = read(as_lan.get("/lam-viec/phong-trao/", {"q": "giai ngan", "trang-thai": "submitted"}))
    assert (address_of(waiting) in found.links, address_of(draft) in found.links) == (True, False)
    nothing = read(as_lan.get("/lam-viec/phong-trao/", {"q": "giai ngan", "trang-thai": "draft"}))
    assert "Chưa có phong trào nào khớp với phần lọc" in nothing.words


def test_an_empty_list_says_how_to_begin(as_lan: Client, as_binh: Client) -> None:
    assert "Soạn kế hoạch đầu tiên" in read(as_lan.get("/lam-viec/phong-trao/")).words
    assert "khi ban hành sẽ hiện ở đây" in read(as_binh.get("/lam-viec/phong-trao/")).words


def test_a_typed_plan_becomes_a_draft_and_a_second_press_makes_no_second(as_lan: Client) -> None:
    form = read(as_lan.get(NEW)).form("title")
    first = as_lan.post(NEW, {**form.fields, **walk.TYPED})
    second = as_lan.post(NEW, {**form.fields, **walk.TYPED})
    movement = Movement.objects.get()
    assert [first["Location"], second["Location"]] == [address_of(movement)] * 2
    page = read(as_lan.get(address_of(movement)))
    assert "Bản thảo này đã lưu từ lần bấm trước" in page.words
    assert "Công khai ngày hẹn" in page.words
    plan = current_plan(movement)
    assert (plan.contents, plan.recipients) == (
        ("Rà soát quy trình", "Công khai ngày hẹn"),
        (("Các phòng, đơn vị thuộc Sở", "t/h"), ("Lưu: VT", "")),
    )


@pytest.mark.parametrize("code", ["moi", "luu-tam", "x" * 40, "../tep", ""])
def test_a_code_that_is_not_ours_is_not_taken(code: str, as_lan: Client) -> None:
    as_lan.post(NEW, {**walk.TYPED, "code": code})
    made = Movement.objects.get().code
    assert (len(made), made == code) == (10, False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Tên phong trào: Xin ghi tên phong trào."),
        ({"starts_on": "31/02/2026"}, "Ngày bắt đầu: "),
        ({"ends_on": "01/01/2026"}, "Ngày kết thúc: Ngày kết thúc sớm hơn ngày bắt đầu."),
        ({"end_condition": "xong quyết toán"}, "Đã có ngày kết thúc thì không ghi điều kiện kết thúc."),
        ({"awards": "Giấy khen\n" + "x" * 301}, "Dòng 2 dài 301 chữ cái, nhiều nhất 300."),
        ({"recipients": "x" * 201 + " (b/c)"}, "Dòng 1 dài 201 chữ cái, nhiều nhất 200."),
        ({"contents": "Vui tươi 😀"}, "Nội dung thi đua: Bản in không có ký tự 😀."),
    ],
)
def test_a_plan_is_refused_with_its_reason_and_keeps_what_was_typed(
    typed: dict[str, str], words: str, as_lan: Client
) -> None:
    response = as_lan.post(NEW, {**walk.TYPED, **typed})
    page = read(response)
    assert (response.status_code, Movement.objects.count()) == (422, 0)
    assert words in page.words
    assert {name: page.form("title").fields[name] for name in walk.TYPED} == {**walk.TYPED, **typed}


def test_khi_before_the_condition_is_said_once(as_lan: Client) -> None:
    as_lan.post(NEW, {**walk.TYPED, "ends_on": "", "end_condition": "Khi hết dịch"})
    assert Movement.objects.get().end_condition == "hết dịch"


def test_only_the_clerk_drafts_and_edits(as_binh: Client, as_minh: Client, lan: Actor) -> None:
    movement = factories.movement(lan)
    for client in (as_binh, as_minh):
        for response in (client.get(NEW), client.post(NEW, walk.TYPED)):
            assert response.status_code == 409
            assert "Kế hoạch do thường trực thi đua, khen thưởng soạn." in read(response).words
    assert as_minh.get(address_of(movement, "sua/")).status_code == 409
    assert as_binh.get(address_of(movement, "sua/")).status_code == 404
    assert as_binh.get(address_of(movement)).status_code == 404
    assert Movement.objects.count() == 1


def test_an_edit_saves_under_its_version_and_a_later_one_shows_both_texts(as_lan: Client, lan: Actor) -> None:
    movement = factories.movement(lan)
    page = read(as_lan.get(address_of(movement, "sua/"))).form("title")
    assert press(as_lan, address_of(movement, "sua/"), title="Tên mới")["Location"] == address_of(movement)
    late = as_lan.post(address_of(movement, "sua/"), {**page.fields, "theme": "Chủ đề khác"})
    words = read(late).words
    assert late.status_code == 409
    assert f"{lan.duty_text} sửa kế hoạch." in words
    assert "Đã lưu Tên mới" in words
    assert "vừa gõ Chủ đề khác" in words
    again = as_lan.post(address_of(movement, "sua/"), read(late).form("title").fields)
    assert again["Location"] == address_of(movement)
    movement.refresh_from_db()
    assert (movement.theme, movement.version) == ("Chủ đề khác", 3)


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30])
def test_an_edit_without_a_real_version_is_overtaken(version: str, as_lan: Client, lan: Actor) -> None:
    movement = factories.movement(lan)
    assert as_lan.post(address_of(movement, "sua/"), {**walk.TYPED, "version": version}).status_code == 409
    movement.refresh_from_db()
    assert movement.version == 1


def test_an_error_in_the_form_does_not_renew_its_version(as_lan: Client, lan: Actor) -> None:
    movement = factories.movement(lan)
    walk.movements.edit(movement, factories.plan(title="Đã lưu trước"), version=1, by=lan)
    wrong = as_lan.post(address_of(movement, "sua/"), {**walk.TYPED, "starts_on": "hôm qua", "version": "1"})
    assert read(wrong).form("title").fields["version"] == "1"


def test_text_typed_while_the_plan_was_submitted_is_kept(as_lan: Client, lan: Actor) -> None:
    movement = factories.movement(lan)
    form = read(as_lan.get(address_of(movement, "sua/"))).form("title")
    walk.movements.submit(movement, by=lan)
    refused = as_lan.post(address_of(movement, "sua/"), {**form.fields, "title": "Tên gõ dở"})
    assert refused.status_code == 409
    assert "Phần vừa gõ được lưu tạm" in read(refused).words
    walk.movements.recall(movement, by=lan)
    assert "Còn một bản gõ dở" in read(as_lan.get(address_of(movement, "sua/"))).words
    kept = read(as_lan.get(address_of(movement, "sua/"), {"nhap": "1"})).form("title")
    assert (kept.fields["title"], kept.fields["version"]) == ("Tên gõ dở", "1")


def test_autosave_keeps_the_form_and_saving_forgets_it(as_lan: Client, as_hoa: Client) -> None:
    form = read(as_lan.get(NEW)).form("title")
    sent = {**form.fields, **walk.TYPED, "title": "Gõ dở"}
    answer = as_lan.post("/lam-viec/phong-trao/luu-tam/", sent, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content.decode()) == (200, "Đã lưu tạm trên máy chủ.")
    assert "Còn một bản gõ dở" in read(as_lan.get(NEW)).words
    again = read(as_lan.get(NEW, {"nhap": "1"})).form("title")
    assert (again.fields["title"], again.fields["code"]) == ("Gõ dở", form.fields["code"])
    as_lan.post(NEW, again.fields)
    assert "Còn một bản gõ dở" not in read(as_lan.get(NEW)).words
    long = as_lan.post("/lam-viec/phong-trao/luu-tam/", {**sent, "contents": "x" * 400_001})
    assert (long.status_code, long.content.decode()[:30]) == (413, "Phần đã gõ dài quá mức lưu tạm")
    assert as_lan.post("/lam-viec/phong-trao/luu-tam/", {"draft_name": "late:/x"}).status_code == 404
    assert as_lan.get("/lam-viec/phong-trao/luu-tam/").status_code == 405


# --- Steps ------------------------------------------------------------------------------------------------------------

PASSED = {"submit": "submitted", "recall": "draft", "approve": "approved", "return": "returned", "issue": "issued",
          "withdraw": "returned", "cancel": "cancelled", "publish": "issued", "hide": "issued"}  # fmt: skip
TYPED_IN_STEP: dict[str, dict[str, str]] = {
    "approve": {"password": factories.PASSWORD},
    "return": {"reason": "Thiếu chỉ tiêu."},
    "issue": {"number": "15", "issued_on": "01/03/2026"},
    "withdraw": {"reason": "Sai ngày."},
    "cancel": {"reason": "Không làm nữa."},
    "hide": {"reason": "Sai bản."},
}
WHO = {"submit": "lan", "recall": "lan", "approve": "minh", "return": "minh", "issue": "hoa", "withdraw": "minh",
       "cancel": "lan", "publish": "lan", "hide": "lan"}  # fmt: skip


@pytest.fixture
def people(as_lan: Client, as_minh: Client, as_hoa: Client, as_binh: Client, as_tuan: Client) -> dict[str, Client]:
    return {"lan": as_lan, "minh": as_minh, "hoa": as_hoa, "binh": as_binh, "tuan": as_tuan}


@pytest.fixture
def ready(lan: Actor, minh: Actor, hoa: Actor) -> Any:
    """A movement in the state from which a step starts."""

    def make(step: str) -> Movement:
        if step in {"submit", "cancel"}:
            return factories.movement(lan)
        if step in {"recall", "approve", "return"}:
            return walk.submitted(lan)
        if step in {"issue", "withdraw"}:
            return walk.approved(lan, minh)
        return walk.issued(lan, minh, hoa) if step == "publish" else walk.published(lan, minh, hoa)

    return make


@pytest.mark.parametrize("step", PASSED)
def test_a_step_is_shown_taken_once_and_recorded(step: str, people: dict[str, Client], ready: Any) -> None:
    movement = ready(step)
    client, address = people[WHO[step]], address_of(movement, f"{step}/")
    assert address in read(client.get(address_of(movement))).links
    form = read(client.get(address)).form("version")
    sent = {**form.fields, **TYPED_IN_STEP.get(step, {})}
    before = Event.objects.count()
    assert [client.post(address, sent)["Location"] for _ in range(2)] == [address_of(movement)] * 2
    page = read(client.get(address_of(movement)))
    movement.refresh_from_db()
    assert (movement.state, Event.objects.count() - before) == (PASSED[step], 1)
    assert movement.publicity == ("shown" if step == "publish" else "hidden")
    assert "Việc này đã làm xong từ lần bấm trước, không làm lại." in page.words


@pytest.mark.parametrize("step", PASSED)
def test_nobody_else_takes_a_step(step: str, people: dict[str, Client], ready: Any, hoa: Actor, tuan: Actor) -> None:
    movement = ready(step)
    may_sign_too = {"tuan"} if WHO[step] == "minh" else set()
    sent = {"version": str(movement.version), **TYPED_IN_STEP.get(step, {})}
    before = Event.objects.count()
    answers = {
        name: {
            client.get(address_of(movement, f"{step}/")).status_code,
            client.post(address_of(movement, f"{step}/"), sent).status_code,
        }
        for name, client in people.items()
        if name not in {WHO[step], *may_sign_too}
    }
    assert all(codes in ({404}, {409}) for codes in answers.values()), answers
    movement.refresh_from_db()
    assert (movement.version, Event.objects.count()) == (int(sent["version"]), before)


def test_a_refusal_names_who_can(as_hoa: Client, lan: Actor, minh: Actor) -> None:
    words = read(as_hoa.get(address_of(walk.approved(lan, minh), "withdraw/"))).words
    assert "Việc này do Giám đốc làm, hoặc cấp phó được giao ký thay." in words
    assert "Người làm được việc này: Giám đốc." in words
    assert "Chưa có gì thay đổi." in words


def test_an_unready_plan_says_what_it_lacks(as_lan: Client, lan: Actor) -> None:
    movement = factories.movement(lan, contents=(), recipients=())
    words = read(as_lan.get(address_of(movement))).words
    assert "Trình duyệt: chưa được Kế hoạch còn thiếu: nội dung thi đua, nơi nhận." in words
    assert as_lan.post(address_of(movement, "submit/"), {"version": "1"}).status_code == 409


def test_ones_own_stale_press_is_not_called_done(as_lan: Client, lan: Actor) -> None:
    movement = factories.movement(lan)
    walk.movements.edit(movement, factories.plan(title="Sửa ở cửa sổ khác"), version=1, by=lan)
    stale = as_lan.post(address_of(movement, "submit/"), {"version": "1"})
    assert stale.status_code == 409
    assert "sửa kế hoạch." in read(stale).words
    assert "Việc vừa bấm chưa được ghi." in read(stale).words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": "15", "issued_on": "31/02/2026"}, "Ngày ban hành: "),
        ({"number": "15", "issued_on": "03/03/2026"}, "Ngày ban hành ở sau ngày hôm nay."),
        ({"number": "0", "issued_on": "01/03/2026"}, "Số văn bản là số từ 1 đến 99999."),
        ({"number": "mười lăm", "issued_on": "01/03/2026"}, "Số văn bản là số từ 1 đến 99999."),
        ({"number": "", "issued_on": "01/03/2026"}, "Xin ghi số văn bản."),
        ({"number": "5", "issued_on": "02/03/2026"}, "Số 5 nhỏ hơn số 07/KH-STC đã ghi ngày 01/03/2026."),
    ],
)
def test_a_number_or_day_is_refused_with_its_reason(
    typed: dict[str, str], words: str, as_hoa: Client, lan: Actor, minh: Actor, hoa: Actor
) -> None:
    walk.issued(lan, minh, hoa, number=7)
    movement = walk.approved(lan, minh, title="Phong trào thứ hai")
    response = press(as_hoa, address_of(movement, "issue/"), **typed)
    assert response.status_code == 422
    assert words in read(response).words


def test_an_odd_number_is_asked_back_once_and_a_used_one_refused(
    as_hoa: Client, lan: Actor, minh: Actor, hoa: Actor
) -> None:
    walk.issued(lan, minh, hoa, number=7)
    movement = walk.approved(lan, minh, title="Phong trào thứ hai")
    address = address_of(movement, "issue/")
    used = press(as_hoa, address, number="7", issued_on="01/03/2026")
    assert used.status_code == 409
    assert "Số 07/KH-STC năm 2026 đã ghi cho một kế hoạch khác." in read(used).words
    sure = press(as_hoa, address, number="5", issued_on="02/03/2026", confirmed="on")
    assert sure["Location"] == address_of(movement)


def test_a_wrong_password_does_not_approve_and_five_lock(as_minh: Client, lan: Actor) -> None:
    movement = walk.submitted(lan)
    codes = [press(as_minh, address_of(movement, "approve/"), password="sai").status_code for _ in range(5)]
    movement.refresh_from_db()
    assert (codes, movement.state) == ([422, 422, 422, 422, 429], "submitted")


def test_a_step_that_does_not_exist_is_not_found(as_lan: Client, lan: Actor) -> None:
    assert as_lan.get(address_of(factories.movement(lan), "bay/")).status_code == 404


# --- Papers -----------------------------------------------------------------------------------------------------------


def test_the_preview_is_an_attachment_with_blank_number(as_lan: Client, lan: Actor) -> None:
    movement = factories.movement(lan)
    word = as_lan.get(address_of(movement, "ban-xem-truoc.docx"))
    assert word["Content-Disposition"].startswith(f'attachment; filename="Ke-hoach-du-thao-{movement.code}.docx"')
    assert word["Content-Security-Policy"] == "sandbox; default-src 'none'"
    text = "\n".join(p.text for p in Document(BytesIO(word.content)).paragraphs)
    assert movement.title in text
    assert as_lan.get(address_of(movement, "ban-xem-truoc.pdf")).content[:5] == b"%PDF-"
    assert as_lan.get(address_of(movement, "ban-xem-truoc.exe")).status_code == 404


def test_a_paper_of_another_movement_is_not_found(as_lan: Client, lan: Actor, minh: Actor, hoa: Actor) -> None:
    movement = walk.issued(lan, minh, hoa)
    order = walk.papers_of(movement)[0]
    assert as_lan.get(address_of(movement, f"van-ban/{order.code}.pdf")).status_code == 404  # not drawn yet
    assert "Đang lập bản Word và PDF." in as_lan.get(address_of(movement)).content.decode()
