"""A decision from its draft to issue: one data set, who may what, and an issue that is whole or not at all."""

from bangvang.decisions import queries
from bangvang.decisions.models import Decision
from tests.decisions import round as rounds

S = Decision.State


def test_lines_stand_as_officials_sort_with_money_of_the_day(council_done: rounds.Round) -> None:
    decision = rounds.drafted(council_done)
    rows = [
        (line.place, line.full_name, line.unit, line.award_words, line.raw, line.amount)
        for line in queries.awarded(decision)
    ]
    assert rows == [
        (1, "Phòng Quản lý ngân sách", "Sở Tài chính", "“Giấy khen”", 1_404_000, 1_410_000),
        (2, "Ông Trần Văn Bình", "Phòng Quản lý ngân sách", "“Lao động tiên tiến”", 702_000, 710_000),
        (3, "Ông Đặng Thị Én", "Phòng Quản lý ngân sách", "“Lao động tiên tiến”", 0, 0),
        (4, "Ông Đặng Thị Én", "Phòng Quản lý ngân sách", "“Chiến sĩ thi đua cơ sở”", 2_340_000, 2_340_000),
        (5, "Bà Lò Thị Pha", "Bản Nà Hin, xã Nậm Lúc", "“Giấy khen”", 702_000, 710_000),
    ]
    assert (decision.base_salary, decision.money_is_sure) == (2_340_000, True)


def test_issue(council_done: rounds.Round) -> None:
    decision = rounds.issued(council_done)
    assert decision.state == S.ISSUED
