"""A decision from its draft to issue: one data set, who may what, numbers of the registry, what is written when it is issued."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError

from bangvang.decisions import actions, queries
from bangvang.decisions.access import certificates_visible_to, decisions_visible_to, lines_visible_to
from bangvang.decisions.models import Certificate, Decision, DecisionLine
from bangvang.decisions.workflow import DECISION
from bangvang.dossiers import actions as dossiers
from bangvang.dossiers import queries as dossier_queries
from bangvang.dossiers.models import Nomination
from bangvang.honours import actions as honours
from bangvang.honours import findings
from bangvang.honours.models import LedgerEntry
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.notices.models import Notice
from bangvang.papers.models import PaperOrder
from bangvang.people import queries as people
from bangvang.people.actions import enter_household
from bangvang.people.actor import Actor
from bangvang.people.models import Household
from tests import factories
from tests.decisions import round as rounds

S = Decision.State
N = Nomination.State


def test_lines_stand_as_officials_sort_with_money_of_the_day(council_done: rounds.Round) -> None:
    decision = rounds.drafted(council_done)
    rows = [
        (line.place, line.full_name, line.unit, line.award_words, line.raw, line.amount)
        for line in queries.awarded(decision)
    ]
    assert rows == [
        (1, "Phòng Quản lý ngân sách", "Sở Tài chính", "Giấy khen", 1_404_000, 1_410_000),
        (2, "Ông Trần Văn Bình", "Phòng Quản lý ngân sách", "“Lao động tiên tiến”", 702_000, 710_000),
        (3, "Ông Đặng Thị Én", "Phòng Quản lý ngân sách", "“Lao động tiên tiến”", 0, 0),
        (4, "Ông Đặng Thị Én", "Phòng Quản lý ngân sách", "“Chiến sĩ thi đua cơ sở”", 2_340_000, 2_340_000),
        (5, "Bà Lò Thị Pha", "Bản Nà Hin, xã Nậm Lúc", "Giấy khen", 702_000, 710_000),
    ]
    assert (decision.base_salary, decision.money_is_sure) == (2_340_000, True)


def test_bases_are_those_in_force_on_the_day(council_done: rounds.Round) -> None:
    lines = council_done.nominations()
    movement = council_done.dossier.movement
    assert actions.suggested(lines, by=council_done.clerk).bases == (
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        "Căn cứ Nghị định số 129/2025/NĐ-CP ngày 11 tháng 6 năm 2025 của Chính phủ",
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ",
        f"Căn cứ Kế hoạch số 07/KH-STC ngày 02 tháng 3 năm 2026 của Sở Tài chính về {movement.title[:1].lower()}{movement.title[1:]}"
        if movement
        else "",
        "Theo đề nghị của Thường trực Hội đồng Thi đua, khen thưởng",
    )


def test_issue_settles_every_line_fills_the_ledger_and_the_register(council_done: rounds.Round) -> None:
    decision = rounds.issued(council_done)
    states = {name: Nomination.objects.get(pk=line.pk).state for name, line in council_done.lines.items()}
    assert states == dict.fromkeys(council_done.lines, N.AWARDED) | {"declined": N.REFUSED}
    entered = LedgerEntry.objects.filter(paper_number="431/QĐ-STC").order_by("seq")
    assert [(one.name_then, one.kind, one.register, one.year, one.paper_on) for one in entered] == [
        ("Phòng Quản lý ngân sách", "unit_commendation", "awards", 2025, factories.DAY),
        ("Trần Văn Bình", "advanced_worker", "titles", 2025, factories.DAY),
        ("Đặng Thị Én", "advanced_worker", "titles", 2025, factories.DAY),
        ("Đặng Thị Én", "grassroots_emulation_fighter", "titles", 2025, factories.DAY),
    ]
    made = Certificate.objects.order_by("number")
    assert [(one.register_number, one.line.place, len(one.code)) for one in made] == [
        (f"2026/00{place}", place, 26) for place in range(1, 6)
    ]
    forms = PaperOrder.objects.filter(about_kind="decision", about_id=decision.pk).order_by("pk")
    assert list(forms.values_list("form", flat=True)) == [
        "award_submission", "award_decision", "payment_list", "refusal_notice",
    ]  # fmt: skip
    awarded = [line.nomination for line in queries.awarded(decision)]
    kept = [line.stored_findings.order_by("-pk")[0].occasion for line in awarded]
    assert kept == ["decision"] * 5


def test_the_ledger_says_which_initiative_an_award_used_up(council_done: rounds.Round) -> None:
    person = council_done.lines["Đặng Thị Én: CSTĐCS"].person
    assert person is not None
    excellent = LedgerEntry.objects.get(person=person, register="grades")
    honours.correct(excellent, {"kind": "HTTNV"}, reason="Ghi nhầm mức.", by=factories.MACHINE)
    paper = {"paper_number": "7/QĐ-STC", "paper_on": factories.DAY}
    idea = factories.award(person, kind="bo_tinh", register="initiatives", note="Bảng kê chung", **paper)
    honours.enter(idea, by=factories.MACHINE)
    rounds.issued(council_done)
    entered = LedgerEntry.objects.filter(paper_number="431/QĐ-STC").order_by("seq")
    assert list(entered.values_list("initiatives_used", flat=True)) == ["", "", "", "Bảng kê chung"]
    known = findings.facts_of(person, factories.DAY).initiatives
    assert [(one.id, one.used_for, one.may_serve) for one in known] == [
        ("Bảng kê chung", ("grassroots_emulation_fighter",), ())
    ]


def test_an_award_that_excellence_alone_opens_uses_no_initiative(council_done: rounds.Round) -> None:
    rounds.issued(council_done)
    fighter = LedgerEntry.objects.get(kind="grassroots_emulation_fighter")
    assert fighter.initiatives_used == ""


def test_everybody_concerned_is_told_and_a_refusal_with_its_reason(council_done: rounds.Round) -> None:
    rounds.issued(council_done)
    binh = council_done.lines["declined"].person
    assert binh is not None
    told = Notice.objects.filter(user__person=binh, key__startswith="decision:line").order_by("pk")
    assert [line.text for line in told] == [
        "Ông Trần Văn Bình được khen thưởng “Lao động tiên tiến” theo Quyết định 431/QĐ-STC.",
        "Ông Trần Văn Bình không được khen thưởng Giấy khen: Hội đồng không thông qua",
    ]
    assert Notice.objects.filter(user=council_done.head.user, key__startswith="decision:line").count() == 6


def test_the_story_of_a_nomination_holds_the_decision(council_done: rounds.Round) -> None:
    decision = rounds.issued(council_done)
    assert factories.verbs_of(council_done.lines["donor"]) == [
        "nomination.add", "dossier.submit", "nomination.endorse", "decision.draft", "nomination.award",
    ]  # fmt: skip
    assert factories.verbs_of(decision)[:6] == [
        "decision.draft", "decision.submit", "decision.approve", "decision.number", "decision.confirm_copy", "decision.issue",
    ]  # fmt: skip


def test_somebody_under_inspection_since_stops_the_issue(council_done: rounds.Round) -> None:
    decision = rounds.compared(council_done)
    binh = council_done.lines["declined"].person
    assert binh is not None
    columns = {"paper_number": "9/TB-TTr", "paper_on": factories.DAY, "starts_on": factories.DAY}
    found = factories.award(binh, kind="hold_inspection", register="discipline", year=2026, **columns)
    honours.enter(found, by=factories.MACHINE)
    with pytest.raises(Refused) as refused:
        actions.issue(decision, by=council_done.registry)
    assert refused.value.verdict.reason == (
        "Đến ngày ban hành không còn đạt điều kiện: Ông Trần Văn Bình (“Lao động tiên tiến”)."
        " Quyết định phải thu hồi để sửa."
    )
    assert (Decision.objects.get().state, Certificate.objects.count()) == (S.NUMBERED, 0)


def test_a_title_that_already_stands_stops_the_issue(council_done: rounds.Round) -> None:
    decision = rounds.compared(council_done)
    person = council_done.lines["Đặng Thị Én: CSTĐCS"].person
    assert person is not None
    honours.enter(factories.award(person, kind="grassroots_emulation_fighter"), by=factories.MACHINE)
    with pytest.raises(Refused, match="Ông Đặng Thị Én đã có “Chiến sĩ thi đua cơ sở” năm 2025 trong sổ vàng"):
        actions.issue(decision, by=council_done.registry)


@pytest.mark.parametrize(
    ("step", "who"),
    [("submit", "director"), ("approve", "clerk"), ("approve", "registry"), ("number", "clerk"), ("issue", "director")],
)
def test_each_step_has_its_own_hands(council_done: rounds.Round, step: str, who: str) -> None:
    make = {"submit": rounds.drafted, "number": rounds.approved, "issue": rounds.compared}
    decision = make.get(step, rounds.drafted)(council_done)
    if step == "approve":
        actions.submit(decision, by=council_done.clerk)
    assert not DECISION.verdict(decision, step, getattr(council_done, who))


def test_deputy_signs_for_the_head(council_done: rounds.Round, tuan: Actor) -> None:
    decision = rounds.drafted(council_done)
    actions.submit(decision, by=council_done.clerk)
    actions.approve(decision, by=tuan)
    assert (decision.signer_authority, decision.signer_title, decision.signer_name) == (
        "KT.", "Phó Giám đốc", "Phạm Anh Tuấn",
    )  # fmt: skip


def test_nothing_is_issued_before_the_signed_copy_was_compared(council_done: rounds.Round) -> None:
    decision = rounds.numbered(council_done)
    assert DECISION.verdict(decision, "issue", council_done.registry).reason == "Chưa có bản đã ký để đối chiếu."


def test_a_declined_line_is_never_awarded(council_done: rounds.Round) -> None:
    lines = council_done.nominations()
    with pytest.raises(Refused, match="Hội đồng không thông qua, chỉ ghi được là không khen thưởng"):
        actions.draft(lines, actions.suggested(lines, by=council_done.clerk), {}, by=council_done.clerk)


def test_an_award_of_a_higher_level_goes_up(council_done: rounds.Round) -> None:
    line = council_done.lines["donor"]
    Nomination.objects.filter(pk=line.pk).update(award="ministry_province_commendation")
    with pytest.raises(Refused, match="trình lên trên, không ghi vào quyết định này"):
        rounds.drafted(council_done)


def test_a_line_for_above_waits_and_holds_nobody_up(council_done: rounds.Round) -> None:
    line = council_done.lines["donor"]
    Nomination.objects.filter(pk=line.pk).update(award="ministry_province_commendation")
    agency = council_done.clerk.agency
    (waiting,) = queries.rounds(agency)
    assert [one.pk for one in queries.for_above(agency)] == [line.pk]
    assert (waiting.endorsed, waiting.declined) == (4, 1)
    assert line.pk not in {one.pk for one in queries.waiting_in(agency, waiting)}


def test_money_changes_with_the_base_salary_so_the_draft_is_made_anew(council_done: rounds.Round) -> None:
    decision = rounds.drafted(council_done, planned_on=datetime.date(2024, 6, 30))
    assert (decision.base_salary, queries.total_of(queries.awarded(decision))) == (1_800_000, 3_960_000)
    assert queries.stands_on(decision, datetime.date(2024, 7, 1)).reason == (
        "Mức tiền thưởng ngày 01/07/2024 khác bản đã soạn cho ngày 30/06/2024: phải soạn lại theo ngày này."
    )


def test_unread_law_asks_a_person_for_the_money(council_done: rounds.Round) -> None:
    decision = rounds.drafted(council_done, planned_on=datetime.date(2026, 11, 20))
    reason = DECISION.verdict(decision, "submit", council_done.clerk).reason
    assert reason == "Quyết định còn thiếu: xác nhận mức tiền thưởng."
    actions.check_money(decision, opened="Điều 54 NĐ 152/2025/NĐ-CP", opened_on=factories.DAY, by=council_done.clerk)
    assert DECISION.verdict(decision, "submit", council_done.clerk)
    assert decision.money_checked.endswith("đã mở Điều 54 NĐ 152/2025/NĐ-CP ngày 02/03/2026")


def test_a_number_is_given_once_a_year(council_done: rounds.Round) -> None:
    other = rounds.numbered(council_done)
    names = ("agency", "year", "title", "merit", "planned_on", "base_salary", "fund", "executors", "symbol")
    values = {name: getattr(other, name) for name in (*names, "signer_name", "drafted_by", "drafted_at")}
    twin = Decision(**values, state=S.APPROVED, bases=["Căn cứ"], recipients=["Lưu: VT"])
    twin.save()
    DecisionLine.objects.filter(decision=other).update(is_live=False)
    with pytest.raises(Refused, match="Số 431/QĐ-STC năm 2026 đã ghi cho một quyết định khác"):
        actions.number(twin, number=431, issued_on=factories.DAY, by=council_done.registry)
    assert queries.number_warning(twin, 12, factories.DAY) == "Số 12 nhỏ hơn số 431/QĐ-STC đã ghi ngày 02/03/2026."
    assert queries.number_warning(twin, 7, factories.DAY).startswith("Số 7 đã ghi cho Kế hoạch 07/KH-STC")


def test_a_number_given_up_is_told(council_done: rounds.Round) -> None:
    decision = rounds.numbered(council_done)
    actions.renumber(decision, reason="Ghi nhầm sổ.", by=council_done.registry)
    assert (decision.state, decision.number, decision.issued_on) == (S.APPROVED, None, None)
    actions.number(decision, number=432, issued_on=factories.DAY, by=council_done.registry)
    actions.withdraw(decision, reason="Sai tên.", by=council_done.director)
    assert (decision.state, decision.number, decision.signer_name) == (S.RETURNED, None, "")


def test_cancelled_draft_lets_its_nominations_go(council_done: rounds.Round) -> None:
    decision = rounds.drafted(council_done)
    assert queries.rounds(council_done.clerk.agency) == []
    actions.cancel(decision, reason="Soạn lại theo hai quyết định.", by=council_done.clerk)
    (waiting,) = queries.rounds(council_done.clerk.agency)
    assert (waiting.endorsed, waiting.declined) == (5, 1)
    assert rounds.drafted(council_done).state == S.DRAFT


def test_edit_moves_a_line_to_the_refusals_and_counts_anew(council_done: rounds.Round) -> None:
    decision = rounds.drafted(council_done)
    refusals = {line.nomination_id: line.reason for line in queries.refused(decision)}
    refusals[council_done.lines["donor"].pk] = "Chưa có xác nhận của xã."
    given = replace(queries.fields_of(decision), title="Về việc khen thưởng quý I")
    actions.edit(decision, given, refusals, version=decision.version, by=council_done.clerk)
    assert [line.place for line in queries.awarded(decision)] == [1, 2, 3, 4]
    assert [(line.full_name, line.reason) for line in queries.refused(decision)] == [
        ("Ông Trần Văn Bình", "Hội đồng không thông qua"), ("Bà Lò Thị Pha", "Chưa có xác nhận của xã."),
    ]  # fmt: skip
    with pytest.raises(Overtaken):
        actions.edit(decision, queries.fields_of(decision), refusals, version=1, by=council_done.clerk)


def test_register_goes_on_without_a_gap(
    council_done: rounds.Round, lan: Actor, minh: Actor, hoa: Actor, mai: Actor
) -> None:
    rounds.issued(council_done)
    second = rounds.build(lan, minh, hoa, mai, ("Phan Văn Lực",), number=8)
    decision = rounds.numbered(second, number=440)
    rounds.seen(decision, hoa)
    actions.issue(decision, by=hoa)
    numbers = Certificate.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 6 + len(queries.awarded(decision))))


def test_who_sees_what(council_done: rounds.Round, quan: Actor) -> None:
    decision = rounds.drafted(council_done)
    binh_line = council_done.lines["declined"]
    staff = Actor(binh_line.person.user, binh_line.person.duties.get(), factories.DAY)  # type: ignore[union-attr]
    rest = (council_done.registry, council_done.head, staff, quan)
    assert [decisions_visible_to(one).count() for one in (council_done.clerk, council_done.director, *rest)] == [
        1,
        1,
        0,
        0,
        0,
        0,
    ]
    decision.refresh_from_db()
    actions.submit(decision, by=council_done.clerk)
    actions.approve(decision, by=council_done.director)
    assert [decisions_visible_to(one).count() for one in rest] == [1, 0, 0, 0]
    actions.number(decision, number=431, issued_on=factories.DAY, by=council_done.registry)
    rounds.seen(decision, council_done.registry)
    actions.issue(decision, by=council_done.registry)
    en_line = council_done.lines["Đặng Thị Én: CSTĐCS"]
    other = Actor(en_line.person.user, en_line.person.duties.get(), factories.DAY)  # type: ignore[union-attr]
    everybody = (council_done.clerk, council_done.registry, council_done.head, staff, other, quan)
    assert [lines_visible_to(one).count() for one in everybody] == [6, 6, 6, 6, 5, 0]
    assert [certificates_visible_to(one).count() for one in everybody] == [5, 5, 0, 0, 0, 0]


HOME = {
    "kind": "household", "who": "", "outside_name": "Hộ ông Lò Văn Pha", "outside_address": "Bản Nà Hin, xã Nậm Lúc",
}  # fmt: skip


def with_household(round_: rounds.Round) -> Nomination:
    """A second dossier of the round's unit, of the year, with one household that the council endorsed."""
    dossier = dossiers.open_dossier(None, 2025, by=round_.head)
    given: dict[str, Any] = {
        "award": "unit_commendation",
        "stream": "phong_trao",
        "votes_for": 1,
        "votes_total": 1,
        **HOME,
    }
    line = dossiers.nominate(dossier, replace(factories.nomination(round_.head.unit), **given), by=round_.head)
    dossiers.record_review(dossier, factories.meeting(round_.head), by=round_.head)
    dossiers.submit(dossier, by=round_.head)
    dossiers.accept(dossier, by=round_.clerk)
    line.dossier = dossier
    dossiers.settle(line, "endorse", source="Biên bản 06/BB-HĐ", by=round_.clerk)
    round_.dossier = dossier
    return line


def test_a_household_is_known_from_its_first_award_on(council_done: rounds.Round) -> None:
    line = with_household(council_done)
    decision = rounds.issued(council_done)
    home = Household.objects.get()
    assert (home.name, home.address, home.agency) == (
        "Hộ ông Lò Văn Pha",
        "Bản Nà Hin, xã Nậm Lúc",
        council_done.clerk.agency,
    )
    entry = LedgerEntry.objects.get(household=home)
    assert (entry.kind, entry.register, entry.year, entry.paper_number) == (
        "unit_commendation",
        "awards",
        2025,
        "431/QĐ-STC",
    )
    assert queries.count_of(queries.awarded(decision)).words == "01 hộ gia đình"
    assert dossier_queries.facts_for(line, factories.DAY) == findings.facts_of(home, factories.DAY)
    assert [held.award for held in findings.facts_of(home, factories.DAY).awards] == ["unit_commendation"]
    assert people.household_of(home.agency, "ho ong lo van pha", "ban na hin xa nam luc") == home


def test_a_household_of_the_same_name_elsewhere_is_another(council_done: rounds.Round, lan: Actor) -> None:
    enter_household(lan.agency, HOME["outside_name"], "Bản Pá Kha, xã Nậm Lúc", by=factories.MACHINE)
    with_household(council_done)
    rounds.issued(council_done)
    assert sorted(Household.objects.values_list("address", flat=True)) == [
        "Bản Nà Hin, xã Nậm Lúc",
        "Bản Pá Kha, xã Nậm Lúc",
    ]
    with pytest.raises(IntegrityError):
        enter_household(lan.agency, "HỘ ÔNG LÒ VĂN PHA", "bản nà hin xã nậm lúc", by=factories.MACHINE)
