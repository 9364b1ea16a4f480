"""Fields as a clerk types."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from bangvang.movements.fields import PlannedAward
from bangvang.web.ui.forms import DayField, LinesField, ReadLinesField, RecipientsField, WordsField


@pytest.mark.parametrize("typed", ["05/01/2026", "5/1/2026", " 05/01/2026 "])
def test_a_day_is_read_day_first(typed: str) -> None:
    field = DayField(label="Ngày")
    assert field.clean(typed) == datetime.date(2026, 1, 5)
    assert field.prepare_value(datetime.date(2026, 1, 5)) == "05/01/2026"
    assert field.prepare_value("32/1") == "32/1"


@pytest.mark.parametrize("typed", ["31/02/2026", "2026-13-01", "hôm qua", "05/01"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        DayField(label="Ngày").clean(typed)


def test_an_optional_day_may_be_empty() -> None:
    assert DayField(label="Ngày", required=False).clean("") is None


def test_words_are_composed_and_trimmed() -> None:
    assert WordsField(label="Tên").clean("  Tie\u0302\u0301ng\u00a0 Vie\u0323\u0302t\x00 ") == "Tiếng Việt"


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Một\n\n Hai \r\nBa", ("Một", "Hai", "Ba")),
        ("1. Một\n2) Hai\n(3) Ba\na) Bốn\n- Năm\n+ Sáu\n• Bảy", ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy")),
        ("2026 là năm bản lề\n1.033 tỷ đồng", ("2026 là năm bản lề", "1.033 tỷ đồng")),
        ("Có\x00 ký tự lạ", ("Có ký tự lạ",)),
    ],
)
def test_lines_lose_the_marks_that_were_pasted_along(typed: str, lines: tuple[str, ...]) -> None:
    field = LinesField(label="Nội dung")
    assert field.clean(typed) == lines
    assert field.prepare_value(lines) == "\n".join(lines)


def test_required_lines_and_long_items_are_refused() -> None:
    with pytest.raises(ValidationError):
        LinesField(label="Nội dung").clean(" \n ")
    assert LinesField(label="Nội dung", required=False).clean("") == ()
    assert LinesField(label="Nội dung", longest=3).clean("một") == ("một",)
    with pytest.raises(ValidationError, match="Dòng 2 dài 4 chữ cái, nhiều nhất 3"):
        LinesField(label="Nội dung", longest=3).clean("hai\nbốn!")


def test_an_award_splits_at_its_first_colon_and_comes_back() -> None:
    field = ReadLinesField(label="Hình thức", read=PlannedAward.read, longest=9)
    split = (PlannedAward("Giấy khen", "5 tập thể: loại A"), PlannedAward("Bằng"))
    assert field.clean("- Giấy khen: 5 tập thể: loại A\n- Bằng") == split
    assert field.prepare_value(split) == "Giấy khen: 5 tập thể: loại A\nBằng"


@pytest.mark.parametrize(
    ("typed", "recipient"),
    [
        ("- Ban TĐKT tỉnh (b/c);", ("Ban TĐKT tỉnh", "b/c")),
        ("Các phòng (T/H).", ("Các phòng", "t/h")),
        ("Sở Nội vụ (để biết)", ("Sở Nội vụ", "để biết")),
        ("Lưu: VT, VP (2b)", ("Lưu: VT, VP (2b)", "")),
    ],
)
def test_a_recipient_splits_from_its_note(typed: str, recipient: tuple[str, str]) -> None:
    field = RecipientsField(label="Nơi nhận")
    assert field.clean(typed) == (recipient,)
    assert field.clean(field.prepare_value((recipient,))) == (recipient,)
