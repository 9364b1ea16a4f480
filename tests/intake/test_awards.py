"""Lists of awards on their way into the ledger: what is staged, asked, corrected, and written all at once."""

from pathlib import Path

import pytest

from bangvang.honours import actions as honours
from bangvang.honours.models import LedgerEntry, Standing
from bangvang.intake import actions, queries
from bangvang.intake.models import Batch, Identity, Row
from bangvang.kernel import audit
from bangvang.kernel.workflow import Refused
from bangvang.people.actor import Actor
from bangvang.people.models import Person, Unit
from tests import factories
from tests.intake.lists import award_rows, checked

Outcome = Identity.Outcome


@pytest.fixture(autouse=True)
def _place(media: Path, on_the_day: None) -> None:
    """Files of its own, and the actors' day."""


def row(batch: Batch, number: int) -> Row:
    return batch.rows.get(number=number)


def test_a_list_of_known_and_new_people_is_written_at_once(lan: Actor, division: Unit) -> None:
    known = factories.person("Trần Văn Bình", birth_year=1980)
    factories.duty(known, division)

    batch = checked(
        award_rows(
            ("Trần Văn Bình", "Nam", 1980, division.name, "Lao động tiên tiến", 2024),
            ("Lê Thị Hoa", "Nữ", 1975, "Phòng Kế toán cũ", "CSTĐCS", 2023),
            (division.name, "", "", "", "Tập thể lao động tiên tiến", 2024),
        ),
        lan,
    )
    assert (batch.state, queries.counts_of(batch)) == ("checked", queries.Counts(3, 0, 0, 0, 1, 1))
    written = actions.confirm(batch, by=lan)

    assert written == 3
    hoa = Person.objects.get(full_name="Lê Thị Hoa")
    facts = Standing.objects.order_by("entry__seq").values_list(
        "person", "unit", "kind", "year", "unit_then", "search_key"
    )
    assert list(facts) == [
        (known.pk, None, "advanced_worker", 2024, division.name, "tran van binh"),
        (hoa.pk, None, "grassroots_emulation_fighter", 2023, "Phòng Kế toán cũ", "le thi hoa"),
        (None, division.pk, "advanced_collective", 2024, "", "phong quan ly ngan sach"),
    ]
    duty = hoa.duties.get()
    assert (duty.unit, duty.role, str(duty.valid_from), str(duty.valid_until)) == (
        lan.agency, "staff", "2023-01-01", "2023-12-31",
    )  # fmt: skip
    assert list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    before = list(Standing.objects.order_by("entry_id").values())
    assert (honours.rebuild(), list(Standing.objects.order_by("entry_id").values())) == (3, before)
    assert factories.verbs_of(batch) == ["batch.receive", "batch.read", "batch.agree", "batch.check", "batch.confirm"]
    assert factories.verbs_of(hoa) == ["person.enter_many"]
    assert factories.verbs_of(lan.agency) == ["person.enter_many", "honours.enter_many"]
    assert audit.verify() == []


def test_what_cannot_be_taken_says_why_and_is_corrected_in_place(lan: Actor, division: Unit) -> None:
    factories.duty(factories.person("Trần Văn Bình", birth_year=1980), division)
    batch = checked(
        award_rows(
            ("Trần Văn Bình", "Nam", 1980, division.name, "Lao động tiên tiên", "20244"),
            ("Bình", "Nam", 1980, division.name, "Bằng khen", 2024),
        ),
        lan,
    )
    assert [reason["why"] for reason in row(batch, 4).reasons] == [
        "Năm “20244” chưa đúng, ví dụ 2025."
    ]  # (the award is told without its marks)
    assert [reason["why"] for reason in row(batch, 5).reasons] == [
        "Tên “Bình” thiếu họ.",
        "“Bằng khen” của ai? Xin ghi đủ, ví dụ Bằng khen của Chủ tịch UBND tỉnh.",
    ]
    with pytest.raises(Refused, match="2 dòng chưa ghi được"):
        actions.confirm(batch, by=lan)

    actions.correct(row(batch, 4), {"year": "2024"}, by=lan)
    actions.leave_out(batch, None, by=lan)
    batch.refresh_from_db()

    assert actions.confirm(batch, by=lan) == 1
    assert Standing.objects.get().year == 2024


def test_people_who_are_not_certain_are_asked_and_an_answer_can_be_taken_back(
    lan: Actor, division: Unit, office: Unit
) -> None:
    spelled = factories.person("Nguyễn Thị Thuý", birth_year=1982, sex="female")
    moved = factories.person("Phạm Văn Sơn", birth_year=1970)
    factories.duty(spelled, division)
    factories.duty(moved, office)
    batch = checked(
        award_rows(
            ("Nguyễn Thị Thúy", "Nữ", 1982, division.name, "LĐTT", 2024),
            ("Phạm Văn Sơn", "Nam", 1970, division.name, "LĐTT", 2024),
            ("Đỗ Văn An", "", 1990, division.name, "LĐTT", 2024),
        ),
        lan,
    )
    asked = {one.name: one for one in batch.identities.all()}
    assert {name: (one.outcome, one.why) for name, one in asked.items()} == {
        "Nguyễn Thị Thúy": ("asked", "Gần giống tên “Nguyễn Thị Thuý” trong sổ."),
        "Phạm Văn Sơn": (
            "asked",
            "Cùng họ tên, năm sinh; đơn vị trên danh sách là “Phòng Quản lý ngân sách”, khác đơn vị trong sổ.",
        ),
        "Đỗ Văn An": ("asked", "Người mới, danh sách không ghi nam hay nữ."),
    }

    actions.answer(asked["Nguyễn Thị Thúy"], same_as=spelled, by=lan)
    actions.answer(asked["Phạm Văn Sơn"], same_as=moved, by=lan)
    actions.answer(asked["Phạm Văn Sơn"], same_as=None, sex="male", by=lan)
    actions.answer(asked["Đỗ Văn An"], same_as=None, sex="male", by=lan)
    actions.confirm(batch, by=lan)

    assert Standing.objects.get(person=spelled).name_then == "Nguyễn Thị Thúy"
    assert not Standing.objects.filter(person=moved).exists()
    assert Person.objects.filter(full_name="Phạm Văn Sơn").count() == 2


def test_repeats_and_what_the_ledger_holds_are_told(lan: Actor, division: Unit) -> None:
    known = factories.person("Trần Văn Bình", birth_year=1980)
    factories.duty(known, division)
    honours.enter(factories.award(known, year=2022), by=factories.MACHINE)
    one = ("Trần Văn Bình", "Nam", 1980, division.name, "Lao động tiên tiến")
    batch = checked(award_rows((*one, 2022), (*one, 2023), (*one, 2023)), lan)

    assert [[reason["why"] for reason in line.reasons] for line in batch.rows.all()] == [
        ["Sổ năm 2022 đã có “Lao động tiên tiến”."],
        [],
        ["Trùng với dòng 5."],
    ]
    actions.correct(row(batch, 6), {"year": "2021"}, by=lan)
    assert row(batch, 6).reasons == []


def test_a_fact_that_came_from_elsewhere_meanwhile_refuses_the_whole_batch(lan: Actor, division: Unit) -> None:
    known = factories.person("Trần Văn Bình", birth_year=1980)
    factories.duty(known, division)
    one = ("Trần Văn Bình", "Nam", 1980, division.name, "Lao động tiên tiến")
    batch = checked(award_rows((*one, 2022), (*one, 2023)), lan)
    honours.enter(factories.award(known, year=2023), by=factories.MACHINE)

    with pytest.raises(Refused, match="Chưa ghi gì"):
        actions.confirm(batch, by=lan)

    batch.refresh_from_db()
    assert (batch.state, Standing.objects.count()) == ("checked", 1)


def test_columns_are_remembered_for_the_sender(lan: Actor, division: Unit) -> None:
    content = award_rows(("Lê Thị Hoa", "Nữ", 1975, division.name, "LĐTT", 2023))
    batch = checked(content, lan)
    actions.remap(batch, by=lan)
    mapping = {"0": {**batch.mapping["0"], "10": "note"}}
    actions.agree(batch, mapping, batch.defaults, version=batch.version, by=lan)

    from tests.intake.lists import read

    assert read(content, lan).mapping["0"]["10"] == "note"
    assert not batch.rows.exists()


def test_only_the_standing_body_sends_awards(mai: Actor, quan: Actor) -> None:
    for actor in (mai, quan):
        with pytest.raises(Refused, match="thường trực"):
            checked(award_rows(), actor)


def test_a_wrong_match_is_taken_back_after_writing(lan: Actor, division: Unit, office: Unit) -> None:
    moved = factories.person("Phạm Văn Sơn", birth_year=1970)
    factories.duty(moved, office)
    batch = checked(award_rows(("Phạm Văn Sơn", "Nam", 1970, division.name, "LĐTT", 2024)), lan)
    actions.answer(batch.identities.get(), same_as=moved, by=lan)
    actions.confirm(batch, by=lan)

    assert actions.reassign(batch.identities.get(), same_as=None, by=lan) == 1
    other = Standing.objects.get().person
    assert other is not None
    assert (other != moved, other.full_name, factories.verbs_of(other)) == (
        True, "Phạm Văn Sơn", ["person.enter_many", "honours.correct", "batch.reassign"],
    )  # fmt: skip
    assert actions.reassign(batch.identities.get(), same_as=moved, by=lan) == 1
    assert (Standing.objects.get().person, LedgerEntry.objects.count()) == (moved, 3)
    assert honours.rebuild() == 1
    assert audit.verify() == []
