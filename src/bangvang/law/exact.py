"""Conditions on exact dates, sums and shares: weighed from the records, then one plane per rail like everything else.

For many persons the owner of the planes supplies one pair of rows for each such condition, computed by `weigh` here.
"""

from __future__ import annotations

from abc import abstractmethod
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from bangvang.law.conditions import Condition, Frame, Told
from bangvang.law.facts import DISCIPLINE, GRADES
from bangvang.law.planes import Program, Rails
from bangvang.law.years import GRADE_LABELS

if TYPE_CHECKING:
    from bangvang.law.view import View


POSTS = {
    "bo_truong": "bộ trưởng",
    "giam_doc_so": "giám đốc sở",
    "pho_giam_doc_so": "phó giám đốc sở",
    "pho_tong_cuc_truong": "phó tổng cục trưởng",
    "pho_vu_truong": "phó vụ trưởng",
    "thu_truong": "thứ trưởng",
    "tong_cuc_truong": "tổng cục trưởng",
    "uy_vien_bo_chinh_tri": "uỷ viên Bộ Chính trị",
    "vu_truong": "vụ trưởng",
}
"""Posts of the book in the words of the office; one stands for those of the same rank."""


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """Full months from the morning of `first` to the evening of `last`."""
    end = last + timedelta(days=1)
    months = (end.year - first.year) * 12 + end.month - first.month
    return months if months_after(first, months) <= end else months - 1


@dataclass(frozen=True)
class Weighed(Condition):
    """A condition whose rails come from `weigh`."""

    def compile(self, program: Program, frame: Frame) -> Rails:
        return program.weighed(("exact", self.id, self))

    @abstractmethod
    def weigh(self, view: View) -> tuple[bool, bool]:
        """(surely, possibly) from the records."""


def _plain(condition: Weighed, view: View, text: str, missing: str) -> Told:
    surely, possibly, _ = view.weigh(("exact", condition.id, condition))
    return Told(surely, possibly, text, (), (missing,) if possibly and not surely else ())


@dataclass(frozen=True)
class Served(Weighed):
    """In service for so many months on the last day of the judged year."""

    rule: ClassVar[str] = "served"
    months: int

    @property
    def id(self) -> str:
        return f"recruited_less_than_months:{self.months}"

    def weigh(self, view: View) -> tuple[bool, bool]:
        recruited = view.facts.service.recruited
        if recruited is None:
            return False, True
        enough = months_between(recruited, view.last_day) >= self.months
        return enough, enough

    def tell(self, view: View, frame: Frame) -> Told:
        text = f"Đã công tác từ {self.months:02d} tháng trở lên, tính đến {view.last_day:%d/%m/%Y}"
        return _plain(self, view, text, "Chưa có ngày tuyển dụng")


@dataclass(frozen=True)
class Existed(Weighed):
    """A collective founded so many years before the last day of the judged year."""

    rule: ClassVar[str] = "existed"
    months: int

    @property
    def id(self) -> str:
        return f"existed_months:{self.months}"

    def weigh(self, view: View) -> tuple[bool, bool]:
        founded = view.facts.service.founded
        if founded is None:
            return False, True
        enough = months_between(founded, view.last_day) >= self.months
        return enough, enough

    def tell(self, view: View, frame: Frame) -> Told:
        return _plain(self, view, f"Thành lập được từ {self.months} tháng trở lên", "Chưa có ngày thành lập")


@dataclass(frozen=True)
class AbsentLess(Weighed):
    """Total absence in the judged year below so many months; leave of the excepted kind does not count."""

    rule: ClassVar[str] = "absent_less"
    register: ClassVar[str] = "service"
    opens: ClassVar[str] = "sổ theo dõi ngày nghỉ của đơn vị"
    months: int
    not_counting: str

    @property
    def id(self) -> str:
        return f"total_absence_months_from:{self.months}"

    def weigh(self, view: View) -> tuple[bool, bool]:
        days, open_end = 0, False
        for leave in view.facts.service.leave:
            if leave.kind == self.not_counting or not leave.touches(view.first_day, view.last_day):
                continue
            open_end = open_end or leave.until is None
            last = min(leave.until or view.last_day, view.last_day)
            days += (last - max(leave.since, view.first_day)).days + 1
        below = days * 12 < self.months * 365
        known = view.facts.is_complete("service", view.year)
        return below and known, below

    def tell(self, view: View, frame: Frame) -> Told:
        text = f"Tổng thời gian nghỉ trong năm dưới {self.months:02d} tháng, không kể nghỉ thai sản"
        return _plain(self, view, text, f"Chưa có sổ theo dõi ngày nghỉ năm {view.year}")


@dataclass(frozen=True)
class Undisciplined(Weighed):
    """No disciplinary measure of this weight or heavier on any day of the judged year."""

    rule: ClassVar[str] = "undisciplined"
    from_kind: str

    @property
    def id(self) -> str:
        return f"disciplined_from:{self.from_kind}"

    def weigh(self, view: View) -> tuple[bool, bool]:
        heavy = DISCIPLINE[DISCIPLINE.index(self.from_kind) :]
        found = any(
            item.kind in heavy and item.touches(view.first_day, view.last_day) for item in view.facts.discipline
        )
        return not found and view.facts.is_complete("discipline", view.year), not found

    def tell(self, view: View, frame: Frame) -> Told:
        return _plain(self, view, f"Không bị kỷ luật trong năm {view.year}", f"Chưa có sổ kỷ luật năm {view.year}")


@dataclass(frozen=True)
class Contributed(Weighed):
    """Gave labour, land or property worth so many đồng in all."""

    rule: ClassVar[str] = "contributed"
    register: ClassVar[str] = "contributions"
    opens: ClassVar[str] = "giấy xác nhận, biên bản bàn giao phần đóng góp"
    at_least_vnd: int

    @property
    def id(self) -> str:
        return f"contribution_at_least_vnd:{self.at_least_vnd}"

    def weigh(self, view: View) -> tuple[bool, bool]:
        given = sum(item.value_vnd for item in view.facts.contributions if item.on <= view.as_of)
        enough = given >= self.at_least_vnd
        return enough, enough or not view.facts.is_complete("contributions", view.year)

    def tell(self, view: View, frame: Frame) -> Told:
        amount = f"{self.at_least_vnd:,}".replace(",", ".")
        return _plain(self, view, f"Đóng góp từ {amount} đồng trở lên", "Chưa có sổ đóng góp đầy đủ")


@dataclass(frozen=True)
class InPost(Weighed):
    """Held one of these posts for `years`, and less than `below_years` where a higher class begins.

    `women_less`: the part of the time that is taken off for women leaders, as "1/3" (NĐ 152 Đ4.7).
    """

    rule: ClassVar[str] = "in_post"
    register: ClassVar[str] = "service"
    opens: ClassVar[str] = "hồ sơ cán bộ, quá trình giữ chức vụ"
    posts: tuple[str, ...]
    years: int
    below_years: int | None = None
    women_less: str | None = None

    @property
    def id(self) -> str:
        return f"in_post:{self.posts[0]}:{self.years}" + (f":{self.below_years}" if self.below_years else "")

    def _bounds(self, months: int, sex: str) -> tuple[bool, bool]:
        """Long enough, and not so long that a higher class begins."""
        part, whole = 1, 1
        if self.women_less and sex == "female":
            less, whole = (int(number) for number in self.women_less.split("/"))
            part = whole - less
        return (
            months * whole >= self.years * 12 * part,
            self.below_years is None or months * whole < self.below_years * 12 * part,
        )

    def weigh(self, view: View) -> tuple[bool, bool]:
        months, row = 0, None
        for post in sorted((p for p in view.facts.service.posts if p.kind in self.posts), key=lambda p: p.since):
            last = min(post.until or view.as_of, view.as_of)
            if post.since > last:
                continue
            if row and post.since <= row[1] + timedelta(days=1):
                row = (row[0], max(row[1], last))
            else:
                months += months_between(*row) if row else 0
                row = (post.since, last)
        months += months_between(*row) if row else 0
        sexes = [view.facts.sex] if view.facts.sex else ["male", "female"]
        bounds = [self._bounds(months, sex) for sex in sexes]
        if self.register in view.facts.unkept:  # posts held earlier may turn up: the time only grows
            return self.below_years is None and all(low for low, _ in bounds), any(high for _, high in bounds)
        if not months and not view.facts.is_complete("service", view.year):
            return False, True
        return all(low and high for low, high in bounds), any(low and high for low, high in bounds)

    def tell(self, view: View, frame: Frame) -> Told:
        below = f" đến dưới {self.below_years:02d}" if self.below_years else ""
        names = ", ".join(POSTS.get(post, post) for post in self.posts)
        text = f"Giữ chức vụ ({names}) từ {self.years:02d}{below} năm"
        return _plain(self, view, text, "Chưa có quá trình giữ chức vụ")


@dataclass(frozen=True)
class InSector(Weighed):
    """Years of service, time under discipline taken off, and no measure that ended less than `wait_years` ago."""

    rule: ClassVar[str] = "in_sector"
    years_men: int
    years_women: int
    wait_years_after_discipline: int

    @property
    def id(self) -> str:
        return f"years_in_sector:{self.years_men}:{self.years_women}"

    def weigh(self, view: View) -> tuple[bool, bool]:
        service = view.facts.service
        if service.recruited is None:
            return False, True
        months = months_between(service.recruited, view.as_of)
        for item in view.facts.discipline:
            last = min(item.until or view.as_of, view.as_of)
            months -= months_between(item.since, last)
            if months_after(last, 12 * self.wait_years_after_discipline) > view.as_of:
                return False, False
        bars = {"female": [self.years_women], "male": [self.years_men]}.get(
            view.facts.sex or "", [self.years_women, self.years_men]
        )
        return months >= 12 * max(bars), months >= 12 * min(bars)

    def tell(self, view: View, frame: Frame) -> Told:
        text = f"Công tác trong ngành từ {self.years_men} năm (nam), {self.years_women} năm (nữ)"
        return _plain(self, view, text, "Chưa có ngày vào ngành hoặc giới tính")


@dataclass(frozen=True)
class Share(Weighed):
    """Share of the members of a collective with a title, or with this grade or a higher one.

    An interval where records lack.
    """

    rule: ClassVar[str] = "share"
    title: str | None = None
    grade: str | None = None
    at_least_percent: int | None = None
    more_than_percent: int | None = None

    @property
    def id(self) -> str:
        name = f"share_with_title:{self.title}" if self.title else f"share_at_grade:{self.grade}"
        return f"{name}:{self.at_least_percent if self.at_least_percent is not None else self.more_than_percent}"

    def _reaches(self, count: int, members: int) -> bool:
        if self.at_least_percent is not None:
            return count * 100 >= self.at_least_percent * members
        return count * 100 > (self.more_than_percent or 0) * members

    def weigh(self, view: View) -> tuple[bool, bool]:
        unit = view.facts.unit
        if not unit.members:
            return False, True
        if self.title:
            count = view.member_count(unit.titles.get(self.title))
        else:
            higher = GRADES[GRADES.index(self.grade or "HTNV") :]
            counts = [unit.grades[grade] for grade in higher if grade in unit.grades]
            count = view.member_count(sum(counts) if counts else None)
        if count is None:
            return False, True
        return self._reaches(count, unit.members), self._reaches(min(count + unit.unknown, unit.members), unit.members)

    def tell(self, view: View, frame: Frame) -> Told:
        what = f"“{frame.label_of(self.title)}”" if self.title else f"“{GRADE_LABELS[self.grade or 'HTNV']}” trở lên"
        bar = (
            f"từ {self.at_least_percent} %" if self.at_least_percent is not None else f"trên {self.more_than_percent} %"
        )
        return _plain(self, view, f"Có {bar} cá nhân đạt {what}", f"Chưa đủ số liệu thành viên năm {view.year}")


@dataclass(frozen=True)
class HasHolder(Weighed):
    """At least one member of the collective holds the title."""

    rule: ClassVar[str] = "has_holder"
    title: str
    count: int = 1

    @property
    def id(self) -> str:
        return f"has_title_holder:{self.title}"

    def weigh(self, view: View) -> tuple[bool, bool]:
        count = view.member_count(view.facts.unit.titles.get(self.title))
        if count is None:
            return False, True
        return count >= self.count, count + view.facts.unit.unknown >= self.count

    def tell(self, view: View, frame: Frame) -> Told:
        text = f"Có cá nhân đạt “{frame.label_of(self.title)}”"
        return _plain(self, view, text, f"Chưa đủ số liệu thành viên năm {view.year}")


@dataclass(frozen=True)
class NobodyDisciplined(Weighed):
    """No member of the collective bears this measure or a heavier one in the judged year."""

    rule: ClassVar[str] = "nobody_disciplined"
    from_kind: str

    @property
    def id(self) -> str:
        return f"nobody_disciplined_from:{self.from_kind}"

    def weigh(self, view: View) -> tuple[bool, bool]:
        heavy = DISCIPLINE[DISCIPLINE.index(self.from_kind) :]
        found = sum(view.facts.unit.disciplined.get(kind, 0) for kind in heavy)
        facts = view.facts
        known = facts.is_complete("discipline", view.year) or facts.is_complete("unit", view.year)
        return not found and known, not found

    def tell(self, view: View, frame: Frame) -> Told:
        text = f"Không có cá nhân bị kỷ luật từ {self.from_kind} trở lên".replace("canh_cao", "cảnh cáo")
        return _plain(self, view, text, f"Chưa có sổ kỷ luật năm {view.year}")
