"""An initiative from its first line to the ledger, and every way on which it does not get there."""

import datetime
from pathlib import Path

import pytest

from bangvang.honours import findings
from bangvang.honours.models import LedgerEntry, Standing
from bangvang.initiatives import actions, papers, queries
from bangvang.initiatives.access import initiatives_visible_to, may_see_file
from bangvang.initiatives.actions import Minutes
from bangvang.initiatives.models import Initiative
from bangvang.initiatives.workflow import INITIATIVE
from bangvang.kernel import audit
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.notices.models import Notice
from bangvang.papers.actions import papers_of
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from tests import factories

pytestmark = pytest.mark.django_db
DAY = factories.DAY
MINUTES = Minutes("05/BB-HĐSK", DAY - datetime.timedelta(days=1), 6, 7)


@pytest.fixture
def initiative(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, media: Path) -> Initiative:
    """Bình's, with Mai and somebody from outside."""
    authors = [
        factories.author(binh.person, 60),
        factories.author(mai.person, 30),
        factories.author("Lò Văn Pẩu", 10, "xã Nậm Lúc"),
    ]
    return actions.draft(factories.application(), authors, by=binh)


def tabled(initiative: Initiative, binh: Actor, lan: Actor) -> Initiative:
    actions.submit(initiative, by=binh)
    actions.table(initiative, appraisal="Đã kiểm tra số liệu ở 3 xã.", by=lan)
    return initiative


def head_of(initiative: Initiative) -> str:
    """The code of the director, who signs."""
    return people.signers(initiative.agency, DAY)[0].code


def recognised(initiative: Initiative, binh: Actor, lan: Actor, hoa: Actor, number: int = 12) -> Initiative:
    actions.endorse(tabled(initiative, binh, lan), MINUTES, scope="co_so", by=lan)
    actions.recognise(initiative, number=number, on=DAY, signer=head_of(initiative), by=hoa)
    return initiative


def told(actor: Actor) -> list[str]:
    return list(Notice.objects.filter(user=actor.user).order_by("pk").values_list("text", flat=True))


def test_from_the_first_line_to_the_ledger(
    initiative: Initiative, lan: Actor, hoa: Actor, mai: Actor, binh: Actor
) -> None:
    recognised(initiative, binh, lan, hoa)
    assert factories.verbs_of(initiative) == [
        f"initiative.{step}" for step in ("draft", "submit", "table", "endorse", "recognise")
    ]
    title = "Bảng hỏi mười một dòng"
    columns = ("person", "kind", "year", "paper_number", "paper_on", "issuer", "name_then", "note", "is_verified")
    held = list(Standing.objects.filter(register="initiatives").order_by("entry__seq").values_list(*columns))
    assert held == [
        (one.person.pk, "co_so", 2025, "12/GCN-STC", DAY, "Sở Tài chính", one.person.full_name, title, True)
        for one in (binh, mai)
    ]
    assert [author.entry is not None for author in initiative.authors.all()] == [True, True, False]
    (known,) = findings.facts_of(mai.person, DAY).initiatives
    assert (known.id, known.year, known.scope) == (title, 2025, "co_so")
    assert told(lan) == [f"Đơn sáng kiến “{title}” chờ thẩm định."]
    assert told(hoa) == [f"Giấy chứng nhận sáng kiến “{title}” chờ ký và ghi số."]
    assert told(mai) == [f"Sáng kiến “{title}” được công nhận: Giấy chứng nhận 12/GCN-STC."]
    (paper,) = papers_of(initiative)
    assert (paper.form, paper.name) == ("initiative_certificate", "Giay-chung-nhan-12-GCN-STC")
    assert audit.verify() == []


def test_what_is_missing_is_named_before_it_can_be_sent(binh: Actor, lan: Actor, media: Path) -> None:
    bare = factories.application(first_applied_on=None, applied_at="", before="", novelty="", effect="")
    initiative = actions.draft(bare, [factories.author(binh.person, 90)], by=binh)
    file = factories.stored_file(binh.user, state="waiting")
    exhibit = actions.attach(initiative, file, by=binh)
    wanted = (
        "Đơn còn thiếu: mô tả trước khi có sáng kiến; điểm mới; hiệu quả; ngày áp dụng lần đầu; nơi áp dụng; tỷ lệ"
        " đóng góp cộng đủ 100 % (đang là 90 %); tệp dùng được thay cho “ban-da-ky.pdf” (đang kiểm tra)."
    )
    with pytest.raises(Refused) as refused:
        actions.submit(initiative, by=binh)
    assert refused.value.verdict.reason == wanted
    actions.detach(exhibit, by=binh)
    whole = [factories.author(binh.person)]
    actions.edit(initiative, factories.application(), whole, version=initiative.version, by=binh)
    actions.submit(initiative, by=binh)
    assert factories.verbs_of(initiative)[1:] == [
        f"initiative.{step}" for step in ("attach", "detach", "edit", "submit")
    ]
    with pytest.raises(Refused, match="không sửa được"):
        actions.edit(initiative, factories.application(), whole, version=initiative.version, by=binh)
    with pytest.raises(Refused, match="không sửa được"):
        actions.attach(initiative, factories.stored_file(binh.user), by=binh)


def test_a_supplement_is_asked_for_with_a_reason_and_a_last_day(
    initiative: Initiative, lan: Actor, binh: Actor, mai: Actor
) -> None:
    actions.submit(initiative, by=binh)
    until = queries.after_working_days(DAY, 5)
    for reason, day, words in (
        ("", until, "cần ghi lý do"),
        ("Thiếu số liệu.", DAY, "ở sau ngày hôm nay"),
        ("Thiếu số liệu.", datetime.date(2099, 1, 1), "trong vòng một năm"),
    ):
        with pytest.raises(Refused, match=words):
            actions.send_back(initiative, reason=reason, until=day, by=lan)
    actions.send_back(initiative, reason="Thiếu số liệu của 32 xã.", until=until, by=lan)
    assert until == datetime.date(2026, 3, 9)  # Monday to Monday: five working days
    assert [queries.working_days_left(DAY + datetime.timedelta(days=n), until) for n in (0, 4, 7, 9)] == [5, 1, 0, 0]
    assert (initiative.state, initiative.supplement, initiative.supplement_by) == (
        "returned",
        "Thiếu số liệu của 32 xã.",
        until,
    )
    words = "Sáng kiến “Bảng hỏi mười một dòng” cần bổ sung đến hết 09/03/2026: Thiếu số liệu của 32 xã."
    assert (told(binh)[-1], told(mai)[-1]) == (words, words)
    first = initiative.submitted_on
    actions.submit(initiative, by=binh)
    assert initiative.submitted_on == first
    actions.recall(initiative, by=binh)
    assert (initiative.state, initiative.submitted_on) == ("draft", None)


def test_the_council_may_say_no_and_look_again(initiative: Initiative, lan: Actor, hoa: Actor, binh: Actor) -> None:
    tabled(initiative, binh, lan)
    no_votes = Minutes("05/BB-HĐSK", MINUTES.held_on, 2, 7)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.decline(initiative, no_votes, reason=" ", by=lan)
    actions.decline(initiative, no_votes, reason="Trùng với cách làm đang có.", by=lan)
    assert told(binh)[-1].endswith("không được công nhận: Trùng với cách làm đang có.")
    assert not Standing.objects.exists()
    actions.reconsider(initiative, reason="Ghi nhầm dòng của biên bản.", by=lan)
    actions.endorse(initiative, MINUTES, scope="bo_tinh", by=lan)
    assert (initiative.refusal, initiative.votes_for, initiative.scope) == ("", 6, "bo_tinh")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (Minutes("5", DAY + datetime.timedelta(days=1), 6, 7), "ở sau ngày hôm nay"),
        (Minutes("5", DAY, 8, 7), "không thể nhiều hơn"),
        (Minutes("5", DAY, 0, 0), "không thể nhiều hơn"),
    ],
)
def test_impossible_minutes_are_refused(
    initiative: Initiative, lan: Actor, binh: Actor, minutes: Minutes, words: str
) -> None:
    tabled(initiative, binh, lan)
    with pytest.raises(Refused, match=words):
        actions.endorse(initiative, minutes, scope="co_so", by=lan)


def test_a_certificate_number_is_given_once_a_year_and_not_before_the_council(
    initiative: Initiative, lan: Actor, hoa: Actor, binh: Actor
) -> None:
    recognised(initiative, binh, lan, hoa)
    other = actions.draft(factories.application(title="Lịch treo tường"), [factories.author(binh.person)], by=binh)
    actions.endorse(tabled(other, binh, lan), MINUTES, scope="co_so", by=lan)
    days = datetime.timedelta(days=1)
    for number, day, words in (
        (12, DAY, "Số 12 năm 2026 đã cấp"),
        (13, DAY + days, "ở sau ngày hôm nay"),
        (13, MINUTES.held_on - days, "ở trước ngày biên bản"),
    ):
        with pytest.raises(Refused, match=words):
            actions.recognise(other, number=number, on=day, signer=head_of(other), by=hoa)
    assert (other.state, LedgerEntry.objects.count()) == ("endorsed", 2)
    actions.recognise(other, number=13, on=DAY, signer=head_of(other), by=hoa)
    assert LedgerEntry.objects.count() == 3


def test_the_certificate_names_who_signed_it_by_what_authority(
    initiative: Initiative, lan: Actor, hoa: Actor, binh: Actor, minh: Actor, tuan: Actor
) -> None:
    actions.endorse(tabled(initiative, binh, lan), MINUTES, scope="co_so", by=lan)
    unsigned = papers.certificate(initiative, DAY)
    assert (unsigned.signature.name, unsigned.header.number) == ("Lê Quang Minh", "")
    assert [one.authority for one in people.signers(lan.agency, DAY)] == ["", "KT."]
    with pytest.raises(Refused, match="không được ký thay"):
        actions.recognise(initiative, number=1, on=DAY, signer=binh.person.code, by=hoa)
    actions.recognise(initiative, number=1, on=DAY, signer=tuan.person.code, by=hoa)
    signed = papers.certificate(initiative, DAY)
    assert signed.signature.titles() == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert (signed.signature.name, signed.header.number) == (tuan.person.full_name, "1")


def test_an_annulled_recognition_leaves_the_ledger_with_its_reason(
    initiative: Initiative, lan: Actor, hoa: Actor, binh: Actor
) -> None:
    recognised(initiative, binh, lan, hoa)
    actions.annul(initiative, reason="Quyết định 9/QĐ-STC: chép của người khác.", by=lan)
    assert (Standing.objects.count(), LedgerEntry.objects.count()) == (0, 4)
    assert factories.verbs_of(binh.person)[-2:] == ["initiative.annul", "honours.correct"]
    assert told(binh)[-1].endswith("bị huỷ: Quyết định 9/QĐ-STC: chép của người khác.")
    assert audit.verify() == []


def test_each_does_only_what_is_theirs(
    initiative: Initiative, lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, quan: Actor, department: Unit
) -> None:
    everybody = (binh, mai, lan, minh, hoa, quan)

    def seen() -> list[bool]:
        return [initiatives_visible_to(actor).filter(pk=initiative.pk).exists() for actor in everybody]

    stranger = factories.actor("Vi Thị Xa", factories.unit("Phòng Giá", parent=department, agency=department))
    other_clerk = factories.actor("Người Sở khác", factories.agency("Sở Nội vụ"), Duty.Role.CLERK)
    assert seen() == [True, True, False, False, False, False]  # a draft is its authors' alone
    tabled(initiative, binh, lan)
    assert seen() == [True, True, True, True, False, False]
    actions.endorse(initiative, MINUTES, scope="co_so", by=lan)
    assert seen() == [True, True, True, True, True, False]
    for actor, step in ((mai, "withdraw"), (minh, "recognise"), (lan, "recognise"), (hoa, "reconsider")):
        assert not INITIATIVE.verdict(initiative, step, actor, reason="…")
    actions.recognise(initiative, number=1, on=DAY, signer=head_of(initiative), by=hoa)
    assert initiatives_visible_to(stranger).get() == initiative
    assert not initiatives_visible_to(other_clerk).exists()
    assert [bool(may_see_file(actor, initiative)) for actor in (binh, mai, lan, minh, hoa, stranger)] == [True] * 4 + [
        False
    ] * 2
    with pytest.raises(Refused, match="quản trị"):
        actions.draft(factories.application(), [factories.author(quan.person)], by=quan)


def test_nobody_appraises_what_is_their_own(lan: Actor, binh: Actor, media: Path) -> None:
    authors = [factories.author(binh.person, 50), factories.author(lan.person, 50, "Văn phòng")]
    initiative = actions.draft(factories.application(), authors, by=binh)
    actions.submit(initiative, by=binh)
    with pytest.raises(Refused, match="là tác giả của sáng kiến này"):
        actions.table(initiative, appraisal="Tốt.", by=lan)


def test_the_writer_is_an_author_and_nobody_stands_twice(binh: Actor, mai: Actor, media: Path) -> None:
    for authors, words in (
        ([factories.author(mai.person)], "Người viết đơn phải là một tác giả"),
        ([factories.author(binh.person, 50), factories.author(binh.person, 50)], "Một tác giả ghi hai lần"),
        ([factories.author(binh.person, 0)], "1 đến 100"),
    ):
        with pytest.raises(Refused, match=words):
            actions.draft(factories.application(), authors, by=binh)
    with pytest.raises(Refused, match="ở sau ngày hôm nay"):
        actions.draft(
            factories.application(first_applied_on=DAY + datetime.timedelta(days=1)),
            [factories.author(binh.person)],
            by=binh,
        )
    with pytest.raises(Refused, match="Năm 2027 chưa đến"):
        actions.draft(factories.application(for_year=2027), [factories.author(binh.person)], by=binh)
    with pytest.raises(Refused, match="dài quá"):
        actions.draft(factories.application(effect="x" * 20_001), [factories.author(binh.person)], by=binh)
    assert not Initiative.objects.exists()


def test_who_saves_second_is_told(initiative: Initiative, binh: Actor) -> None:
    authors = [factories.author(binh.person)]
    actions.edit(initiative, factories.application(title="Tên mới"), authors, version=1, by=binh)
    with pytest.raises(Overtaken):
        actions.edit(Initiative.objects.get(), factories.application(), authors, version=1, by=binh)
    assert [(one.title, one.search_key) for one in Initiative.objects.all()] == [("Tên mới", "ten moi tran van binh")]


def test_earlier_ones_alike_are_shown_with_the_common_words(
    initiative: Initiative, lan: Actor, minh: Actor, binh: Actor, mai: Actor, media: Path
) -> None:
    actions.submit(initiative, by=binh)
    given = factories.application(title="Phiếu hỏi trước", before="Cũ.", effect="Nhanh hơn.")
    copy = actions.draft(given, [factories.author(mai.person)], by=mai)
    different = factories.application(
        title="Lịch treo", before="Không.", novelty="Mỗi chủ đầu tư một hàng.", effect="Ít."
    )
    actions.submit(actions.draft(different, [factories.author(mai.person)], by=mai), by=mai)
    (found,) = queries.alike(copy, initiatives_visible_to(lan))
    assert (found.initiative, [one.here for one in found.passages]) == (initiative, [given.novelty.rstrip(".")])
    assert found.share == 100 * 19 // 25
    assert queries.alike(initiative, initiatives_visible_to(lan)) == []  # the copy was not sent yet
    actions.submit(copy, by=mai)
    assert queries.alike(initiative, initiatives_visible_to(lan)) == []  # and came later
    outsider = factories.actor("Vi Thị Xa", factories.unit("Phòng Giá", parent=lan.agency, agency=lan.agency))
    assert queries.alike(copy, initiatives_visible_to(outsider)) == []  # what one may not see is not compared


def test_filters_by_words_without_marks_state_and_year(initiative: Initiative, binh: Actor) -> None:
    mine = initiatives_visible_to(binh)
    for found, asked in (
        (True, {"words": "bang hoi lo van pau"}),
        (False, {"words": "lich treo"}),
        (True, {"state": "draft", "year": "2025"}),
        (False, {"state": "submitted"}),
        (False, {"year": "2024"}),
        (True, {"state": "nowhere", "year": "x"}),
    ):
        assert queries.matching(mine, **asked).exists() == found, asked


def test_namesakes_are_told_apart_by_their_unit(lan: Actor, binh: Actor, office: Unit, division: Unit) -> None:
    other = factories.duty(factories.person("Trần Văn Bính"), office).person
    named = people.people_named(lan.agency, "tran van binh", DAY)
    assert {one.person for one in named} == {binh.person, other}
    assert [one.person for one in people.people_named(lan.agency, "Trần Văn Bính", DAY)] == [other]
    assert people.people_named(lan.agency, "Lò Văn Pẩu", DAY) == []
