"""Everything in the book can be said: no code without its words."""

from __future__ import annotations

from datetime import date

import pytest

from bangvang.law.book import load
from bangvang.law.provisions import Criteria
from bangvang.law.shows import all_rows
from bangvang.law.sources import Days, Provision
from bangvang.law.words import ASPECTS, DOORS, sentence


def test_every_row_of_the_book_has_a_sentence() -> None:
    book = load()
    for code, aspect, row in all_rows(book):
        name = aspect.split("@")[0]
        assert name in ASPECTS
        if isinstance(row.says, Criteria):
            assert {door.name for door in row.says.doors} <= set(DOORS)
            continue
        says = row.suggests or row.says
        source = "open" if row.open else "national"
        made = Provision(code, name, says, row, row.cites, row.mark, source, row.valid_from, ())
        assert sentence(made).endswith(".")


@pytest.mark.parametrize(
    ("award", "aspect", "day", "under", "said"),
    [
        ("CSTDCS", "cap", date(2021, 12, 1), ("vn",), "Không quá 15 % số cá nhân đạt Lao động tiên tiến; bộ, tỉnh quy định mức."),
        ("CSTDCS", "vote", date(2021, 12, 1), ("vn",), "Chưa tìm thấy quy định."),
        (
            "CSTDCS", "vote", date(2026, 3, 1), ("vn",),
            "Nơi ban hành tự quy định; chưa nạp quy định riêng nào. Thông lệ: từ 80 % tổng số thành viên Hội đồng đồng ý,"
            " bỏ phiếu kín; người vắng gửi ý kiến bằng văn bản.",
        ),
        (
            "CSTDCS", "vote", date(2026, 3, 1), ("vn", "bac_ninh"),
            "Quá 50 % tổng số thành viên Hội đồng đồng ý, bỏ phiếu kín; người vắng gửi ý kiến bằng văn bản.",
        ),
        ("BKTTG", "money", date(2025, 12, 1), ("vn",), "3,5 lần mức lương cơ sở; tập thể gấp 2; hộ gia đình gấp 1,5."),
        ("CO_CP", "submission", date(2025, 12, 1), ("vn",), "Hết ngày 30/06 năm sau năm xét; ngành giáo dục: hết ngày 31/12."),
    ],
)  # fmt: skip
def test_sentences(award: str, aspect: str, day: date, under: tuple[str, ...], said: str) -> None:
    assert sentence(load().at(award, aspect, Days.all_on(day), under)) == said
