"""Quy định: anybody signed in reads the book on any day, under any layer, and sees what changed."""

from typing import Any

import pytest
from django.test import Client

from bangvang.honours.findings import the_book
from tests.web import walk

PAGE = "/lam-viec/quy-dinh/"
CS = f"{PAGE}grassroots_emulation_fighter/"


def read(answer: Any) -> str:
    return walk.read(answer).words


def test_everybody_signed_in_reads_the_list(as_binh: Client, as_quan: Client) -> None:
    for client in (as_binh, as_quan):
        words = read(client.get(PAGE, {"ngay": "01/12/2025"}))
        assert ("Mức lương cơ sở để tính tiền thưởng: 2.340.000 đồng" in words, "NĐ 152/2025/NĐ-CP" in words) == (
            True,
            True,
        )


def test_nobody_else_does(client: Client) -> None:
    assert client.get(CS).status_code == 302


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"ngay": "01/12/2021"},
            ["Không quá 15 % số cá nhân đạt Lao động tiên tiến", "Chưa tìm thấy quy định.", "1.490.000 đồng"],
        ),
        ({"ngay": "01/12/2025"}, ["Không có tỷ lệ khống chế.", "giữ theo điều khoản chuyển tiếp", "2.340.000 đồng"]),
        ({"ngay": "01/03/2026"}, ["Nơi ban hành tự quy định; chưa nạp quy định riêng nào. Thông lệ: từ 80 %"]),
        ({"ngay": "01/03/2026", "noi": "bac_ninh"}, ["quy định riêng của UBND tỉnh Bắc Ninh", "Quá 50 %"]),
        ({"ngay": "01/11/2026"}, ["Luật 06/2026/QH16 có hiệu lực từ 01/10/2026 nhưng chưa được nạp"]),
    ],
)
def test_an_award_on_a_day(as_binh: Client, asked: dict[str, str], said: list[str]) -> None:
    words = read(as_binh.get(CS, asked))
    assert [part for part in said if part not in words] == []


def test_two_days_are_compared(as_binh: Client) -> None:
    words = read(as_binh.get(CS, {"ngay": "01/12/2025", "so-voi": "01/12/2021"}))
    assert "Khác với ngày 01/12/2021" in words
    assert "Không quá 15 %" in words


def test_every_award_is_shown_on_every_regime(as_binh: Client) -> None:
    book = the_book()
    for code in book.awards:
        for day in ("01/01/2018", "01/12/2025"):
            assert as_binh.get(f"{PAGE}{code}/", {"ngay": day}).status_code == 200


def test_what_is_not_there_and_what_cannot_be_read(as_binh: Client) -> None:
    assert as_binh.get(f"{PAGE}khong-co/").status_code == 404
    answer = as_binh.get(CS, {"ngay": "31/02/2026"})
    assert (answer.status_code, "Ngày 31/02/2026 không có" in read(answer)) == (422, True)
