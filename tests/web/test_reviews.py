"""The pages from a plan document to a movement: sending in, waiting, answering value by value, making the movement."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.movements import actions
from bangvang.movements.models import Movement, PlanReview
from bangvang.papers.models import Reading
from bangvang.people.actor import Actor
from tests.movements import scenes
from tests.web.walk import read

NEW = "/lam-viec/ban-doc/"


def page_of(review: PlanReview, rest: str = "") -> str:
    return f"{NEW}{review.code}/{rest}"


def answer(client: Client, review: PlanReview, field: str, how: str, text: str = "", version: int | None = None) -> Any:
    now = PlanReview.objects.get(pk=review.pk).version
    given = {"field": field, "how": how, "text": text, "version": version or now}
    return client.post(page_of(review), given)


@pytest.fixture
def review(lan: Actor) -> PlanReview:
    return scenes.review(lan)


def test_a_document_is_sent_in_and_waits(as_lan: Client, media: object) -> None:
    sent = as_lan.post(NEW, {"file": SimpleUploadedFile("ke-hoach.txt", scenes.PLAN.read_bytes())})
    review = PlanReview.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, page_of(review))
    waiting = as_lan.get(page_of(review))
    assert "Đang kiểm tra và đọc “ke-hoach.txt”" in read(waiting).words
    assert b'<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting.content
    asked = as_lan.get(page_of(review), HTTP_HX_REQUEST="true")
    assert (b"<html" in asked.content, "HX-Refresh" in asked.headers) == (False, False)
    Reading.objects.update(state=Reading.State.READ)
    assert as_lan.get(page_of(review), HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"


def test_no_file_is_told_in_words(as_lan: Client) -> None:
    response = as_lan.post(NEW, {"csrfmiddlewaretoken": "x"})
    assert (response.status_code, "Chưa chọn tệp." in read(response).words) == (422, True)


def test_an_unreadable_file_says_why_and_what_comes_next(as_lan: Client, review: PlanReview) -> None:
    Reading.objects.update(state=Reading.State.REFUSED, refusal="Tệp này là bản quét, chưa có chữ để đọc.")
    page = read(as_lan.get(page_of(review)))
    assert "Tệp này là bản quét, chưa có chữ để đọc." in page.words
    assert {NEW, "/lam-viec/phong-trao/moi/"} <= set(page.links)


def test_each_value_leads_to_its_marked_sentence(as_lan: Client, review: PlanReview) -> None:
    html = as_lan.get(page_of(review)).content.decode()
    marks = re.findall(r'<mark\s+id="c(\d+)"\s*>([^<]+)</mark>', html)
    assert [int(number) for number, _ in marks] == list(range(1, len(marks) + 1))
    assert {"Rút ngắn thời gian thẩm định dự toán." in text for _, text in marks} == {True, False}
    tags = set(re.findall(r'<a\s+class="tag"\s+href="#c(\d+)"', html))
    assert tags == {number for number, _ in marks}
    for words in ("Chắc chắn", "Cần xem", "Văn bản không ghi", "Số văn bản để trống, văn thư cấp khi ban hành."):
        assert words in html


def test_an_answer_goes_on_to_the_next_value_that_waits(as_lan: Client, review: PlanReview) -> None:
    response = answer(as_lan, review, "date", "right")
    assert response["Location"] == f"{page_of(review)}#f-kind"
    assert PlanReview.objects.get().answers["date"] == {"how": "right", "text": "12/2025"}


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("starts_on", "31/02/2026", "Ngày 31/02/2026 không có trong lịch."),
        ("kind", "lạ", "Xin chọn một trong hai: Thường xuyên hoặc Theo chuyên đề."),
        ("title", "", "Chưa gõ chữ nào."),
        ("title", "a" * 301, "301"),
    ],
)
def test_a_correction_that_cannot_stand_is_told_and_stays_typed(
    field: str, text: str, why: str, as_lan: Client, review: PlanReview
) -> None:
    response = answer(as_lan, review, field, "corrected", text)
    page = read(response)
    assert (response.status_code, why in page.words) == (422, True)
    assert PlanReview.objects.get().answers == {}
    if field != "kind":
        form = next(form for form in page.forms if form.fields.get("field") == field and "text" in form.names)
        assert form.fields["text"] == text


def test_all_sure_values_are_confirmed_at_once_and_no_others(as_lan: Client, review: PlanReview) -> None:
    answer(as_lan, review, "", "all_sure")
    given = PlanReview.objects.get().answers
    assert {"title", "contents", "recipients"} <= set(given)
    assert {"date", "kind", "number", "starts_on"} & set(given) == set()


def test_the_bar_says_what_stands_in_the_way_and_the_movement_waits_for_it(as_lan: Client, review: PlanReview) -> None:
    before = read(as_lan.get(page_of(review))).words
    assert re.search(
        r"Chưa lập được phong trào: Còn 5 giá trị cần xem, 7 giá trị văn bản không ghi, 14 giá trị chắc chắn", before
    )
    assert as_lan.post(page_of(review, "lap-phong-trao/"), {"version": review.version}).status_code == 409
    answer(as_lan, review, "", "all_sure")
    for field in ("date", "kind", "purposes", "superior", "targets"):
        answer(as_lan, review, field, "right")
    for field in ("number", "solutions", "end_condition", "milestones", "procedure"):
        answer(as_lan, review, field, "blank")
    answer(as_lan, review, "starts_on", "corrected", "01/01/2026")
    answer(as_lan, review, "ends_on", "corrected", "31/12/2025")
    page = read(as_lan.get(page_of(review)))
    assert "Đủ để lập phong trào." in page.words
    wrong = as_lan.post(page_of(review, "lap-phong-trao/"), {"version": PlanReview.objects.get().version})
    assert (wrong.status_code, "Ngày kết thúc sớm hơn ngày bắt đầu." in read(wrong).words) == (422, True)
    answer(as_lan, review, "ends_on", "corrected", "31/12/2026")
    version = PlanReview.objects.get().version
    made = [as_lan.post(page_of(review, "lap-phong-trao/"), {"version": version}) for _ in range(2)]
    movement = Movement.objects.get()
    assert [one["Location"] for one in made] == [f"/lam-viec/phong-trao/{movement.code}/"] * 2
    assert (movement.kind, str(movement.ends_on), movement.symbol) == ("thematic", "2026-12-31", "KH-STC")
    assert movement.awards.first().award == "unit_commendation"  # type: ignore[union-attr]


def test_a_record_of_achievements_says_why_it_becomes_no_movement(as_lan: Client, lan: Actor) -> None:
    review = scenes.review(lan, kind="record_article")
    page = read(as_lan.get(page_of(review)))
    assert page.words.count("Văn bản này nói về thành tích đã đạt, không phải kế hoạch") == 2
    assert all("Lập phong trào" not in form.buttons for form in page.forms)


def test_two_clerks_on_one_field_see_both_texts(as_lan: Client, review: PlanReview, lan: Actor) -> None:
    actions.answer(review, {"title": ("corrected", "Tên người trước gõ")}, by=lan)
    late = answer(as_lan, review, "title", "corrected", "Tên người sau gõ", version=1)
    html = late.content.decode()
    assert late.status_code == 409
    assert ("Tên người trước gõ" in html, "Tên người sau gõ" in html, "vừa trả lời trước" in html) == (True, True, True)


def test_dropping_needs_a_reason(as_lan: Client, review: PlanReview) -> None:
    empty = as_lan.post(page_of(review, "bo/"), {"version": review.version, "reason": ""})
    assert (empty.status_code, "Xin ghi lý do." in read(empty).words) == (422, True)
    gone = as_lan.post(page_of(review, "bo/"), {"version": review.version, "reason": "Nhầm tệp"})
    assert (gone["Location"], PlanReview.objects.get().state) == (NEW, "dropped")


@pytest.mark.parametrize("who", ["as_minh", "as_hoa", "as_mai", "as_binh", "as_quan"])
def test_nobody_else_sees_a_review_or_sends_a_plan_in(
    who: str, review: PlanReview, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(who)
    assert client.get(NEW).status_code == 409
    assert [client.get(page_of(review, rest)).status_code for rest in ("", "bo/")] == [404, 404]
    assert answer(client, review, "title", "right").status_code == 404
    assert client.post(page_of(review, "lap-phong-trao/"), {"version": 1}).status_code == 404
