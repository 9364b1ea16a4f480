"""Plans to begin from: the library meets the law and the form, and an earlier plan moves on with its days and years."""

import datetime

import pytest

from bangvang.law import book
from bangvang.movements import actions
from bangvang.movements.checklist import checklist
from bangvang.movements.fields import PlannedAward, PlannedMilestone, Superior
from bangvang.movements.library import Template, library, moved_on
from bangvang.movements.models import Movement
from bangvang.movements.queries import missing_parts
from bangvang.people.actor import Actor
from tests import factories

TODAY = datetime.date(2025, 12, 20)
TEMPLATES = [pytest.param(one, id=one.key) for one in library().values()]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_is_a_whole_plan_that_meets_the_law(template: Template, lan: Actor) -> None:
    plan = template.plan(2026, lan.agency)
    movement = actions.draft(plan, by=lan)
    assert missing_parts(movement) == []
    found = checklist(movement, plan, book.load(), factories.DAY)
    assert [(item.label, item.reason) for item in found.items if item.kind != "ok"] == []
    assert "{" not in repr(plan)
    assert (plan.starts_on and plan.starts_on.year, plan.ends_on and plan.ends_on.year) == (2026, 2026)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_form_takes_a_template_as_it_is(template: Template, lan: Actor) -> None:
    from bangvang.web.staff.movement_forms import PlanForm

    plan = template.plan(2026, lan.agency)
    initial = PlanForm.initial_of(plan)
    typed = {name: field.prepare_value(initial[name]) for name, field in PlanForm.base_fields.items()}
    form = PlanForm({name: "" if value is None else value for name, value in typed.items()})
    assert form.is_valid(), form.errors
    assert form.plan() == plan


def test_the_library_holds_the_six_that_offices_run() -> None:
    assert list(library()) == ["nam", "huong-ung", "van-hoa-cong-so", "tiet-kiem", "sang-kien", "giup-xa"]


def test_an_earlier_plan_moves_on_with_the_years_in_its_texts() -> None:
    plan = factories.plan(
        title="Thi đua năm 2024",
        starts_on=datetime.date(2024, 2, 29),
        ends_on=datetime.date(2024, 12, 31),
        bases=("Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023",),
        contents=("Hoàn thành dự toán năm 2024 theo Nghị quyết số 12/2024/NQ-HĐND.",),
        duties=("Văn phòng lập danh sách trước ngày 15/01/2025.",),
        awards=(PlannedAward("Giấy khen", "tiêu biểu năm 2024", 3, 10, 1_000_000),),
        milestones=(PlannedMilestone("Sơ kết", datetime.date(2024, 7, 15)),),
        superior=Superior("Kế hoạch", "5/KH-UBND", datetime.date(2024, 1, 5), "Uỷ ban nhân dân tỉnh"),
    )
    moved, years = moved_on(plan, TODAY)
    assert (years, moved.starts_on, moved.ends_on) == (2, datetime.date(2026, 2, 28), datetime.date(2026, 12, 31))
    assert moved.title == "Thi đua năm 2026"
    assert moved.contents == ("Hoàn thành dự toán năm 2026 theo Nghị quyết số 12/2024/NQ-HĐND.",)
    assert moved.duties == ("Văn phòng lập danh sách trước ngày 15/01/2027.",)
    assert moved.awards == (PlannedAward("Giấy khen", "tiêu biểu năm 2026", 3, 10, 1_000_000),)
    assert moved.milestones == (PlannedMilestone("Sơ kết", datetime.date(2026, 7, 15)),)
    assert (moved.bases, moved.superior, moved.recipients) == (plan.bases, None, plan.recipients)


def test_a_plan_of_this_year_moves_at_least_one_year() -> None:
    ahead = factories.plan(starts_on=TODAY + datetime.timedelta(days=1), ends_on=None, end_condition="xong")
    assert moved_on(ahead, TODAY)[1] == 1
    assert moved_on(factories.plan(starts_on=None, ends_on=None), TODAY)[0].starts_on is None


def test_moving_on_writes_nothing(lan: Actor) -> None:
    moved_on(factories.plan(), TODAY)
    assert Movement.objects.count() == 0
