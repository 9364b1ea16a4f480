"""What is known about one person, collective or household: plain frozen records that the engine judges.

The keys are those of a case's ``facts``. Nothing here is a verdict, and nothing here reads a clock or a database;
the ledger builds these records from its rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

GRADES = ("KHONG_HTNV", "HTNV", "HTTNV", "HTXSNV")
"""Yearly grade of work, lowest first (không hoàn thành, hoàn thành, hoàn thành tốt, hoàn thành xuất sắc nhiệm vụ)."""
SCOPES = ("co_so", "bo_tinh", "toan_quoc")
"""How far an initiative or research result is recognised: unit, ministry or province, nation."""
DISCIPLINE = ("khien_trach", "canh_cao", "ha_bac_luong", "giang_chuc", "cach_chuc", "buoc_thoi_viec")
"""Disciplinary measures, mildest first."""
STREAMS = ("cong_trang", "dot_xuat", "phong_trao", "chuyen_de", "cong_hien", "nien_han", "doi_ngoai")
"""Kinds of commendation (L2022 Đ8); chuyen_de is written apart because it never feeds a ladder."""
REGISTERS = ("grades", "titles", "initiatives", "discipline", "awards", "contributions", "service", "unit")
"""Registers that an organisation may declare complete for a year."""
SUBJECTS = ("person", "collective", "household")


@dataclass(frozen=True)
class Initiative:
    """A recognised initiative or research result.

    `used_for`: awards that it has already served; `may_serve`: awards that it may have served, whose papers do not say.
    """

    id: str
    year: int
    scope: str
    used_for: tuple[str, ...] = ()
    may_serve: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """An award received. `period`: the years of achievement written in its decision, first and last day."""

    award: str
    stream: str
    decided_on: date
    period: tuple[date, date] | None = None
    number: str = ""

    @property
    def counted_year(self) -> int:
        """The last year that this award has used up.

        End of the written period, else the year of the decision (NĐ 152 Đ33.7).
        """
        return (self.period[1] if self.period else self.decided_on).year


@dataclass(frozen=True)
class Span:
    """Something that lasted: a disciplinary measure, a pending case, a leave. `until` None: not over, or not known."""

    kind: str
    since: date
    until: date | None = None

    def touches(self, first: date, last: date) -> bool:
        return self.since <= last and (self.until is None or self.until >= first)


@dataclass(frozen=True)
class Contribution:
    """Labour, land or property given to society, in đồng."""

    kind: str
    value_vnd: int
    on: date


@dataclass(frozen=True)
class Service:
    """Dates of service. `recruited` is for a person, `founded` for a collective."""

    recruited: date | None = None
    founded: date | None = None
    leave: tuple[Span, ...] = ()
    posts: tuple[Span, ...] = ()


@dataclass(frozen=True)
class UnitCount:
    """Head-counts of a collective in the judged year. A number that is not there is unknown, not zero.

    `unknown`: members whose records cannot be found; every share is then an interval.
    """

    members: int | None = None
    unknown: int = 0
    titles: Mapping[str, int] = field(default_factory=dict)
    grades: Mapping[str, int] = field(default_factory=dict)
    disciplined: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """All that is known about one subject, and for which register and years the record is declared complete."""

    subject: str = "person"
    sex: str | None = None
    grades: Mapping[int, str] = field(default_factory=dict)
    titles: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    initiatives: tuple[Initiative, ...] = ()
    research: tuple[Initiative, ...] = ()
    awards: tuple[Held, ...] = ()
    discipline: tuple[Span, ...] = ()
    holds: tuple[Span, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    service: Service = field(default_factory=Service)
    unit: UnitCount = field(default_factory=UnitCount)
    complete: Mapping[str, frozenset[int]] = field(default_factory=dict)
    unkept: frozenset[str] = frozenset()
    """Registers that nobody keeps where these facts come from: what only they could tell is asked of a person."""

    def awards_of(self, year: int) -> tuple[str, ...]:
        """Codes of the awards that count for the year."""
        return tuple(item.award for item in self.awards if item.counted_year == year)

    def is_complete(self, register: str, year: int) -> bool:
        """True if nothing more can turn up in this register for this year (declared, or before the subject existed)."""
        began = self.service.recruited if self.subject == "person" else self.service.founded
        return year in self.complete.get(register, frozenset()) or (began is not None and year < began.year)
