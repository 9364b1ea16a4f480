"""Many facts of the ledger from a sheet: first what each row means and which cannot be taken, then all or none; and out again."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bangvang import vietnamese
from bangvang.honours import actions
from bangvang.honours.access import may_enter, standing_visible_to
from bangvang.honours.findings import code_of, unit_of_year
from bangvang.honours.models import Register
from bangvang.honours.queries import clash_of, kinds_of, label_of
from bangvang.kernel import drafts
from bangvang.kernel.workflow import Refused
from bangvang.papers import xlsx
from bangvang.people.access import may_see_dossiers, persons_visible_to
from bangvang.people.actor import Actor
from bangvang.people.models import Person, Unit
from bangvang.people.queries import units_of
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.ledger import FIRST_YEAR
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import ErrorSummaryMixin
from bangvang.web.ui.sessions import kept_form

COLUMNS = (
    "Họ và tên, tập thể",
    "Nội dung",
    "Năm",
    "Số văn bản",
    "Ngày văn bản",
    "Nơi ban hành",
    "Tên sáng kiến, đề tài",
)
PASTED = (
    Register.GRADES,
    Register.TITLES,
    Register.AWARDS,
    Register.INITIATIVES,
)  # discipline needs days: its form asks


class PasteForm(ErrorSummaryMixin, forms.Form):
    rows = forms.CharField(
        label="Các dòng chép từ bảng tính", max_length=200_000, widget=forms.Textarea(attrs={"rows": 10})
    )


@dataclass(frozen=True)
class Row:
    """One pasted row: its number and cells, the fact that it means, or why it cannot be taken."""

    number: int
    cells: tuple[str, ...]
    fact: dict[str, Any] = field(default_factory=dict)
    why: str = ""


def paste(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_enter(request.actor)):
        raise Refused(verdict)
    kept = drafts.find(request.user.pk, kept_form(request.path)) if "giu-lai" in request.GET else None
    initial = {name: values[0] for name, values in kept.fields.items() if values} if kept else None
    form = PasteForm(request.POST or None, initial=initial)
    rows = pasted(form.cleaned_data["rows"], request.actor) if request.method == "POST" and form.is_valid() else []
    refused = [row for row in rows if row.why]
    if rows and not refused and "ghi" in request.POST:
        count = actions.enter_pasted([row.fact for row in rows], by=request.actor)
        drafts.drop(request.user.pk, kept_form(request.path))
        messages.success(request, f"Đã ghi {count} dòng vào sổ vàng. Kết quả xét đã tính lại.")
        return redirect("people:all")
    context = {"form": form, "rows": rows, "refused": len(refused), "columns": COLUMNS}
    return render(request, "staff/ledger/paste.html", context, status=422 if form.errors or refused else 200)


def pasted(text: str, actor: Actor) -> list[Row]:
    """Every row of the text; a head row and empty rows are left out."""
    people: dict[str, list[Person]] = {}
    for person in persons_visible_to(actor):
        people.setdefault(person.search_key, []).append(person)
    units = {unit.search_key: unit for unit in units_of(actor.agency)}
    found: list[Row] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        cells = [vietnamese.clean(cell.strip().strip('"')) for cell in raw.split("\t")]
        if not any(cells) or (number == 1 and vietnamese.search_key(cells[0]).startswith("ho va ten")):
            continue
        cells = (cells + [""] * len(COLUMNS))[: len(COLUMNS)]
        try:
            fact = _meant(cells, people, units)
        except ValueError as why:
            found.append(Row(number, tuple(cells), why=str(why)))
            continue
        twice = any(_same(fact, other.fact) for other in found if other.fact)
        found.append(
            Row(number, tuple(cells), fact, "Dòng này có hai lần trong phần dán." if twice else clash_of(fact))
        )
    return found


def _same(left: dict[str, Any], right: dict[str, Any]) -> bool:
    names = ("person", "unit", "register", "year", "kind", "note")
    return all(left.get(name) == right.get(name) for name in names)


def _meant(cells: list[str], people: dict[str, list[Person]], units: dict[str, Unit]) -> dict[str, Any]:
    """The fact of a row. ValueError says in words what is missing."""
    name, content, year, number, day, issuer, note = cells
    about = _whom(name, people, units)
    subject = "collective" if "unit" in about else "person"
    if not (year.isdecimal() and FIRST_YEAR <= int(year) <= 2100):
        raise ValueError(f"Năm “{year}” chưa đúng, ví dụ 2025.")
    register, kind = _kind(content, subject)
    if register == Register.INITIATIVES and not note:
        raise ValueError("Chưa có tên sáng kiến, đề tài ở cột cuối.")
    if not (number and issuer):
        raise ValueError("Cần số văn bản và nơi ban hành.")
    paper_on = vietnamese.parse_date(day)
    then = {"name_then": name}
    if subject == "person":
        person: Person = about["person"]
        served = unit_of_year(person, int(year))
        then = {"name_then": person.full_name, "unit_then": served.name if served else ""}
    else:
        then = {"name_then": about["unit"].name, "unit_then": about["unit"].name}
    paper = {"paper_number": number, "paper_on": paper_on, "issuer": issuer}
    return {
        **about, **then, **paper, "register": register.value, "kind": kind, "year": int(year),
        **({"note": note} if note else {}),
    }  # fmt: skip


def _whom(name: str, people: dict[str, list[Person]], units: dict[str, Unit]) -> dict[str, Any]:
    plain, _, born = name.partition("(")
    found = people.get(vietnamese.search_key(plain.strip()), [])
    if born.strip(" )").isdecimal():
        found = [one for one in found if one.birth_year == int(born.strip(" )"))]
    if len(found) > 1:
        years = " hay ".join(str(one.birth_year) for one in found)
        raise ValueError(f"“{plain.strip()}” có {len(found)} người cùng tên. Ghi thêm năm sinh trong ngoặc: {years}?")
    if found:
        return {"person": found[0]}
    if (unit := units.get(vietnamese.search_key(name))) is not None:
        return {"unit": unit}
    raise ValueError(f"Không có người hay đơn vị nào tên “{name}”.")


def _kind(words: str, subject: str) -> tuple[Register, str]:
    wanted = vietnamese.search_key(words)
    for register in PASTED:
        for code, label in kinds_of(register.value, subject):
            if wanted and (wanted == vietnamese.search_key(label) or code in (words, code_of(words))):
                return register, code
    raise ValueError(f"Không nhận ra nội dung “{words}”. Ghi như trong sổ, ví dụ: Lao động tiên tiến.")


def export(request: StaffRequest) -> HttpResponse:
    """Every fact of the people and units one may see, in the columns that can be pasted back."""
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    facts = standing_visible_to(request.actor).select_related("person").order_by("name_then", "-year", "register")
    rows = [
        (
            f"{fact.name_then} ({fact.person.birth_year})" if fact.person and fact.person.birth_year else fact.name_then,
            label_of(fact), fact.year, fact.paper_number,
            vietnamese.format_date(fact.paper_on) if fact.paper_on else "", fact.issuer, fact.note, fact.unit_then,
            Register(fact.register).label,
        )
        for fact in facts
    ]  # fmt: skip
    return as_attachment(xlsx.write("Sổ vàng", (*COLUMNS, "Đơn vị", "Sổ"), rows), "So-vang.xlsx")
