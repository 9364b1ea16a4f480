"""Ghi sổ vàng: one fact from its paper, or the word that a register of a unit and year is complete; then back where one came from."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from bangvang.honours import actions
from bangvang.honours.access import households_visible_to, may_enter
from bangvang.honours.findings import unit_of_year
from bangvang.honours.models import Completeness, Register
from bangvang.honours.queries import kinds_of, registers_of
from bangvang.kernel import drafts
from bangvang.kernel.workflow import Refused
from bangvang.people.access import persons_visible_to
from bangvang.people.models import Household, Person, Unit
from bangvang.people.queries import units_of
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField
from bangvang.web.ui.sessions import kept_form

FIRST_YEAR = 1990
KINDS = {Person: "person", Unit: "collective", Household: "household"}
"""Of whom a fact is → the book's kind of subject."""


class FactForm(ErrorSummaryMixin, forms.Form):
    """One fact of one register. What a register asks for beyond the paper: a name for an initiative, days for discipline."""

    kind = forms.ChoiceField(label="Nội dung")
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=2100)
    paper_number = WordsField(label="Số văn bản", max_length=60, help_text="Ví dụ: 22/QĐ-STC")
    paper_on = DayField(label="Ngày văn bản", help_text="Ví dụ 10/01/2025")
    issuer = WordsField(label="Nơi ban hành", max_length=200, help_text="Ví dụ: Giám đốc Sở Tài chính")

    def __init__(self, register: str, subject: str, today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = forms.ChoiceField(label="Nội dung", choices=[("", "Chọn"), *kinds_of(register, subject)])
        choices.error_messages["required"] = "Xin chọn nội dung."
        self.fields["kind"] = choices
        self.order_fields(["kind", "year", "note", "starts_on", "ends_on", "paper_number", "paper_on", "issuer"])
        if register == Register.INITIATIVES:
            self.fields["note"] = WordsField(label="Tên sáng kiến, đề tài", max_length=300)
            self.fields["note"].error_messages["required"] = "Xin ghi tên sáng kiến, đề tài."
        if register in (Register.DISCIPLINE, Register.AWARDS):
            dated = register == Register.DISCIPLINE
            words = (
                ("Có hiệu lực từ ngày", "Đến hết ngày")
                if dated
                else ("Thành tích tính từ ngày", "Thành tích tính đến ngày")
            )
            self.fields["starts_on"] = DayField(label=words[0], required=dated)
            self.fields["ends_on"] = DayField(
                label=words[1], required=False, help_text="Để trống nếu văn bản không ghi"
            )
        self.order_fields(["kind", "year", "note", "starts_on", "ends_on", "paper_number", "paper_on", "issuer"])

    def clean_paper_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["paper_on"]
        if day > self.today:
            raise ValidationError("Ngày văn bản ở sau ngày hôm nay.")
        return day

    def clean(self) -> None:
        begins, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "Ngày cuối sớm hơn ngày đầu.")


def enter(request: StaffRequest, code: str) -> HttpResponse:
    """The entry form of a register for a person, unit or household; comes back to the page that sent one here."""
    if not (verdict := may_enter(request.actor)):
        raise Refused(verdict)
    subject = _subject(request, code)
    source = request.POST if request.method == "POST" else request.GET
    registers = registers_of(subject)
    register = source.get("so", registers[0].value)
    if register not in registers:
        raise Http404
    back = _back(request, source.get("ve", ""), subject)
    year = source.get("nam", "")
    kept = drafts.find(request.user.pk, kept_form(request.path)) if "giu-lai" in request.GET else None
    initial: dict[str, Any] = {"year": year if year.isdecimal() else request.actor.day.year}
    if kept:
        initial = {name: values[0] for name, values in kept.fields.items() if values}
        register, back = initial.get("so", register), _back(request, initial.get("ve", ""), subject)
    form = FactForm(register, KINDS[type(subject)], request.actor.day, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_proven(_fact(subject, register, form.cleaned_data), by=request.actor)
        except Refused as refused:
            form.add_error("year", refused.verdict.reason)
        else:
            drafts.drop(request.user.pk, kept_form(request.path))
            messages.success(request, f"Đã ghi vào sổ năm {form.cleaned_data['year']}. Kết quả xét đã tính lại.")
            return redirect(back)
    context = {
        "subject": subject,
        "form": form,
        "register": Register(register),
        "registers": [(one.value, one.label) for one in registers],
        "back": back,
        "closing": _closing(subject, register, initial["year"]),
    }
    return render(request, "staff/ledger/enter.html", context, status=422 if form.errors else 200)


def _closing(subject: Person | Unit | Household, register: str, year: Any) -> dict[str, Any] | None:
    """The unit whose register of the year could be declared complete instead, and whether it is already."""
    if not str(year).isdecimal() or isinstance(subject, Household):
        return None
    unit = unit_of_year(subject, int(year)) if isinstance(subject, Person) else subject
    if unit is None:
        return None
    declared = Completeness.objects.filter(unit=unit, register=register, year=int(year)).first()
    return {"unit": unit, "year": int(year), "declared": declared}


def _fact(subject: Person | Unit | Household, register: str, given: dict[str, Any]) -> dict[str, Any]:
    year = given["year"]
    if isinstance(subject, Person):
        unit = unit_of_year(subject, year)
        about: dict[str, Any] = {
            "person": subject,
            "name_then": subject.full_name,
            "unit_then": unit.name if unit else "",
        }
    elif isinstance(subject, Household):
        about = {"household": subject, "name_then": subject.name, "unit_then": subject.address[:200]}
    else:
        about = {"unit": subject, "name_then": subject.name, "unit_then": subject.name}
    return {**about, "register": register, **{name: value for name, value in given.items() if value not in (None, "")}}


def _subject(request: StaffRequest, code: str) -> Person | Unit | Household:
    person = persons_visible_to(request.actor).filter(code=code).first()
    household = households_visible_to(request.actor).filter(code=code).first()
    return person or household or get_object_or_404(units_of(request.actor.agency), code=code)


def _back(request: StaffRequest, address: str, subject: Person | Unit | Household) -> str:
    """Only a page of ours."""
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return address
    names = {Person: "people:one", Unit: "units:one", Household: "people:household"}
    return reverse(names[type(subject)], args=[subject.code])


def completeness(request: StaffRequest, code: str) -> HttpResponse:
    """Say that a register of a unit and year holds everything: first what it means, then the act."""
    if not (verdict := may_enter(request.actor)):
        raise Refused(verdict)
    unit = get_object_or_404(units_of(request.actor.agency), code=code)
    source = request.POST if request.method == "POST" else request.GET
    register, year = source.get("so", ""), source.get("nam", "")
    back = _back(request, source.get("ve", ""), unit)
    if register not in Register.values or not (year.isdecimal() and FIRST_YEAR <= int(year) <= request.actor.day.year):
        return _choose(request, unit, back)
    if request.method == "POST":
        actions.declare(unit, register, int(year), by=request.actor)
        messages.success(request, f"Đã xác nhận sổ “{Register(register).label}” năm {year} của {unit.name} là đủ.")
        return redirect(back)
    context = {"unit": unit, "register": Register(register), "year": int(year), "back": back}
    return render(request, "staff/ledger/declare.html", context)


def _choose(request: StaffRequest, unit: Unit, back: str) -> HttpResponse:
    """All registers of the last ten years of a unit: declared, or not yet."""
    declared = {(row.register, row.year): row for row in Completeness.objects.filter(unit=unit)}
    last = request.actor.day.year
    years = [year for year in range(last, last - 10, -1) if unit.valid_from.year <= year]
    rows = [(year, [(register, declared.get((register.value, year))) for register in Register]) for year in years]
    context = {"unit": unit, "rows": rows, "registers": Register.choices, "back": back}
    return render(request, "staff/ledger/completeness.html", context)
