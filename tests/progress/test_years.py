"""An indicator over years, and social work: who writes, what is summed up, how it stands in the review and in the drawing."""

import datetime
from decimal import Decimal

import pytest

from bangvang.kernel.workflow import Refused
from bangvang.movements.models import Movement
from bangvang.papers import blocks
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions, papers
from bangvang.progress.actions import Gift
from bangvang.progress.models import Indicator, IndicatorYear, Review, SocialWork
from bangvang.progress.social import helped
from bangvang.web.staff.year_chart import chart_of
from tests import factories
from tests.progress import scenes

GIVEN_ON = datetime.date(2026, 2, 20)


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


@pytest.fixture
def revenue(movement: Movement) -> Indicator:
    return movement.indicators.select_related("movement").get(position=1)


def gift(
    worth: str | None = "12000000", *, on: datetime.date = GIVEN_ON, to: str = "Xã Nậm Lúc", **changes: str
) -> Gift:
    known = {"what": "Tặng 40 bộ bàn ghế học sinh", "source": "Biên bản giao nhận ngày 20/02/2026", **changes}
    return Gift(to, known["what"], on, known["source"], Decimal(worth) if worth else None)


def test_a_year_written_again_takes_the_place_of_the_earlier_one(revenue: Indicator, lan: Actor, mai: Actor) -> None:
    with pytest.raises(Refused):
        actions.write_year(revenue, 2024, target=None, reached=Decimal("934.3"), by=mai)
    with pytest.raises(Refused, match="mức phải đạt hoặc số thực hiện"):
        actions.write_year(revenue, 2024, target=None, reached=None, by=lan)
    for reached in ("934.3", "994.7"):
        actions.write_year(revenue, 2024, target=Decimal("934.34"), reached=Decimal(reached), by=lan)
    (row,) = IndicatorYear.objects.select_related("indicator__movement")
    assert (row.reached, factories.verbs_of(revenue.movement).count("movement.write_year")) == (Decimal("994.7"), 2)
    actions.drop_year(row, by=lan)
    assert not IndicatorYear.objects.exists()


def test_the_drawing_says_what_the_table_says(revenue: Indicator) -> None:
    def year(number: int, target: str | None, reached: str | None) -> IndicatorYear:
        as_decimal = [None if text is None else Decimal(text) for text in (target, reached)]
        return IndicatorYear(indicator=revenue, year=number, target=as_decimal[0], reached=as_decimal[1])

    rows = [year(2018, "934.3", "994.7"), year(2019, "1009.6", "1033.9"), year(2021, "1100", None)]
    chart = chart_of(revenue, rows)
    assert chart is not None
    assert chart.sentence == (
        "Năm 2018: thực hiện 994,7 tỷ đồng, mức phải đạt 934,3 tỷ đồng; "
        "Năm 2019: thực hiện 1.033,9 tỷ đồng, mức phải đạt 1.009,6 tỷ đồng; "
        "Năm 2021: chưa có số thực hiện, mức phải đạt 1.100 tỷ đồng."
    )
    assert [figure for _, figure in chart.grid] == ["0", "500", "1.000", "1.500"]
    # the year without a row leaves its place empty, the one without a figure is no point
    assert [x for x, _ in chart.labels] == ["52.0", "133.3", "296.0"]
    assert len(chart.points) == 2
    heights = [float(y) for _, y in chart.points]
    assert heights == [
        pytest.approx(150 - 994.7 / 1500 * 126, abs=0.1),
        pytest.approx(150 - 1033.9 / 1500 * 126, abs=0.1),
    ]
    assert chart_of(revenue, rows[:1]) is None
    assert chart_of(revenue, [year(2018, "0", "-5"), year(2019, "1", "2")]) is None


def test_social_work_needs_evidence_and_a_unit_that_takes_part(
    movement: Movement, lan: Actor, mai: Actor, binh: Actor, division: Unit, office: Unit, department: Unit
) -> None:
    for by, unit, given, words in (
        (binh, division, gift(), "thường trực"),
        (mai, department, gift(), "thường trực"),
        (lan, office, gift(), "chưa triển khai đến Văn phòng"),
        (lan, division, gift(source=" "), "cần có minh chứng"),
        (lan, division, gift(on=factories.DAY + datetime.timedelta(days=1)), "sau ngày hôm nay"),
    ):
        with pytest.raises(Refused, match=words):
            actions.record_social_work(movement, unit, given, by=by)
    assert actions.record_social_work(movement, department, gift(), by=lan).unit == department


def test_summed_up_by_place_and_no_more_once_withdrawn(
    movement: Movement, lan: Actor, mai: Actor, division: Unit
) -> None:
    for given in (gift(), gift(None), gift("5000000", to="Xã Pha Long", on=factories.DAY)):
        actions.record_social_work(movement, division, given, by=mai)
    wrong = actions.record_social_work(movement, division, gift("99000000"), by=lan)
    with pytest.raises(Refused):
        actions.withdraw_social_work(wrong, reason="Ghi thừa", by=mai)
    actions.withdraw_social_work(wrong, reason="Ghi thừa một số 9", by=lan)
    assert [(one.beneficiary, one.times, one.worth_words) for one in helped(movement)] == [
        ("Xã Nậm Lúc", 2, "12.000.000 đồng, 1 việc không quy ra tiền"),
        ("Xã Pha Long", 1, "5.000.000 đồng"),
    ]
    assert [one.beneficiary for one in helped(movement, until=GIVEN_ON)] == ["Xã Nậm Lúc"]
    review = Review(agency=movement.agency, period=movement.periods.get())
    said = " ".join(blocks.words(papers.paper(review, factories.DAY)))
    assert "CÔNG TÁC AN SINH XÃ HỘI" in said
    assert "12.000.000 đồng" in said
    SocialWork.objects.all().delete()
    assert "AN SINH" not in " ".join(blocks.words(papers.paper(review, factories.DAY)))
