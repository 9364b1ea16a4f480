"""A story appears only with a standing consent about a standing award, and is gone the moment one of them is."""

import datetime
from dataclasses import fields
from pathlib import Path

import pytest

from bangvang.honours import actions as honours
from bangvang.honours.models import LedgerEntry
from bangvang.kernel import audit
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.notices.models import Notice
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.stories import actions, public, queries
from bangvang.stories.access import may_take_down, stories_visible_to
from bangvang.stories.models import Story
from bangvang.stories.queries import StoryFields
from bangvang.stories.workflow import STORY
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = StoryFields("Tờ giấy một trang", "Bốn bàn còn một tờ giấy.", "Đoạn một.\n\nĐoạn hai.", "Tôi chỉ hỏi một lần.")
DECISION = {"paper_number": "22/QĐ-STC", "paper_on": datetime.date(2026, 1, 10), "unit_then": "Phòng Quản lý ngân sách"}


@pytest.fixture
def entry(lan: Actor, binh: Actor) -> LedgerEntry:
    return honours.enter(factories.award(binh.person, **DECISION), by=lan)


@pytest.fixture
def story(lan: Actor, minh: Actor, entry: LedgerEntry, media: Path) -> Story:
    return actions.draft(entry, TEXT, by=lan)


def agreed(story: Story, lan: Actor, *, state: str = "usable") -> StoredFile:
    file = factories.stored_file(lan.user, content=f"%PDF {story.pk} {state}".encode(), state=state, refusal="Hỏng.")
    actions.record_consent(story, file, lan.day, by=lan)
    return file


def published(story: Story, lan: Actor, minh: Actor) -> Story:
    agreed(story, lan)
    actions.submit(story, by=lan)
    actions.publish(story, by=minh)
    return story


def test_a_story_goes_from_draft_to_the_public(story: Story, lan: Actor, minh: Actor, binh: Actor) -> None:
    published(story, lan, minh)
    assert public.newest() == [
        public.PublicStory(
            code=story.code,
            title="Tờ giấy một trang",
            summary="Bốn bàn còn một tờ giấy.",
            paragraphs=("Đoạn một.", "Đoạn hai."),
            quote="Tôi chỉ hỏi một lần.",
            honoured="Ông Trần Văn Bình",
            unit="Phòng Quản lý ngân sách",
            award="Lao động tiên tiến, năm 2025",
            decision_number="22/QĐ-STC",
            decided_on=datetime.date(2026, 1, 10),
            published_on=lan.day,
        )
    ]
    assert factories.verbs_of(story) == ["story.draft", "story.record_consent", "story.submit", "story.publish"]
    told = ["honours.enter", "story.draft", "story.record_consent", "story.publish"]
    assert factories.verbs_of(binh.person) == told
    texts = [notice.text for notice in Notice.objects.filter(user=minh.user)]
    assert texts == ["Bài gương điển hình “Tờ giấy một trang” chờ duyệt đăng."]
    assert audit.verify() == []


def test_only_these_facts_leave_the_house() -> None:
    names = "code title summary paragraphs quote honoured unit award decision_number decided_on published_on"
    assert [field.name for field in fields(public.PublicStory)] == names.split()


def test_nothing_appears_without_a_consent_that_was_found_in_order(story: Story, lan: Actor, minh: Actor) -> None:
    with pytest.raises(Refused, match="Chưa có văn bản đồng ý"):
        actions.submit(story, by=lan)
    waiting = agreed(story, lan, state="waiting")
    with pytest.raises(Refused, match="đang được kiểm tra"):
        actions.submit(story, by=lan)
    StoredFile.objects.filter(pk=waiting.pk).update(state="refused")
    with pytest.raises(Refused, match="Không nhận được bản đồng ý: Hỏng"):
        actions.submit(story, by=lan)
    agreed(story, lan)  # replaces the refused one
    with pytest.raises(Refused, match="đã có văn bản đồng ý"):
        agreed(story, lan, state="waiting")
    actions.submit(story, by=lan)
    assert (public.newest(), public.one(story.code)) == ([], None)


@pytest.mark.parametrize("who", ["binh", "lan", "minh"])
def test_a_withdrawn_consent_hides_the_story_at_once(
    story: Story, lan: Actor, minh: Actor, binh: Actor, who: str, request: pytest.FixtureRequest
) -> None:
    published(story, lan, minh)
    actor: Actor = request.getfixturevalue(who)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.withdraw_consent(story, reason=" ", by=actor)
    actions.withdraw_consent(story, reason="Tôi đổi ý.", by=actor)
    story.refresh_from_db()
    assert (public.newest(), public.one(story.code), story.state) == ([], None, "withdrawn")
    assert factories.verbs_of(story)[-2:] == ["story.withdraw_consent", "story.withdraw"]
    actions.reopen(story, by=lan)
    assert STORY.verdict(story, "submit", lan).reason.startswith("Chưa có văn bản đồng ý")
    with pytest.raises(Refused, match="không có văn bản đồng ý nào"):
        actions.withdraw_consent(story, reason="Lần nữa.", by=actor)


def test_an_award_taken_back_in_the_ledger_takes_the_story_along(
    story: Story, lan: Actor, minh: Actor, entry: LedgerEntry
) -> None:
    published(story, lan, minh)
    honours.correct(entry, None, reason="Quyết định bị huỷ.", by=lan)
    assert (public.newest(), public.one(story.code)) == ([], None)
    fresh = Story.objects.get()
    actions.withdraw(fresh, reason="Quyết định bị huỷ.", by=lan)
    actions.reopen(fresh, by=lan)
    assert STORY.verdict(fresh, "submit", lan).reason == "Dòng sổ vàng của bài này đã được sửa hoặc rút lại."


def test_each_does_only_what_is_theirs(
    story: Story, entry: LedgerEntry, lan: Actor, minh: Actor, mai: Actor, binh: Actor, quan: Actor
) -> None:
    assert [list(stories_visible_to(actor)) for actor in (lan, minh, binh, mai, quan)] == [[story]] * 3 + [[], []]
    assert [bool(may_take_down(actor, story)) for actor in (lan, minh, binh, mai)] == [True, True, True, False]
    with pytest.raises(Refused, match="do thường trực thi đua, khen thưởng viết"):
        actions.draft(entry, TEXT, by=mai)
    with pytest.raises(Refused, match="Dòng sổ vàng này đã có bài"):
        actions.draft(entry, TEXT, by=lan)
    agreed(story, lan)
    actions.submit(story, by=lan)
    with pytest.raises(Refused, match="lãnh đạo cơ quan"):
        actions.publish(story, by=lan)
    with pytest.raises(Refused, match="không sửa được"):
        actions.edit(story, TEXT, version=story.version, by=lan)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.send_back(story, reason="", by=minh)
    actions.send_back(story, reason="Thiếu lời người dân.", by=minh)
    actions.edit(story, TEXT, version=story.version, by=lan)
    with pytest.raises(Overtaken):
        actions.edit(Story.objects.get(), TEXT, version=1, by=lan)


def test_a_consent_of_the_future_or_of_somebody_elses_upload_is_refused(story: Story, lan: Actor, minh: Actor) -> None:
    file = factories.stored_file(lan.user)
    with pytest.raises(Refused, match="ở sau ngày hôm nay"):
        actions.record_consent(story, file, lan.day + datetime.timedelta(days=1), by=lan)
    with pytest.raises(Refused, match="người khác gửi lên"):
        actions.record_consent(story, factories.stored_file(minh.user), lan.day, by=lan)


def test_only_awards_with_a_decision_can_be_told(story: Story, lan: Actor, binh: Actor, division: Unit) -> None:
    unproven = honours.enter(factories.award(binh.person, year=2024), by=lan)
    grade = honours.enter(factories.award(binh.person, register="grades", kind="HTTNV", **DECISION), by=lan)
    fact = {"unit": division, "name_then": division.name, "register": "awards", "kind": "unit_commendation"}
    told = honours.enter(fact | {"year": 2025} | DECISION, by=lan)
    for entry in (unproven, grade):
        with pytest.raises(Refused, match="có quyết định trong sổ vàng"):
            actions.draft(entry, TEXT, by=lan)
    assert [row.entry for row in queries.awards_to_tell(lan.agency)] == [told]  # binh's award has its story already
    assert queries.honoured(told) == "Phòng Quản lý ngân sách"


def test_a_story_without_a_decision_says_so_until_it_is_tied(lan: Actor, minh: Actor, binh: Actor, media: Path) -> None:
    story = actions.draft_of(binh.person, TEXT, by=lan)
    with pytest.raises(Refused, match="Chưa có văn bản đồng ý"):
        actions.submit(story, by=lan)
    published(story, lan, minh)
    told = public.newest()[0]
    assert (told.honoured, told.unit, told.award) == (
        "Ông Trần Văn Bình",
        "Phòng Quản lý ngân sách",
        "Chưa có quyết định",
    )
    assert (told.decision_number, told.decided_on) == ("", None)
    assert list(stories_visible_to(binh)) == [story]
    entry = honours.enter(factories.award(binh.person, **DECISION), by=lan)
    actions.tie(story, entry, by=lan)
    assert (public.newest()[0].award, story.person) == ("Lao động tiên tiến, năm 2025", None)
    assert factories.verbs_of(binh.person)[-1] == "story.tie"
    with pytest.raises(Refused, match="đã gắn với một quyết định"):
        actions.tie(story, entry, by=lan)
    honours.correct(entry, None, reason="Quyết định bị huỷ.", by=lan)
    assert public.newest() == []


def test_an_undecided_story_goes_with_its_consent(lan: Actor, minh: Actor, binh: Actor, media: Path) -> None:
    story = published(actions.draft_of(binh.person, TEXT, by=lan), lan, minh)
    actions.withdraw_consent(story, reason="Tôi đổi ý.", by=binh)
    assert (public.newest(), public.one(story.code), Story.objects.get().state) == ([], None, "withdrawn")


def test_a_story_is_tied_only_to_an_award_of_its_person(
    lan: Actor, mai: Actor, binh: Actor, entry: LedgerEntry
) -> None:
    with pytest.raises(Refused, match="do thường trực"):
        actions.draft_of(binh.person, TEXT, by=mai)
    with pytest.raises(Refused, match="không công tác ở Sở Tài chính"):
        actions.draft_of(factories.person("Lò Thị Pha"), TEXT, by=lan)
    story = actions.draft_of(mai.person, TEXT, by=lan)
    with pytest.raises(Refused, match="đã có bài chưa gắn quyết định"):
        actions.draft_of(mai.person, TEXT, by=lan)
    with pytest.raises(Refused, match="của chính người được kể"):
        actions.tie(story, entry, by=lan)
    with pytest.raises(Refused, match="do thường trực"):
        actions.tie(story, entry, by=mai)
