"""Conditions on years and their records: grades, awards, initiatives, how often, how many in a row, since when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from bangvang.law.conditions import Condition, Frame, Told
from bangvang.law.planes import Program, Rails

if TYPE_CHECKING:
    from bangvang.law.facts import Initiative
    from bangvang.law.view import View

GRADE_LABELS = {
    "KHONG_HTNV": "Không hoàn thành nhiệm vụ",
    "HTNV": "Hoàn thành nhiệm vụ",
    "HTTNV": "Hoàn thành tốt nhiệm vụ",
    "HTXSNV": "Hoàn thành xuất sắc nhiệm vụ",
}
SCOPE_LABELS = {"co_so": "cấp cơ sở", "bo_tinh": "cấp bộ, tỉnh", "toan_quoc": "toàn quốc"}
RESULT_LABELS = {"initiatives": "sáng kiến", "research": "đề tài, đề án được nghiệm thu"}


@dataclass(frozen=True)
class YearsWith(Condition):
    """At least `count` years of the window with a grade, or an award. `since`: only years after the last such award."""

    rule: ClassVar[str] = "years_with"
    grade: str | None = None
    award: str | None = None
    count: int = 1
    first: int = 0
    """The window begins this many years before the judged year."""
    since: str | None = None
    ever: bool = False
    """The window begins as far back as records matter."""

    @property
    def id(self) -> str:
        kind = "grade" if self.grade else "award"
        since = f"_since_{self.since}" if self.since else ""
        if self.ever and not self.since:
            return f"prior_award:{self.award}"
        one = {"grade": "grade_at_least", "award": "has_title_same_year"}[kind]
        name = one if self.count == 1 and not self.first and not self.since else f"years_with_{kind}"
        return f"{name}:{self.grade or self.award}" + (f":{self.count}{since}" if name != one else "")

    def years(self, frame: Frame) -> range:
        first = frame.horizon if self.ever or self.since else self.first
        return range(frame.year - first, frame.year + 1)

    def compile(self, program: Program, frame: Frame) -> Rails:
        parts = [_counted(self, program, frame, year) for year in reversed(self.years(frame))]
        return program.at_least(parts, self.count)

    def tell(self, view: View, frame: Frame) -> Told:
        years = self.years(frame)
        found, open_years = _tell_years(self, view, frame, years)
        what = f"“{GRADE_LABELS[self.grade]}” trở lên" if self.grade else f"“{frame.label_of(self.award or '')}”"
        span = _span(years) if not (self.ever or self.since) else f"đến năm {years[-1]}"
        after = f", sau “{frame.label_of(self.since)}” gần nhất" if self.since else ""
        times = "" if self.count == 1 else f"ít nhất {self.count:02d} năm "
        text = f"{times}{what} ({span}{after})"
        return _told(text, found, open_years, self.count, _records(self, view, frame, found), _noun(self, frame))


@dataclass(frozen=True)
class Run(Condition):
    """`years` consecutive years up to the judged year, each with the grade or the award (or either)."""

    rule: ClassVar[str] = "run"
    years: int
    grade: str | None = None
    award: str | None = None
    since: str | None = None

    @property
    def id(self) -> str:
        kind = "grades_or_title" if self.grade and self.award else "grades" if self.grade else "titles"
        since = "_since" if self.since else ""
        return f"consecutive_{kind}{since}:{self.grade or self.award}:{self.years}"

    def window(self, frame: Frame) -> range:
        return range(frame.year - self.years + 1, frame.year + 1)

    def compile(self, program: Program, frame: Frame) -> Rails:
        return program.all_of([_counted(self, program, frame, year) for year in self.window(frame)])

    def tell(self, view: View, frame: Frame) -> Told:
        window = self.window(frame)
        found, open_years = _tell_years(self, view, frame, window)
        names = [f"“{GRADE_LABELS[self.grade]}” trở lên"] if self.grade else []
        names += [f"“{frame.label_of(self.award)}”"] if self.award else []
        after = f", sau “{frame.label_of(self.since)}” gần nhất" if self.since else ""
        text = f"{self.years:02d} năm liên tục {' hoặc '.join(names)} ({_span(window)}{after})"
        return _told(text, found, open_years, self.years, _records(self, view, frame, found), _noun(self, frame))


@dataclass(frozen=True)
class Recognised(Condition):
    """At least `count` initiatives or research results of this scope or a wider one; two in one year count as two."""

    rule: ClassVar[str] = "recognised"
    opens: ClassVar[str] = "hồ sơ của lần khen trước"
    what: str
    scope: str
    count: int = 1
    first: int = 0

    @property
    def id(self) -> str:
        one = {"initiatives": "initiative_level", "research": "research_accepted"}[self.what]
        return f"{one}:{self.scope}" if self.count == 1 else f"{self.what}:{self.scope}:{self.count}"

    def years(self, frame: Frame) -> range:
        return range(frame.year - self.first, frame.year + 1)

    def key(self, frame: Frame, nth: int, year: int) -> tuple[Any, ...]:
        return ("recognised", self.what, self.scope, frame.award if frame.single_use else "", nth, year)

    def compile(self, program: Program, frame: Frame) -> Rails:
        parts = [
            self._nth(program, frame, nth, year) for year in reversed(self.years(frame)) for nth in range(self.count)
        ]
        return program.at_least(parts, self.count)

    def _nth(self, program: Program, frame: Frame, nth: int, year: int) -> Rails:
        known = program.recorded(self.key(frame, nth, year), "initiatives", year)
        if not frame.single_use:
            return known
        doubt = program.weighed(("in_doubt", self.id, self.what, self.scope, frame.award, nth, year))
        return program.any_of([known, doubt])

    def tell(self, view: View, frame: Frame) -> Told:
        years = self.years(frame)
        found = [
            item
            for year in years
            for item in view.recognised(self.what, self.scope, frame.award, frame.single_use, year)
        ]
        open_years = [year for year in years if not view.facts.is_complete("initiatives", year)]
        doubtful = [
            item
            for year in (years if frame.single_use else ())
            for item in view.doubtful(self.what, self.scope, frame.award, year)
        ]
        answer = view.answers.to(self.id)
        likely = len(found) + (0 if answer is False else len(doubtful))
        enough = (likely if answer else len(found)) >= self.count
        text = f"{self.count:02d} {RESULT_LABELS[self.what]} {SCOPE_LABELS[self.scope]} ({_span(years)})"
        if not enough and found:
            text += f"; đã có {len(found):02d}"
        noun = f"Chưa có sổ {RESULT_LABELS[self.what]}"
        missing = () if enough else tuple(f"{noun} năm {year}" for year in open_years)
        if doubtful and self.decides and len(found) < self.count:
            text += "".join(_in_doubt(item, frame) for item in doubtful)
            text += {None: "", True: " (đã có người xác nhận)", False: " (đã có người xác nhận là không)"}[answer]
        records = tuple(view.show_result(item) for item in (*found, *doubtful))
        return Told(enough, bool(open_years) or likely >= self.count, text, records, missing)


def _in_doubt(item: Initiative, frame: Frame) -> str:
    others = ", ".join(f"“{frame.label_of(code)}”" for code in item.may_serve if code != frame.award)
    return f"; “{item.id}” năm {item.year} có thể đã dùng cho {others}"


@dataclass(frozen=True)
class Times(Condition):
    """An award received `count` times, each at most `spaced_at_most` years after the one before, the last one recently.

    For titles that are given every few years "02 lần liên tục" cannot mean two calendar years in a row.
    """

    rule: ClassVar[str] = "times"
    award: str
    count: int
    spaced_at_most: int
    last_within: int = 1

    @property
    def id(self) -> str:
        return f"consecutive_times:{self.award}:{self.count}:{self.spaced_at_most}"

    def _chain(self, frame: Frame, at: Callable[[int], Any], join: Callable[[Any, list[Any]], Any]) -> list[Any]:
        """For each year of the last occurrence: is there a chain of `count`? `join`: now, and any of earlier."""
        lowest = frame.year - self.last_within - self.spaced_at_most * (self.count - 1)
        level = {year: at(year) for year in range(lowest, frame.year + 1)}
        for _ in range(self.count - 1):
            level = {
                year: join(
                    at(year),
                    [level[earlier] for earlier in range(year - self.spaced_at_most, year) if earlier in level],
                )
                for year in level
            }
        return [level[year] for year in range(frame.year - self.last_within, frame.year + 1)]

    def compile(self, program: Program, frame: Frame) -> Rails:
        def at(year: int) -> Rails:
            return _counted(self, program, frame, year)

        def join(now: Rails, earlier: list[Rails]) -> Rails:
            return program.all_of([now, program.any_of(earlier)])

        return program.any_of(self._chain(frame, at, join))

    def tell(self, view: View, frame: Frame) -> Told:
        years = range(frame.year - self.last_within - self.spaced_at_most * (self.count - 1), frame.year + 1)
        found, open_years = _tell_years(self, view, frame, years)

        def join(now: bool, earlier: list[bool]) -> bool:
            return now and any(earlier)

        surely = any(self._chain(frame, lambda year: year in found, join))
        possibly = any(self._chain(frame, lambda year: year in found or year in open_years, join))
        apart = f"hai lần cách nhau không quá {self.spaced_at_most} năm"
        text = f"{self.count:02d} lần liên tục “{frame.label_of(self.award)}”, {apart}"
        missing = tuple(f"{_noun(self, frame)} năm {year}" for year in open_years) if possibly and not surely else ()
        return Told(surely, possibly, text, _records(self, view, frame, found), missing)


@dataclass(frozen=True)
class Spaced(Condition):
    """None of these awards on record in the last `years` years: spacing of state awards, and no achievement used twice.

    It acts on what is recorded and does not ask for complete registers, as all principles do; criteria do ask.
    """

    rule: ClassVar[str] = "spaced"
    awards: tuple[str, ...]
    years: int | None = None
    """Null: never before, for what is given once."""

    @property
    def id(self) -> str:
        return f"spacing:{self.years or 'once'}:{self.awards[0]}"

    def window(self, frame: Frame) -> range:
        return range(frame.year - (self.years or frame.horizon) + 1, frame.year + 1)

    def compile(self, program: Program, frame: Frame) -> Rails:
        held = [_held(program, frame, code, 0, year)[0] for code in self.awards for year in self.window(frame)]
        found = program.any_of([(node, node) for node in held])
        return program.none_of(found)

    def tell(self, view: View, frame: Frame) -> Told:
        window = self.window(frame)
        found = [
            view.show_held(item)
            for code in self.awards
            for held in (code, *frame.including(code))
            for year in window
            for item in view.held(held, year)
        ]
        names = f"“{frame.label_of(self.awards[0])}”" if len(self.awards) == 1 else "khen thưởng cấp Nhà nước"
        when = f"trong {self.years:02d} năm ({_span(window)})" if self.years else "lần nào"
        return Told(not found, not found, f"Chưa nhận {names} {when}", tuple(found))


# What the year-conditions share.

_OfYears = YearsWith | Run | Times


def _held(program: Program, frame: Frame, code: str, nth: int, year: int) -> Rails:
    return program.any_of(
        [
            program.recorded(("held", held, nth, year), frame.register_of(held), year)
            for held in (code, *frame.including(code))
        ]
    )


def _counted(condition: _OfYears, program: Program, frame: Frame, year: int) -> Rails:
    """Does this year count for the condition: its grade or award, after the last `since`, after any discipline?"""
    grade: str | None = getattr(condition, "grade", None)
    found = [program.graded(grade, year)] if grade else []
    if condition.award:
        found.append(_held(program, frame, condition.award, 0, year))
    parts = [program.any_of(found)]
    since: str | None = getattr(condition, "since", None)
    if since:
        later = [_held(program, frame, since, 0, other) for other in range(frame.year, year - 1, -1)]
        parts.append(program.none_of(program.any_of(later)))
    if frame.cut_by_discipline and is_cut(condition):
        parts.append(program.weighed(("clear", year)))
    return program.all_of(parts)


def is_cut(condition: _OfYears) -> bool:
    """A measure ends the row of achievements behind it; it takes back no award, and not the judged year's grade."""
    return not (isinstance(condition, YearsWith) and (condition.ever or condition.count == 1) and not condition.since)


def _tell_years(condition: _OfYears, view: View, frame: Frame, years: Sequence[int]) -> tuple[list[int], list[int]]:
    """From the records: the years that surely count, and those that still may."""
    grade: str | None = getattr(condition, "grade", None)
    since: str | None = getattr(condition, "since", None)
    cut = frame.cut_by_discipline and is_cut(condition)
    surely, maybe = [], []
    received = may_have_received = False
    for year in reversed(years):  # the window ends with the judged year
        sure = possible = False
        if grade:
            sure, possible = view.grade_rails(grade, year)
        if condition.award:
            has, may = view.held_rails(condition.award, year, frame)
            sure, possible = sure or has, possible or may
        if since:
            has, may = view.held_rails(since, year, frame)
            received, may_have_received = received or has, may_have_received or may
        if cut:
            clear, may_clear, _ = view.weigh(("clear", year))
            sure, possible = sure and clear, possible and may_clear
        if sure and not may_have_received:
            surely.append(year)
        elif possible and not received:
            maybe.append(year)
    return surely[::-1], maybe[::-1]


def _records(condition: _OfYears, view: View, frame: Frame, years: Sequence[int]) -> tuple[dict[str, Any], ...]:
    grade: str | None = getattr(condition, "grade", None)
    shown: list[dict[str, Any]] = []
    for year in years:
        if grade and view.grade_rails(grade, year)[0]:
            shown.append({"kind": "grade", "year": year, "grade": view.facts.grades[year]})
        else:
            award = condition.award or ""
            for code in (award, *frame.including(award)):
                shown += [view.show_held(item) for item in view.held(code, year)]
    return tuple(shown)


def _noun(condition: _OfYears, frame: Frame) -> str:
    if getattr(condition, "grade", None):
        return "Chưa có kết quả xếp loại"
    return f"Chưa rõ “{frame.label_of(condition.award or '')}”"


def _told(
    text: str, found: list[int], open_years: list[int], count: int, records: tuple[dict[str, Any], ...], noun: str
) -> Told:
    enough = len(found) >= count
    possible = len(found) + len(open_years) >= count
    if not enough and found:
        text += f"; đã có năm {', '.join(str(year) for year in found)}"
    missing = tuple(f"{noun} năm {year}" for year in open_years) if possible and not enough else ()
    return Told(enough, possible, text, records, missing)


def _span(years: Sequence[int]) -> str:
    return f"năm {years[0]}" if years[0] == years[-1] else f"năm {years[0]}–{years[-1]}"
