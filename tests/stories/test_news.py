"""News names only people whose award stands, appears by a leader's word, and is gone when either is withdrawn."""

import datetime
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from bangvang.honours import actions as honours
from bangvang.honours.models import LedgerEntry
from bangvang.kernel import audit
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements.models import Movement
from bangvang.notices.models import Notice
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions as progress
from bangvang.stories import actions, naming, public, queries, sources
from bangvang.stories.access import articles_visible_to
from bangvang.stories.models import Article
from bangvang.stories.sources import ArticleFields
from bangvang.stories.workflow import ARTICLE
from tests import factories
from tests.decisions import round as rounds
from tests.papers.test_pictures import PLACE, chunk, png
from tests.progress import scenes

pytestmark = pytest.mark.django_db
DECISION = {"paper_number": "22/QĐ-STC", "paper_on": datetime.date(2026, 1, 10), "unit_then": "Phòng Quản lý ngân sách"}
TEXT = ArticleFields("Phát động phong trào tiết kiệm", "Sở phát động phong trào.", "Đoạn một.\n\nĐoạn hai.")
NAMING = ArticleFields("Người đầu tiên", "Ông Trần Văn Bình ghi sổ từng khoản.", "TRẦN VĂN BÌNH làm từ tháng Giêng.")


@pytest.fixture
def plan(lan: Actor, minh: Actor, hoa: Actor, division: Unit, media: Path) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


@pytest.fixture
def entry(lan: Actor, binh: Actor) -> LedgerEntry:
    return honours.enter(factories.award(binh.person, **DECISION), by=lan)


def published(article: Article, lan: Actor, minh: Actor) -> Article:
    actions.submit_article(article, by=lan)
    actions.publish_article(article, by=minh)
    return article


def pictured(article: Article, by: Actor, content: bytes | None = None, **columns: Any) -> Any:
    known = {"kind": "png", "name": "anh.png", **columns}
    file = factories.stored_file(by.user, content=content or png(chunk(b"tEXt", PLACE)), **known)
    return actions.add_picture(article, file, "Lễ phát động ở hội trường", by=by)


def test_news_of_a_plan_goes_from_draft_to_the_public(plan: Movement, lan: Actor, minh: Actor) -> None:
    first = sources.first_text(plan)
    assert first.title == f"Phát động: {plan.title}"
    assert first.lead == (
        f"Ngày 02/03/2026, Sở Tài chính ban hành Kế hoạch số 09/KH-STC: {plan.title}. Chủ đề: “Tiết kiệm từ việc nhỏ”."
    )
    assert "Phong trào tập trung vào: Rà soát định mức chi; Công khai kết quả hằng quý." in first.body.split("\n\n")
    article = actions.draft_article(plan, TEXT, by=lan)
    picture = pictured(article, lan)
    published(article, lan, minh)
    assert public.newest_news() == [
        public.PublicArticle(
            code=article.code,
            title=TEXT.title,
            lead=TEXT.lead,
            paragraphs=("Đoạn một.", "Đoạn hai."),
            pictures=(public.PublicPicture(picture.file.code, "Lễ phát động ở hội trường"),),
            named=(),
            agency="Sở Tài chính",
            source="Kế hoạch số 09/KH-STC ngày 02/03/2026",
            published_on=lan.day,
        )
    ]
    assert public.picture(article.code, picture.file.code) == (png(), "image/png")
    verbs = ["article.draft", "article.add_picture", "article.submit", "article.publish"]
    assert factories.verbs_of(article) == verbs
    assert factories.verbs_of(plan)[-1] == "article.publish"
    told = list(Notice.objects.filter(user=minh.user, key__startswith="article:").values_list("text", flat=True))
    assert told == ["Tin “Phát động phong trào tiết kiệm” chờ duyệt đăng."]
    actions.withdraw_article(article, reason="Đăng nhầm.", by=lan)
    assert (public.newest_news(), public.picture(article.code, picture.file.code)) == ([], None)
    assert audit.verify() == []


def test_only_these_facts_leave_the_house() -> None:
    names = "code title lead paragraphs pictures named agency source published_on"
    assert [field.name for field in fields(public.PublicArticle)] == names.split()
    assert [field.name for field in fields(public.PublicNamed)] == ["name", "unit", "award", "decision_number"]
    assert [field.name for field in fields(public.FeedItem)] == ["kind", "code", "title", "summary", "published_on"]


def test_somebody_without_an_award_is_not_named(plan: Movement, lan: Actor, minh: Actor, binh: Actor) -> None:
    article = actions.draft_article(plan, NAMING, by=lan)
    with pytest.raises(Refused, match="nêu tên Trần Văn Bình nhưng sổ vàng không có lần khen"):
        actions.submit_article(article, by=lan)
    entry = honours.enter(factories.award(binh.person, **DECISION), by=lan)
    actions.edit_article(article, NAMING, version=article.version, by=lan)
    published(article, lan, minh)
    named = public.PublicNamed(
        "Ông Trần Văn Bình", "Phòng Quản lý ngân sách", "Lao động tiên tiến, năm 2025", "22/QĐ-STC"
    )
    assert public.newest_news()[0].named == (named,)
    honours.correct(entry, None, reason="Quyết định bị huỷ.", by=lan)
    assert (public.newest_news(), public.one_article(article.code)) == ([], None)
    actions.withdraw_article(article, reason="Quyết định bị huỷ.", by=minh)
    actions.reopen_article(article, by=lan)
    assert ARTICLE.verdict(article, "submit", lan).reason.startswith("Tin nêu tên Trần Văn Bình")


def test_the_award_of_the_source_is_told_before_a_newer_one(binh: Actor, lan: Actor, entry: LedgerEntry) -> None:
    newer = {**DECISION, "paper_number": "90/QĐ-STC", "paper_on": datetime.date(2026, 2, 1)}
    later = honours.enter(factories.award(binh.person, year=2024, **newer), by=lan)
    names = [binh.person.full_name]
    assert naming.awards_of(names, lan.agency) == {"Trần Văn Bình": later}
    assert naming.awards_of(names, lan.agency, decision="22/QĐ-STC") == {"Trần Văn Bình": entry}


def test_a_name_is_found_however_it_is_written(binh: Actor, mai: Actor) -> None:
    assert naming.named_in("Hôm nay, ông TRẦN VĂN BÌNH, bà Vũ Thanh Mai và bà Trần Thị Bình.") == [
        "Trần Văn Bình",
        "Vũ Thanh Mai",
    ]
    assert naming.named_in("Văn Bình; Trần. Văn Bình; trần văn bình; Tran Van Binh") == []


def test_a_picture_in_words_names_nobody_either(plan: Movement, lan: Actor, binh: Actor) -> None:
    article = actions.draft_article(plan, TEXT, by=lan)
    file = factories.stored_file(lan.user, content=png(), kind="png")
    actions.add_picture(article, file, "Ông Trần Văn Bình ở hội trường", by=lan)
    assert queries.named_without_award(article) == ["Trần Văn Bình"]


def test_news_of_a_decision_lists_the_honoured_by_their_awards(
    lan: Actor, minh: Actor, hoa: Actor, mai: Actor, media: Path
) -> None:
    decision = rounds.issued(rounds.build(lan, minh, hoa, mai))
    first = sources.first_text(decision)
    assert f"Quyết định số {decision.document_number} về việc " in first.lead
    assert not first.title.lower().startswith("về việc")
    assert "Trần Văn Bình" in first.body
    article = published(actions.draft_article(decision, first, by=lan), lan, minh)
    assert {entry.paper_number for entry in article.named.all()} == {decision.document_number}
    assert "Ông Trần Văn Bình" in [one.name for one in public.newest_news()[0].named]


def test_news_of_a_good_example_needs_a_report_that_was_taken_in(plan: Movement, lan: Actor, mai: Actor) -> None:
    report = scenes.sent(plan, mai)
    with pytest.raises(Refused, match="báo cáo đã tiếp nhận"):
        actions.draft_article(report, TEXT, by=lan)
    progress.accept(report, by=lan)
    assert sources.first_text(report).body == "Trực cả thứ Bảy."
    article = actions.draft_article(report, TEXT, by=lan)
    assert sources.words_of(article.source) == "Báo cáo Quý II/2026 của Phòng Quản lý ngân sách"


def test_what_has_not_happened_is_no_news(lan: Actor) -> None:
    with pytest.raises(Refused, match="kế hoạch đã ban hành"):
        actions.draft_article(factories.movement(lan), TEXT, by=lan)


def test_a_picture_is_told_in_words_and_looked_at_first(plan: Movement, lan: Actor, minh: Actor) -> None:
    article = actions.draft_article(plan, TEXT, by=lan)
    with pytest.raises(Refused, match="cần một câu tả"):
        actions.add_picture(article, factories.stored_file(lan.user), " ", by=lan)
    with pytest.raises(Refused, match="quá 5 MB"):
        pictured(article, lan, b"0" * (5 * 1024 * 1024 + 1))
    with pytest.raises(Refused, match="người khác gửi lên"):
        actions.add_picture(article, factories.stored_file(minh.user), "Ảnh", by=lan)
    for columns, words in (
        ({"state": "waiting"}, "đang được kiểm tra"),
        ({"kind": "pdf"}, "chỉ nhận ảnh JPEG, PNG"),
        ({"state": "refused", "refusal": "Tệp hỏng."}, "không dùng được: Tệp hỏng"),
    ):
        picture = pictured(article, lan, **columns)
        with pytest.raises(Refused, match=words):
            actions.submit_article(article, by=lan)
        actions.drop_picture(picture, by=lan)
    broken = pictured(article, lan, png()[:50])
    published(article, lan, minh)
    assert public.picture(article.code, broken.file.code) is None
    with pytest.raises(Refused, match="không sửa được"):
        actions.drop_picture(broken, by=lan)


def test_each_does_only_what_is_theirs(plan: Movement, lan: Actor, minh: Actor, mai: Actor, quan: Actor) -> None:
    with pytest.raises(Refused, match="do thường trực"):
        actions.draft_article(plan, TEXT, by=minh)
    article = actions.draft_article(plan, TEXT, by=lan)
    assert [list(articles_visible_to(actor)) for actor in (lan, minh, mai, quan)] == [[article], [article], [], []]
    actions.submit_article(article, by=lan)
    with pytest.raises(Refused, match="lãnh đạo cơ quan"):
        actions.publish_article(article, by=lan)
    with pytest.raises(Refused, match="không sửa được"):
        actions.edit_article(article, TEXT, version=article.version, by=lan)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.return_article(article, reason="", by=minh)
    actions.return_article(article, reason="Thiếu ngày.", by=minh)
    actions.submit_article(article, by=lan)
    actions.recall_article(article, by=lan)
    with pytest.raises(Overtaken):
        actions.edit_article(Article.objects.get(), TEXT, version=1, by=lan)
