"""What each person's years hold: ordinary years first, then the cases write over them."""

import datetime
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FIRST_YEAR, LAST_YEAR = 2016, 2025
GRADED = (12, 10)  # month and day on which the year's unit counts
SHORTEST = datetime.timedelta(days=183)  # who worked less than six months of the year is not graded (law.md section 8)

TOPICS = (
    "Rút ngắn quy trình thẩm tra quyết toán dự án hoàn thành cấp xã",
    "Bảng theo dõi tiến độ giải ngân theo tuần dùng chung cho các phòng",
    "Bộ câu hỏi tự kiểm tra dự toán gửi đơn vị trước khi thảo luận",
    "Số hoá và tra cứu hồ sơ công sản theo mã tài sản",
    "Mẫu tờ trình điện tử cho thủ tục bổ sung kinh phí",
    "Cách đối chiếu công nợ tạm ứng bằng bảng tính liên kết",
    "Quy trình hai bước tiếp nhận hồ sơ đăng ký hộ kinh doanh",
    "Sổ tay hỏi đáp về mua sắm tài sản công cho kế toán xã",
    "Lịch nhắc hạn báo cáo tài chính cho đơn vị sử dụng ngân sách",
    "Danh mục giá tham chiếu thiết bị văn phòng cập nhật hằng quý",
    "Bộ lọc cảnh báo hồ sơ đấu giá thiếu giấy tờ",
    "Bản đồ quỹ đất kêu gọi đầu tư cập nhật theo tháng",
)


@dataclass(frozen=True)
class Measure:
    """A disciplinary measure or a matter under review, with its days (no end: still open)."""

    kind: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    note: str
    paper: str = ""


@dataclass
class Year:
    """One person's year. An empty grade means that nobody entered one."""

    grade: str = ""
    titles: list[str] = field(default_factory=list)
    awards: list[str] = field(default_factory=list)
    initiatives: list[tuple[str, str]] = field(default_factory=list)  # scope, name
    measures: list[Measure] = field(default_factory=list)
    unverified: set[str] = field(default_factory=set)  # codes without a paper to prove them


@dataclass
class Career:
    """The years of one person and where each was spent (short names of units)."""

    key: str
    places: dict[int, str]
    years: dict[int, Year] = field(default_factory=dict)

    def __getitem__(self, year: int) -> Year:
        return self.years[year]

    def put(self, year: int, grade: str, *codes: str, initiative: str = "") -> Year:
        """Write a year anew: grade, then titles and awards by code, and the scope of an initiative if there was one."""
        made = Year(grade, [code for code in codes if code in TITLES], [code for code in codes if code not in TITLES])
        if initiative:
            made.initiatives.append((initiative, topic(self.key, year)))
        self.years[year] = made
        return made


TITLES = {"LDTT", "CSTDCS", "CSTD_TINH", "CSTDTQ"}


def topic(key: str, year: int) -> str:
    return TOPICS[_lot(key, year, "topic") % len(TOPICS)]


def _lot(*parts: object) -> int:
    """A number that looks drawn by lot and is the same in every load."""
    return zlib.crc32(repr(parts).encode())


def places_of(posts: list[list[Any]]) -> dict[int, str]:
    """The unit of each year: where the person worked on the day of grading. Bodies are no place of work."""
    places = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        day = datetime.date(year, *GRADED)
        for unit, _title, _role, begins, *ends in posts:
            if unit != "cd" and begins <= day and (not ends or ends[0] >= day):
                places[year] = unit
    return places


def ordinary(people: list[list[Any]]) -> dict[str, Career]:
    """Everybody's years as an average department has them, before the cases are written in."""
    careers = {}
    for key, _name, _sex, _born, recruited, posts, *_died in people:
        places = places_of(posts)
        career = Career(key, places)
        for year in places:
            if datetime.date(year, *GRADED) - recruited >= SHORTEST:
                career.years[year] = _ordinary_year(key, year)
        careers[key] = career
    return careers


def _ordinary_year(key: str, year: int) -> Year:
    lot = _lot(key, year) % 100
    grade = "HTXSNV" if lot < 6 else "HTTNV" if lot < 88 else "HTNV"
    made = Year(grade)
    decided = year < LAST_YEAR  # titles of the running year are still to be judged
    if grade != "HTNV" and decided:
        made.titles.append("LDTT")
    if grade == "HTXSNV":
        made.initiatives.append(("co_so", topic(key, year)))
        if decided:
            made.titles.append("CSTDCS")
    elif grade == "HTTNV" and lot % 9 == 0 and decided:
        made.awards.append("GIAY_KHEN")
    return made


def rows(careers: dict[str, Career]) -> Iterator[tuple[str, int, str, Year]]:
    """(unit, year, person, year's content), unit by unit and year by year."""
    found = [
        (career.places[number], number, key, year)
        for key, career in careers.items()
        for number, year in career.years.items()
    ]
    yield from sorted(found, key=lambda row: (row[1], row[0]))
