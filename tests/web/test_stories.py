"""Pages of stories, for the clerk, the leader, the person, and the public."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.honours import actions as honours
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.stories.models import Story
from tests import factories
from tests.stories.test_stories import DECISION
from tests.web.walk import press, queries_of, read

PLACE = "/lam-viec/guong-dien-hinh/"
PUBLIC = "/guong-dien-hinh/"


def test_a_story_is_written_agreed_to_published_and_taken_down_page_by_page(
    as_lan: Client, as_minh: Client, as_binh: Client, lan: Actor, binh: Actor, media: Path
) -> None:
    assert "Chưa có lần khen nào để kể" in read(as_lan.get(f"{PLACE}moi/")).words
    entry = honours.enter(factories.award(binh.person, **DECISION), by=lan)
    press(
        as_lan,
        f"{PLACE}moi/",
        award=str(entry.seq),
        title="Tờ giấy một trang",
        summary="Bốn bàn còn một.",
        body="A\n\nB",
    )
    story = Story.objects.get()
    page = f"{PLACE}{story.code}/"
    words = read(as_lan.get(page)).words
    assert "Trình duyệt đăng: chưa được Chưa có văn bản đồng ý" in words
    signed = SimpleUploadedFile("dong-y.pdf", b"%PDF-1.7 ky", "application/pdf")
    pressed = press(as_lan, f"{page}dong-y/", signed_on="01/03/2026", file=signed)
    assert pressed.status_code == 302
    assert "đang được kiểm tra" in read(as_lan.get(page)).words
    assert as_lan.get(f"{page}dong-y/ban-ky/").status_code == 404
    StoredFile.objects.update(state="usable")
    assert as_lan.get(f"{page}dong-y/ban-ky/").content == b"%PDF-1.7 ky"
    press(as_lan, f"{page}sua/", quote="Tôi chỉ hỏi một lần.")
    press(as_lan, f"{page}buoc/submit/")
    assert "Duyệt đăng bài: Tờ giấy một trang" in read(as_minh.get("/lam-viec/")).words
    press(as_minh, f"{page}buoc/publish/")
    assert "Duyệt đăng bài" not in read(as_minh.get("/lam-viec/")).words
    visitor = Client()
    assert "Tờ giấy một trang" in read(visitor.get(PUBLIC)).words
    told = read(visitor.get(f"{PUBLIC}{story.code}/")).words
    assert "“Tôi chỉ hỏi một lần.” A B" in told
    assert "Ông Trần Văn BìnhLao động tiên tiến, năm 2025Quyết định 22/QĐ-STC, 10/01/2026" in told
    home = visitor.get("/")
    assert "Đọc tiếp “Tờ giấy một trang”" in read(home).words
    assert home.headers["Cache-Control"] == "public, no-cache"
    press(as_binh, f"{page}dong-y/rut/", reason="Tôi đổi ý.")
    for address in (PUBLIC, "/"):
        assert "Tờ giấy một trang" not in read(visitor.get(address)).words
    assert visitor.get(f"{PUBLIC}{story.code}/").status_code == 404
    assert "đã rút ngày" in read(as_lan.get(page)).words


def test_what_is_missing_is_said_in_words(as_lan: Client, lan: Actor, binh: Actor, media: Path) -> None:
    honours.enter(factories.award(binh.person, **DECISION), by=lan)
    words = read(press(as_lan, f"{PLACE}moi/", title="Chỉ có tên")).words
    assert "Xin chọn lần khen mà bài kể về." in words
    assert "Xin ghi đoạn mở đầu." in words


def test_a_second_press_does_nothing_again(as_lan: Client, lan: Actor, binh: Actor, media: Path) -> None:
    story = _story(lan, binh)
    page = f"{PLACE}{story.code}/"
    from bangvang.stories import actions

    actions.record_consent(story, factories.stored_file(lan.user), lan.day, by=lan)
    press(as_lan, f"{page}buoc/submit/")
    again = as_lan.post(f"{page}buoc/submit/", {"version": "1"})
    assert (again.status_code, "không làm lại" in read(as_lan.get(page)).words) == (302, True)
    assert factories.verbs_of(story).count("story.submit") == 1


def _story(lan: Actor, binh: Actor, year: int = 2025) -> Story:
    from bangvang.stories import actions
    from tests.stories.test_stories import TEXT

    return actions.draft(honours.enter(factories.award(binh.person, year=year, **DECISION), by=lan), TEXT, by=lan)


@pytest.mark.parametrize("rest", ["", "sua/", "dong-y/", "dong-y/rut/", "buoc/publish/", "buoc/nowhere/"])
def test_a_story_about_others_is_not_there(
    as_mai: Client, as_quan: Client, lan: Actor, binh: Actor, media: Path, rest: str
) -> None:
    story = _story(lan, binh)
    for client in (as_mai, as_quan):
        assert client.get(f"{PLACE}{story.code}/{rest}").status_code == 404


def test_what_one_may_not_do_is_refused_with_the_reason(
    as_binh: Client, as_lan: Client, as_quan: Client, lan: Actor, binh: Actor, media: Path
) -> None:
    page = f"{PLACE}{_story(lan, binh).code}/"
    for client, rest, reason in (
        (as_binh, f"{page}sua/", "do thường trực"),
        (as_binh, f"{page}dong-y/", "do thường trực"),
        (as_binh, f"{page}dong-y/rut/", "không có văn bản đồng ý"),
        (as_binh, f"{PLACE}moi/", "do thường trực"),
        (as_lan, f"{page}buoc/publish/", "không làm được khi đang ở trạng thái"),
        (as_quan, PLACE, "không xem hồ sơ"),
    ):
        answer = client.get(rest)
        assert (answer.status_code, reason in read(answer).words) == (409, True), rest


def test_lists_cost_the_same_for_one_and_for_three(as_lan: Client, lan: Actor, binh: Actor, media: Path) -> None:
    counts = []
    for year in (2023, 2024, 2025):
        _story(lan, binh, year)
        counts.append(queries_of(as_lan, PLACE))
    assert counts[1] == counts[2]


def test_a_story_of_a_person_is_written_from_the_ledger_and_tied_later(
    as_lan: Client, as_binh: Client, lan: Actor, binh: Actor, media: Path
) -> None:
    person = f"/lam-viec/so-vang/{binh.person.code}/"
    assert "Viết bài gương điển hình" in read(as_lan.get(person)).words
    assert "Viết bài gương điển hình" not in read(as_binh.get(person)).words
    pressed = press(as_lan, f"{PLACE}moi/nguoi/{binh.person.code}/", title="Chiếc bàn", summary="Một chiếc bàn.")
    page = pressed["Location"]
    for address in (page, PLACE):
        assert "Chưa có quyết định" in read(as_lan.get(address)).words
    assert "Gắn với lần khen" not in read(as_lan.get(page)).words
    entry = honours.enter(factories.award(binh.person, **DECISION), by=lan)
    press(as_lan, page, award=str(entry.seq))
    assert Story.objects.get().entry == entry
    assert as_lan.post(f"{page}gan-quyet-dinh/", {"award": "không"}).status_code == 404
