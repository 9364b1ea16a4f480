"""A list of 500 nominees as officials make it, and the unit whose people it names: for proof 5.5.

`python -m tests.proofs.nominee_list FILE` stages the unit on the demo's database, writes the list and prints what a person
has to know to correct it.
"""

import datetime
import io
import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

from bench.lists import people

ROWS = 500
HEADS = (
    (
        "TT",
        "Họ và tên",
        "Năm sinh",
        "",
        "Chức vụ",
        "Hình thức đề nghị khen thưởng",
        "Kết quả bình xét",
        "",
        "Tóm tắt thành tích",
        "Số CCCD",
    ),
    ("", "", "Nam", "Nữ", "", "", "Phiếu đồng ý", "Tổng số phiếu", "", ""),
)
SPELLED = {
    "Lao động tiên tiến": (
        "Lao động tiên tiến",
        "LĐTT",
        "lao dong tien tien",
        "Lao động  tiên tiến ",
        "Danh hiệu Lao động tiên tiến",
    )
}
# place in the list → (what the official wrote wrongly, how a person mends it)
WRONG_NAMES = {17: "Hồ Trương Sơn Tùng", 140: "Chị Hoa"}
WRONG_AWARDS = {33: "Lao động", 205: "Bằng khen"}
WRONG_BIRTHS = {61: "19781", 318: "78"}
WRONG_VOTES = {90: ("13", "12"), 404: ("mười", "12")}
REPEATED = {250: 249, 470: 469}


def staged() -> Any:
    """The demo's head of unit with 480 more people in the unit, and an open dossier of the year. Returns the dossier."""
    from bangvang import vietnamese
    from bangvang.dossiers import actions as dossiers
    from bangvang.people.models import Duty, Person
    from tests.proofs.dossier_stage import actor

    head = actor("truongphong")
    made = [
        Person(
            full_name=name, sex="male" if sex == "Nam" else "female", birth_year=born,
            search_key=vietnamese.search_key(name), sort_key=vietnamese.name_sort_key(name),
        )
        for name, sex, born, _ in people(ROWS - len(REPEATED))
    ]  # fmt: skip
    Person.objects.bulk_create(made)
    since = datetime.date(2018, 1, 1)
    Duty.objects.bulk_create(Duty(person=one, unit=head.unit, title="Chuyên viên", valid_from=since) for one in made)
    return dossiers.open_dossier(None, 2023, by=head)  # the demo holds those of 2024 and 2025


def write(path: Path) -> dict[str, Any]:
    """The file, and by row of the sheet the corrections {field: words}, or "leave" for a repeated row."""
    import xlsxwriter

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    hidden = book.add_worksheet("DanhMuc")
    hidden.write_column(0, 0, ["LĐTT", "CSTĐCS"])
    hidden.hide()
    page = book.add_worksheet("De nghi 2025")
    page.activate()
    for at, words in enumerate(
        ("SỞ TÀI CHÍNH", "DANH SÁCH ĐỀ NGHỊ TẶNG DANH HIỆU THI ĐUA NĂM 2025", "(Kèm theo Tờ trình của Phòng)")
    ):
        page.merge_range(at, 0, at, 9, words)
    _head(page, 4, merged=True)
    page.write_row(6, 0, [f"({at})" for at in range(1, 11)])
    known = people(ROWS - len(REPEATED))
    mend: dict[int, Any] = {}
    line, who = 7, 0
    for place in range(1, ROWS + 1):
        if place % 125 == 1:
            page.write(line, 0, "I" * (place // 125 + 1) if place < 370 else "IV")
            page.write(line, 1, f"Tổ công tác số {place // 125 + 1}")
            line += 1
        if place % 45 == 0:  # a printed page ends
            _head(page, line, merged=False)
            line += 2
        if place in REPEATED:
            name, sex, born, _ = known[who - 1]
            mend[line + 1] = "leave"
        else:
            name, sex, born, _ = known[who]
            who += 1
        _row(page, line, place, (name, sex, born), mend)
        line += 1
    page.write(line, 1, f"Tổng cộng: {ROWS} người")
    page.write(line + 2, 1, "Nơi nhận:")
    page.write(line + 3, 1, "- Như trên;")
    page.write(line + 2, 7, "TRƯỞNG PHÒNG")
    book.close()
    path.write_bytes(kept.getvalue())
    return {"corrections": mend}


def _head(page: Any, line: int, *, merged: bool) -> None:
    if merged:
        for at, words in enumerate(HEADS[0]):
            if at not in (2, 3, 6, 7):
                page.merge_range(line, at, line + 1, at, words)
        page.merge_range(line, 2, line, 3, HEADS[0][2])
        page.merge_range(line, 6, line, 7, HEADS[0][6])
        page.write_row(line + 1, 2, HEADS[1][2:4])
        page.write_row(line + 1, 6, HEADS[1][6:8])
        return
    page.write_row(line, 0, HEADS[0])
    page.write_row(line + 1, 0, HEADS[1])


def _row(page: Any, line: int, place: int, person: tuple[str, str, int], mend: dict[int, Any]) -> None:
    name, sex, born = person
    written, award, birth = name, SPELLED["Lao động tiên tiến"][place % 5], str(born)
    votes = ("11", "12")
    if place % 7 == 0:
        written = unicodedata.normalize("NFD", name)
    if place % 11 == 0:
        written = f"  {name.replace(' ', '  ')} "
    if place % 13 == 0:
        written = f"{'Ông' if sex == 'Nam' else 'Bà'} {name}"
    if place % 17 == 0:
        birth = f"05/03/{born}"
    for table, field, right in (
        (WRONG_NAMES, "name", name),
        (WRONG_AWARDS, "award", "Lao động tiên tiến"),
        (WRONG_BIRTHS, "born", str(born)),
    ):
        if place in table:
            mend[line + 1] = {field: right}
    written, award, birth = (
        WRONG_NAMES.get(place, written),
        WRONG_AWARDS.get(place, award),
        WRONG_BIRTHS.get(place, birth),
    )
    if place in WRONG_VOTES:
        votes = WRONG_VOTES[place]
        mend[line + 1] = {"votes_for": "11"}
    page.write(line, 0, place)
    page.write_string(line, 1, written)
    if place % 3:  # years of birth as text here, as numbers there
        page.write_string(line, 2 if sex == "Nam" else 3, birth)
    else:
        page.write(line, 2 if sex == "Nam" else 3, int(birth) if birth.isdecimal() else birth)
    page.write(line, 4, "Chuyên viên")
    page.write_string(line, 5, award)
    page.write(line, 6, int(votes[0]) if votes[0].isdecimal() else votes[0])
    page.write(line, 7, int(votes[1]))
    page.write(line, 8, f"Hoàn thành {10 + place % 9} báo cáo trước hạn.")
    page.write(line, 9, 1_080_012_345 + place)  # a number that lost its zero


if __name__ == "__main__":
    import django

    django.setup()
    told = {"dossier": staged().code, **write(Path(sys.argv[1]))}
    print(json.dumps(told, ensure_ascii=False))
