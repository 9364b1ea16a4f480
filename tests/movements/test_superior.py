"""A movement that answers a superior's: the document in one line, the chain both ways, and what of it the public sees."""

import datetime
from typing import Any

import pytest

from bangvang.kernel.workflow import Refused
from bangvang.movements import actions, public, queries
from bangvang.movements.access import movements_readable_by
from bangvang.movements.fields import PlannedAward, PlannedMilestone, Superior
from bangvang.movements.models import Movement
from bangvang.movements.proposals import proposals
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from tests import factories
from tests.movements import scenes

LINE = "Kế hoạch số 178/KH-UBND ngày 25/09/2025 của Uỷ ban nhân dân tỉnh về phát động thi đua nước rút"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (LINE, ("Kế hoạch", "178/KH-UBND", datetime.date(2025, 9, 25), "Uỷ ban nhân dân tỉnh", "về phát động thi đua nước rút")),
        ("Quyết định số 14 /QĐ-BTC, ngày 1/9/2025, của Bộ Tài chính.", ("Quyết định", "14/QĐ-BTC", datetime.date(2025, 9, 1), "Bộ Tài chính", "")),
    ],
)  # fmt: skip
def test_a_document_is_read_from_the_line_that_officials_write(line: str, told: tuple[Any, ...]) -> None:
    read = Superior.read(line)
    assert read == told
    assert Superior.read(str(read)) == read


@pytest.mark.parametrize(
    "line", ["Kế hoạch của tỉnh", "Kế hoạch số 178/KH-UBND của tỉnh", "số 2 ngày 1/1/2025 của tỉnh"]
)
def test_a_document_without_its_number_day_or_issuer_is_asked_back(line: str) -> None:
    with pytest.raises(ValueError, match="Xin ghi đủ loại, số, ngày, nơi ban hành"):
        Superior.read(line)


@pytest.mark.parametrize(
    ("line", "award"),
    [
        ("Giấy khen", PlannedAward("Giấy khen")),
        ("Giấy khen: dẫn đầu | 3 tập thể, 10 cá nhân | 9.360.000 đồng", PlannedAward("Giấy khen", "dẫn đầu", 3, 10, 9_360_000)),
        ("Bằng khen | 2 cá nhân", PlannedAward("Bằng khen", "", None, 2)),
        ("Bằng khen | 1.500.000", PlannedAward("Bằng khen", "", None, None, 1_500_000)),
    ],
)  # fmt: skip
def test_an_award_carries_its_quota_and_money_in_one_line(line: str, award: PlannedAward) -> None:
    assert PlannedAward.read(line) == award
    assert PlannedAward.read(str(award)) == award


@pytest.mark.parametrize("line", ["Giấy khen | nhiều", "Giấy khen | 3 đội", "Giấy khen | 3 tập thể và bạn bè"])
def test_a_quota_that_is_not_understood_is_asked_back(line: str) -> None:
    with pytest.raises(ValueError, match="Chưa hiểu"):
        PlannedAward.read(line)


def test_a_milestone_needs_its_day() -> None:
    assert PlannedMilestone.read("Sơ kết: đợt 1: 15/07/2026") == ("Sơ kết: đợt 1", datetime.date(2026, 7, 15))
    for line in ("Sơ kết", "Sơ kết: tháng 7", "15/07/2026"):
        with pytest.raises(ValueError, match=r"\S"):
            PlannedMilestone.read(line)


# --- the chain --------------------------------------------------------------------------------------------------------


@pytest.fixture
def province_movement(db: None) -> Movement:
    """A province's movement on the public pages; the department's people are not its people."""
    return province()[0]


def province(title: str = "Phong trào của tỉnh") -> tuple[Movement, Actor]:
    agency = factories.agency("Uỷ ban nhân dân tỉnh", symbol="UBND")
    clerk, head, registry = (
        factories.actor(f"Người {role} {title}", agency, role) for role in (Duty.Role.CLERK, Duty.Role.DIRECTOR, Duty.Role.REGISTRY)
    )  # fmt: skip
    movement = factories.movement(clerk, title=title)
    actions.submit(movement, by=clerk)
    actions.approve(movement, by=head)
    actions.issue(movement, number=178, issued_on=factories.DAY, by=registry)
    actions.publish(movement, by=clerk)
    return movement, clerk


def issued(lan: Actor, minh: Actor, hoa: Actor, **changes: Any) -> Movement:
    movement = factories.movement(lan, **changes)
    actions.submit(movement, by=lan)
    actions.approve(movement, by=minh)
    actions.issue(movement, number=15, issued_on=factories.DAY, by=hoa)
    return movement


def test_an_outside_document_stands_with_the_plan(lan: Actor) -> None:
    movement = factories.movement(lan, superior=Superior.read(LINE), level="province")
    assert queries.superior_document(Movement.objects.get(pk=movement.pk)) == Superior.read(LINE)
    assert queries.current_plan(movement).superior == Superior.read(LINE)


def test_the_chain_is_seen_both_ways(
    province_movement: Movement, lan: Actor, minh: Actor, hoa: Actor, binh: Actor
) -> None:
    ours = issued(lan, minh, hoa, superior_code=province_movement.code)
    assert queries.chain_above(ours) == [province_movement]
    found = public.one(province_movement.code, today=factories.DAY)
    assert found is not None
    assert found.below == ()
    actions.publish(ours, by=lan)
    above, below = (public.one(one.code, today=factories.DAY) for one in (province_movement, ours))
    assert above is not None
    assert below is not None
    assert [link.code for link in above.below] == [ours.code]
    assert [link.code for link in below.above] == [province_movement.code]
    assert province_movement in movements_readable_by(binh)


def test_what_is_not_public_is_not_answered_and_not_told(province_movement: Movement, lan: Actor) -> None:
    ours = factories.movement(lan, superior_code=province_movement.code)
    hidden, clerk = province("Chưa công bố")
    actions.hide(hidden, reason="Đăng nhầm", by=clerk)
    with pytest.raises(Refused, match="không còn trên trang công khai"):
        factories.movement(lan, superior_code=hidden.code)
    with pytest.raises(Refused, match="Xin giữ một trong hai"):
        factories.movement(lan, superior_code=province_movement.code, superior=Superior.read(LINE))
    assert hidden not in movements_readable_by(lan)
    assert ours.answers == province_movement


def test_a_superior_that_was_hidden_since_stays_through_an_edit(lan: Actor) -> None:
    above, clerk = province()
    ours = factories.movement(lan, superior_code=above.code)
    actions.hide(above, reason="Đăng nhầm", by=clerk)
    actions.edit(ours, factories.plan(superior_code=above.code, theme="Khác"), version=ours.version, by=lan)
    assert Movement.objects.get(pk=ours.pk).answers == above


def test_a_movement_never_answers_itself(lan: Actor, minh: Actor, hoa: Actor) -> None:
    first = issued(lan, minh, hoa)
    actions.publish(first, by=lan)
    second = factories.movement(lan, superior_code=first.code)
    paper = actions.PaperGiven("31/KH-STC", factories.DAY, factories.stored_file(lan.user))
    with pytest.raises(Refused, match="không hưởng ứng chính mình"):
        actions.correct(first, factories.plan(superior_code=first.code), paper=paper, by=lan)
    assert second.answers == first


def test_the_basis_about_a_movement_is_proposed_and_must_be_looked_at(lan: Actor) -> None:
    def basis(title: str, number: str | None = "178/KH-UBND") -> dict[str, Any]:
        value = {
            "type": "Kế hoạch",
            "number": number,
            "date": "2025-09-25",
            "issuer": "Uỷ ban nhân dân tỉnh",
            "title": title,
        }
        return {"value": value, "quote": title, "line": 3, "page": None, "confidence": 0.95}

    bases = [basis("về dự toán năm"), basis("về phát động thi đua nước rút")]
    found = {one.field: one for one in proposals(scenes.review(lan, legal_bases=bases))}
    assert (found["superior"].text, found["superior"].standing) == (LINE, "look")
    found = {one.field: one for one in proposals(scenes.review(lan, legal_bases=[basis("về phát động thi đua", None)]))}
    assert (found["superior"].text, found["superior"].standing) == ("", "missing")


# --- quota, money, stages ---------------------------------------------------------------------------------------------


def test_quota_money_and_stages_stand_with_the_plan_and_on_its_paper(lan: Actor) -> None:
    from bangvang.movements import papers

    award = PlannedAward("Giấy khen của Giám đốc Sở", "dẫn đầu", 3, 10, 9_360_000)
    movement = factories.movement(
        lan, awards=(award,), milestones=(PlannedMilestone("Sơ kết", datetime.date(2026, 7, 15)),)
    )
    plan = queries.current_plan(Movement.objects.get(pk=movement.pk))
    assert plan.awards == (award,)
    told = repr(papers.plan(movement, plan))
    assert "Giấy khen của Giám đốc Sở: dẫn đầu (dự kiến 3 tập thể, 10 cá nhân; kinh phí 9.360.000 đồng)" in told
    assert "Sơ kết: đến hết ngày 15/07/2026" in told


def test_a_stage_is_done_once_by_the_clerk_and_stays_done_through_a_correction(
    lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Any
) -> None:
    stage = PlannedMilestone("Sơ kết", datetime.date(2026, 7, 15))
    movement = scenes.rolled_out(lan, minh, hoa, [division], milestones=(stage,))
    found = movement.milestones.select_related("movement").get()
    with pytest.raises(Refused, match="do thường trực"):
        actions.reach_milestone(found, by=mai)
    actions.reach_milestone(found, by=lan)
    with pytest.raises(Refused, match="đã ghi xong trước đó"):
        actions.reach_milestone(found, by=lan)
    paper = actions.PaperGiven("31/KH-STC", factories.DAY, factories.stored_file(lan.user))
    moved = stage._replace(last_day=datetime.date(2026, 8, 1))
    actions.correct(movement, factories.plan(milestones=(moved,)), paper=paper, by=lan)
    assert movement.milestones.get().done_on == factories.DAY
