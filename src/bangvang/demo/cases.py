"""The cases made on purpose. Each function names its people, says which case it is and what must be seen.

All are meant for 20/12/2025, the demo's usual day: grades of 2025 are entered, titles of 2025 are not decided.
docs/use/demo.md lists them for people who try the product.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from bangvang.demo.careers import Career, Measure, topic
from bangvang.demo.department import LOADER, Department
from bangvang.honours import actions as honours
from bangvang.honours.models import Standing

Careers = dict[str, Career]


@dataclass(frozen=True)
class Case:
    """`who` are short names of department.yaml, `shows` the line of docs/use/demo.md."""

    name: str
    who: tuple[str, ...]
    shows: str
    arrange: Callable[[Careers], None]


CASES: list[Case] = []


def case(shows: str, *who: str) -> Callable[[Callable[[Careers], None]], Callable[[Careers], None]]:
    def register(function: Callable[[Careers], None]) -> Callable[[Careers], None]:
        CASES.append(Case(function.__name__, who, shows, function))
        return function

    return register


def arrange(careers: Careers) -> None:
    """Write every case over the ordinary years."""
    for one in CASES:
        one.arrange(careers)


@case("Đủ điều kiện xét “Chiến sĩ thi đua cơ sở” năm 2025 nhờ sáng kiến cấp cơ sở", "thao", "huy")
def meet_by_initiative(careers: Careers) -> None:
    """Grade good, an initiative recognised in the unit: the product must find the conditions of CSTĐCS met for 2025."""
    careers["thao"].put(2025, "HTTNV", initiative="co_so")
    for key in ("thao", "khang"):  # the council's agenda of December has their title of that year (awarding.py)
        careers[key].put(2024, "HTTNV", "LDTT", initiative="co_so")
    careers["huy"].put(2025, "HTTNV", initiative="co_so")


@case("Đủ điều kiện xét “Chiến sĩ thi đua cơ sở” năm 2025 nhờ hoàn thành xuất sắc nhiệm vụ", "hanh")
def meet_by_grade(careers: Careers) -> None:
    """Excellent grade and no initiative: met through the second door that the law opened in 2024."""
    careers["hanh"].put(2025, "HTXSNV")


@case("Ba năm liền là “Chiến sĩ thi đua cơ sở” và có sáng kiến cấp tỉnh: đủ điều kiện xét cấp tỉnh", "son")
def meet_province(careers: Careers) -> None:
    """2022, 2023, 2024 in a row and an initiative with effect in the province: CSTĐ cấp tỉnh is met."""
    for year in (2022, 2023, 2024):
        careers["son"].put(year, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["son"].put(2025, "HTXSNV", initiative="bo_tinh")


@case("Thiếu một bước: ba lần “Chiến sĩ thi đua cơ sở” nhưng đứt quãng năm 2023", "vinh")
def broken_streak(careers: Careers) -> None:
    """2021, 2022 and 2024 with a gap in 2023: three titles, never three in a row; the gap must be named."""
    for year in (2021, 2022, 2024):
        careers["vinh"].put(year, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["vinh"].put(2023, "HTTNV", "LDTT")
    careers["vinh"].put(2025, "HTTNV", initiative="bo_tinh")


@case("Thiếu một bước: mới hai năm liền là “Chiến sĩ thi đua cơ sở” trong ba năm phải có", "tien")
def two_of_three(careers: Careers) -> None:
    """Only 2023 and 2024: two of the three years in a row; the product must say which year is still to come."""
    careers["tien"].put(2022, "HTTNV", "LDTT")
    for year in (2023, 2024):
        careers["tien"].put(year, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["tien"].put(2025, "HTTNV", initiative="bo_tinh")


@case("Thiếu một bước: hoàn thành tốt nhiệm vụ nhưng không có sáng kiến, sổ sáng kiến của phòng đã đủ", "my", "dat")
def without_initiative(careers: Careers) -> None:
    """Grade good, no initiative, register of initiatives complete: not met for CSTĐCS, and nothing is missing."""
    for key in ("my", "dat"):
        careers[key].put(2025, "HTTNV")


@case("Thiếu một bước: đủ năm và danh hiệu cho Bằng khen của Thủ tướng, nhưng mới bốn năm liền hoàn thành tốt", "an")
def four_of_five_years(careers: Careers) -> None:
    """Provincial commendation and three CSTĐCS, but 2021 was only HTNV, so four good years in a row instead of five."""
    careers["an"].put(2019, "HTXSNV", "LDTT", "CSTDCS", "BANG_KHEN_TINH", initiative="co_so")
    careers["an"].put(2020, "HTTNV", "LDTT")
    careers["an"].put(2021, "HTNV")
    for year in (2022, 2023, 2024):
        careers["an"].put(year, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["an"].put(2025, "HTTNV", initiative="co_so")


@case("Thiếu dữ liệu: chưa có kết quả xếp loại năm 2022, sổ năm đó của phòng chưa xác nhận đủ", "giang", "suong")
def missing_grade(careers: Careers) -> None:
    """No grade of 2022 and nobody declared the register complete: the outcome is missing data, never "not met"."""
    for key in ("giang", "suong"):
        careers[key].years.pop(2022, None)


@case("Thiếu dữ liệu: chưa có kết quả xếp loại và sáng kiến năm 2025 của đơn vị", "kieu", "thang")
def missing_year(careers: Careers) -> None:
    """The centre has not sent its grades and initiatives of 2025; both registers are open."""
    for key in ("kieu", "thang", "ngoc", "long", "nhi"):
        careers[key].years.pop(2025, None)


@case("Thiếu dữ liệu: “Chiến sĩ thi đua cơ sở” năm 2021 theo bản khai, chưa có văn bản chứng minh", "khoa")
def unproven_title(careers: Careers) -> None:
    """A title without a paper stands in the ledger marked as unproven; it may not decide a case alone."""
    careers["khoa"].put(2021, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so").unverified.add("CSTDCS")


@case("Đang tạm dừng xét: có việc thanh tra chưa kết luận từ 06/10/2025", "loc")
def under_inspection(careers: Careers) -> None:
    """Everything else is met, but an inspection is pending: a hold with a reason, not a failure."""
    careers["loc"].put(2025, "HTTNV", initiative="co_so").measures.append(
        Measure(
            "hold_inspection",
            datetime.date(2025, 10, 6),
            None,
            "Chờ kết luận thanh tra việc cấp đăng ký doanh nghiệp quý II",
            "318/TB-STC",
        )
    )


@case("Đang tạm dừng xét: có đơn tố cáo đang được xác minh từ 24/11/2025", "xuan")
def under_complaint(careers: Careers) -> None:
    """A complaint is being checked; the hold ends when its result is entered."""
    careers["xuan"].put(2025, "HTXSNV", initiative="co_so").measures.append(
        Measure("hold_complaint", datetime.date(2025, 11, 24), None, "Đang xác minh nội dung đơn", "402/TB-STC")
    )


@case("Kỷ luật đã hết hiệu lực giữa năm: khiển trách từ 16/6/2024 đến 15/6/2025", "thinh")
def discipline_ended(careers: Careers) -> None:
    """A reprimand that ended in June 2025: 2024 is spoiled, for 2025 the product says from when it is free."""
    careers["thinh"].put(2024, "KHONG_HTNV").measures.append(
        Measure(
            "khien_trach",
            datetime.date(2024, 6, 16),
            datetime.date(2025, 6, 15),
            "Chậm báo cáo quyết toán nhiều lần",
            "205/QĐ-STC",
        )
    )
    careers["thinh"].put(2025, "HTTNV", initiative="co_so")


@case("Kỷ luật đang có hiệu lực: cảnh cáo từ 01/9/2025", "hau")
def discipline_running(careers: Careers) -> None:
    """A warning that runs until the end of August 2026."""
    careers["hau"].put(2025, "KHONG_HTNV").measures.append(
        Measure(
            "canh_cao",
            datetime.date(2025, 9, 1),
            datetime.date(2026, 8, 31),
            "Vi phạm quy chế cuộc đấu giá",
            "287/QĐ-STC",
        )
    )


@case("Hai người trùng cả họ tên, khác năm sinh và đơn vị", "lan84", "lan91")
def namesakes(careers: Careers) -> None:
    """Two women called Phạm Thị Lan, born 1984 and 1991: every list and search tells them apart by year and unit."""
    careers["lan84"].put(2024, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["lan91"].put(2024, "HTTNV", "LDTT")


@case("Người của phòng hợp nhất: danh hiệu cũ đứng tên phòng cũ, vẫn được tính tiếp", "dung", "yen")
def members_of_the_merged_unit(careers: Careers) -> None:
    """Titles of 2023 and 2024 under the names of the old divisions; they count on, and the old names stay."""
    for key in ("dung", "yen"):
        for year in (2023, 2024):
            careers[key].put(year, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
        careers[key].put(2025, "HTXSNV", initiative="co_so")


@case("Truy tặng: mất ngày 14/8/2025, có nhiều năm cống hiến", "tri")
def posthumous(careers: Careers) -> None:
    """Died in August 2025: papers must say "truy tặng", no grade of 2025 may be asked for."""
    careers["tri"].put(2022, "HTXSNV", "LDTT", "CSTDCS", "BANG_KHEN_TINH", initiative="co_so")
    careers["tri"].put(2023, "HTTNV", "LDTT")
    careers["tri"].put(2024, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["tri"].years.pop(2025, None)


@case("Mới tuyển dụng bốn tháng: chưa có thành tích nào, chưa thuộc diện xếp loại", "tu")
def new_recruit(careers: Careers) -> None:
    """Recruited in August 2025: an empty record that is no gap, because under six months there is no grade."""
    careers["tu"].years.clear()


@case("Đã chuyển đơn vị: thành tích ở cả đơn vị cũ và đơn vị mới", "hien", "vuong")
def moved(careers: Careers) -> None:
    """Two units in ten years: each year's facts stand under the unit of that year."""
    careers["hien"].put(2020, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["hien"].put(2023, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["vuong"].put(2019, "HTTNV", "LDTT", "GIAY_KHEN")


@case("Đã có Bằng khen của Thủ tướng Chính phủ", "duc")
def holder_of_the_high_commendation(careers: Careers) -> None:
    """The director's ladder: provincial commendation 2017, CSTĐ cấp tỉnh 2020, Prime Minister's commendation 2022."""
    careers["duc"].put(2016, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["duc"].put(2017, "HTXSNV", "LDTT", "CSTDCS", "BANG_KHEN_TINH", initiative="co_so")
    for year in (2018, 2019, 2020, 2021):
        careers["duc"].put(year, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
    careers["duc"][2020].titles.append("CSTD_TINH")
    careers["duc"][2020].initiatives.append(("bo_tinh", topic("duc", 2120)))
    careers["duc"].put(2022, "HTXSNV", "LDTT", "CSTDCS", "BKTTG", initiative="co_so")


@case("Đã là “Chiến sĩ thi đua cấp tỉnh” năm 2023", "uyen", "cuong")
def holders_of_the_provincial_title(careers: Careers) -> None:
    """Three CSTĐCS in a row 2021 to 2023, the title of the province for 2023."""
    for key in ("uyen", "cuong"):
        for year in (2021, 2022, 2023):
            careers[key].put(year, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
        careers[key][2023].titles.append("CSTD_TINH")
        careers[key][2023].initiatives.append(("bo_tinh", topic(key, 2123)))


@case("Đã có Bằng khen của Chủ tịch Uỷ ban nhân dân tỉnh", "nghia", "quang", "nga", "tuyet", "nhan")
def holders_of_the_provincial_commendation(careers: Careers) -> None:
    """Two years of CSTĐCS, then the commendation of the province."""
    for first, key in enumerate(("nghia", "quang", "nga", "tuyet", "nhan"), start=2017):
        careers[key].put(first, "HTXSNV", "LDTT", "CSTDCS", initiative="co_so")
        careers[key].put(first + 1, "HTXSNV", "LDTT", "CSTDCS", "BANG_KHEN_TINH", initiative="co_so")


@case("Một dòng sổ vàng đã sửa: số quyết định ghi nhầm, dòng cũ còn đọc được", "nguyet")
def corrected_entry(careers: Careers) -> None:
    """A commendation of 2023 entered with a wrong number; see `correct_a_number`."""
    careers["nguyet"].put(2023, "HTTNV", "LDTT", "GIAY_KHEN")


def correct_a_number(department: Department) -> None:
    """The correction of `corrected_entry`: a new ledger line that names the wrong one."""
    wrong = Standing.objects.get(person=department.people["nguyet"], kind="GIAY_KHEN", year=2023).entry
    right = {"paper_number": "47/QĐ-STC"}
    honours.correct(wrong, right, reason="Số quyết định ghi nhầm khi nhập, đã đối chiếu bản gốc.", by=LOADER)
