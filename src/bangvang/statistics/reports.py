"""The reports. Each counts from the records of the rooms below and says from which."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear

from bangvang.dossiers.models import Dossier, Nomination
from bangvang.honours.findings import code_of, the_book, units_of_year
from bangvang.honours.models import Register, Standing
from bangvang.movements.models import Movement, Registration, RegistrationLine
from bangvang.people.models import Unit
from bangvang.statistics.tables import Cell, Column, Table

LEVELS = {"unit": "Cơ sở", "ministry_province": "Bộ, tỉnh", "state": "Nhà nước", "": "Chưa rõ cấp"}
ANSWERED = (Registration.State.SENT, Registration.State.ACCEPTED)
SUBMITTED = (Dossier.State.SUBMITTED, Dossier.State.ACCEPTED)
Key = tuple[int, str]  # unit, level

NAMED = (
    Column("Đơn vị", "Đơn vị đăng ký, lập hồ sơ; với sổ vàng là đơn vị công tác cuối cùng trong năm.", is_number=False),
    Column("Cấp", "Cấp của danh hiệu, hình thức khen theo bộ quy định: cơ sở; bộ, tỉnh; Nhà nước.", is_number=False),
)
REGISTERED = (
    Column("Đăng ký, cá nhân", "Dòng đăng ký của cá nhân trong bản đăng ký đã gửi hoặc đã tiếp nhận, phong trào bắt đầu trong năm."),
    Column("Đăng ký, tập thể", "Dòng đăng ký của tập thể, cùng cách tính."),
)  # fmt: skip
NOMINATED = (
    Column("Đề nghị, cá nhân", "Đề nghị chưa rút cho cá nhân, cả ngoài đơn vị, trong hồ sơ đã trình hoặc đã tiếp nhận, năm thành tích này."),
    Column("Đề nghị, tập thể, hộ", "Đề nghị chưa rút cho tập thể, hộ gia đình, cùng cách tính."),
    Column("Hội đồng thông qua", "Đề nghị trong hai cột trên đang ở kết quả “Hội đồng thông qua”."),
    Column("Đã khen thưởng", "Đề nghị đã có quyết định khen thưởng ghi số, ngày."),
    Column("Không khen thưởng", "Đề nghị Hội đồng không thông qua hoặc không được khen thưởng."),
)  # fmt: skip
ENTERED = (
    Column("Sổ vàng, cá nhân", "Danh hiệu, hình thức khen của cá nhân còn hiệu lực trong sổ vàng, ghi cho năm này."),
    Column("Sổ vàng, tập thể", "Danh hiệu, hình thức khen của tập thể còn hiệu lực trong sổ vàng, ghi cho năm này."),
)


def awards_by_unit_and_level(units: Iterable[Unit], *, year: int, movement: Movement | None = None) -> Table:
    """Registrations, nominations with their results, and awards in the ledger, by unit and level.

    With a movement only its own registrations and nominations count; the ledger does not know movements and is left out.
    """
    places = sorted(units, key=lambda unit: (unit.order, unit.name, unit.pk))
    inside = {unit.pk for unit in places}
    counts = [*_registered(inside, year, movement), *_nominated(inside, year, movement)]
    columns: tuple[Column, ...] = (*NAMED, *REGISTERED, *NOMINATED)
    if movement is None:
        counts += _entered(inside, year)
        columns += ENTERED
    rows: list[tuple[Cell, ...]] = [
        (unit.name, label, *(count[unit.pk, level] for count in counts))
        for unit in places
        for level, label in LEVELS.items()
        if any(count[unit.pk, level] for count in counts)
    ]
    return Table(f"Thi đua, khen thưởng {year}", columns, tuple(rows))


def years_with_numbers(actor_year: int) -> list[int]:
    """The years that a report can be asked for, this one first."""
    known = set(Standing.objects.values_list("year", flat=True).distinct())
    known |= set(Nomination.objects.values_list("for_year", flat=True).distinct())
    return sorted(known | {actor_year}, reverse=True)


def level_of(award: str) -> str:
    """The level of a title or form in the book; "" for one that the book does not know."""
    known = the_book().awards.get(code_of(award))
    return known.level if known else ""


def _counted(rows: Iterable[tuple[int, str, int]]) -> Counter[Key]:
    """(unit, award, how many) summed by unit and level."""
    found: Counter[Key] = Counter()
    for unit, award, count in rows:
        found[unit, level_of(award)] += count
    return found


def _registered(inside: set[int], year: int, movement: Movement | None) -> list[Counter[Key]]:
    lines = RegistrationLine.objects.filter(registration__unit__in=inside, registration__state__in=ANSWERED)
    if movement is not None:
        lines = lines.filter(registration__movement=movement)
    else:
        begins = Coalesce("registration__movement__starts_on", "registration__movement__issued_on")
        lines = lines.annotate(begins=ExtractYear(begins)).filter(begins=year)
    return [
        _counted(_grouped(lines.filter(person__isnull=not own), "registration__unit", "award")) for own in (True, False)
    ]


def _nominated(inside: set[int], year: int, movement: Movement | None) -> list[Counter[Key]]:
    lines = Nomination.objects.filter(
        dossier__unit__in=inside, dossier__state__in=SUBMITTED, withdrawn_on__isnull=True, for_year=year
    )
    if movement is not None:
        lines = lines.filter(dossier__movement=movement)
    State, Kind = Nomination.State, Nomination.Kind
    wanted = (
        Q(kind__in=[Kind.PERSON, Kind.OUTSIDE_PERSON]),
        Q(kind__in=[Kind.COLLECTIVE, Kind.OUTSIDE_COLLECTIVE, Kind.HOUSEHOLD]),
        Q(state=State.ENDORSED),
        Q(state=State.AWARDED),
        Q(state__in=[State.DECLINED, State.REFUSED]),
    )
    return [_counted(_grouped(lines.filter(one), "dossier__unit", "award")) for one in wanted]


def _grouped(lines: QuerySet[Any], unit: str, award: str) -> Iterable[tuple[int, str, int]]:
    return list(lines.order_by().values_list(unit, award).annotate(count=Count("pk")))


def _entered(inside: set[int], year: int) -> list[Counter[Key]]:
    """The ledger names persons, not their units: each counts where the person last served in the year."""
    facts = Standing.objects.filter(register__in=[Register.TITLES, Register.AWARDS], year=year)
    of_persons = list(facts.filter(person__duties__unit__in=inside).distinct().values_list("person", "kind", "pk"))
    home = units_of_year({person for person, _, _ in of_persons}, year)
    at_home = [(home[person], kind, 1) for person, kind, _ in of_persons if home.get(person) in inside]
    return [_counted(at_home), _counted(_grouped(facts.filter(unit__in=inside), "unit", "kind"))]
