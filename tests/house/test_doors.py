"""Doors only parse, call one action and answer; who has not logged in sees what is listed here and nothing more."""

import ast
import importlib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bangvang.movements.queries import PlanFields

SRC = Path(__file__).resolve().parents[2] / "src" / "bangvang"
WRITING = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Opening an address to the public is a visible change of this list.
PUBLIC = [
    "account:login",
    "calendar:feed",
    "portal:accessibility",
    "portal:article",
    "portal:certificate",
    "portal:decision",
    "portal:decisions",
    "portal:feed",
    "portal:help",
    "portal:home",
    "portal:movement",
    "portal:movements",
    "portal:news",
    "portal:picture",
    "portal:stories",
    "portal:story",
    "portal:verify",
]
# Verbs that are no actions, each for its reason: they belong to the cellar and run inside the action or job that
# calls them.
CELLAR = {
    "bangvang.notices.actions": {"tell", "tell_each", "announce", "deliver_next", "mark_read", "begin", "settle"},
    "bangvang.papers.actions": {
        "store",
        "receive",
        "settle",
        "is_own",
        "is_usable",
        "order",
        "keep",
        "papers_of",
        "read_plan",
        "read_decision",
        "keep_reading",
        "refuse_reading",
        "order_certificates",
        "keep_part",
        "drop_parts",
        "refuse_order",
        "progress_of",
    },
    # Reads; `rebuild` only repeats what the ledger's own events told.
    "bangvang.honours.actions": {"rebuild"},
    "bangvang.people.actions": {"random_password"},
    # The key under which the daily job looks whether a week was told.
    "bangvang.progress.actions.digests": {"key_of"},
    # Reads that the verb `draft` and its page share.
    "bangvang.decisions.actions.steps": {"suggested", "bases_for"},
    # Reads that the verb `judge` and its page share.
    "bangvang.dossiers.actions": {"lines_of_round", "open_conditions"},
    # What several verbs of a session share: refuse, lock, tell, delete; each runs inside the verb's transaction.
    "bangvang.council.actions.meeting": {"require", "held", "tell", "wipe"},
    # A ballot leaves no event and no time (house.md 2.4); the others are reads that verbs share.
    "bangvang.council.actions.voting": {"cast", "key_mark", "envelope_mark", "open_all"},
}


def writes(source: str) -> list[int]:
    """Lines with a call such as thing.save(…)."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in WRITING]


def test_no_view_writes_by_itself() -> None:
    found = {}
    for file in (SRC / "web").rglob("*.py"):
        if lines := writes(file.read_text(encoding="utf-8")):
            found[str(file.relative_to(SRC))] = lines
    assert found == {}


def test_a_planted_write_is_found() -> None:
    assert writes("movement.save()\nMovement.objects.filter(pk=1).delete()\n") == [1, 2]


def addresses(patterns: list[Any], space: str = "") -> dict[str, URLPattern]:
    """Every named address of the product."""
    found: dict[str, URLPattern] = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= addresses(pattern.url_patterns, inner)
        else:
            found[f"{space}{pattern.name}"] = pattern
    return found


def test_only_the_listed_addresses_are_open_to_everybody() -> None:
    everything = addresses(get_resolver().url_patterns)
    opened = [name for name, pattern in everything.items() if not getattr(pattern.callback, "login_required", True)]
    assert sorted(opened) == PUBLIC


@pytest.mark.django_db
def test_a_visitor_is_sent_to_the_login_page_from_everywhere_else() -> None:
    some = "k3f9abcdef"
    samples = {"code": some, "paper": some, "line": some, "file": some, "name": "submit", "form": "minutes"}
    samples |= {
        "format_": "pdf",
        "place": 1,
        "piece": "name",
        "unit": some,
        "period": some,
        "kind": "ke-hoach",
        "person": some,
    }
    for name, pattern in addresses(get_resolver().url_patterns).items():
        if name in PUBLIC:
            continue
        from django.urls import reverse

        wanted = {key: samples[key] for key in pattern.pattern.converters}
        response = Client().get(reverse(name, kwargs=wanted))
        assert (name, response.status_code, response.headers["Location"].split("?")[0]) == (name, 302, "/dang-nhap/")


def test_every_verb_is_an_action_or_listed_with_its_reason() -> None:
    silent: dict[str, set[str]] = {}
    for file in sorted([*SRC.glob("*/actions.py"), *SRC.glob("*/actions/[a-z]*.py")]):
        module = importlib.import_module(f"bangvang.{'.'.join(file.relative_to(SRC).with_suffix('').parts)}")
        verbs = {name: thing for name, thing in vars(module).items() if callable(thing) and not name.startswith("_")}
        ours = {
            name for name, verb in verbs.items() if verb.__module__ == module.__name__ and not isinstance(verb, type)
        }
        silent[module.__name__] = {name for name in ours if not getattr(verbs[name], "is_action", False)}
    assert {name: verbs for name, verbs in silent.items() if verbs} == CELLAR


def test_the_decision_form_has_exactly_the_fields_of_a_decision() -> None:
    from bangvang.decisions.queries import DecisionFields
    from bangvang.web.staff.decision_forms import DecisionForm

    assert list(DecisionForm.base_fields) == [field.name for field in fields(DecisionFields)]


def test_the_plan_form_has_exactly_the_fields_of_a_plan() -> None:
    from bangvang.web.staff.movement_forms import PlanForm

    assert list(PlanForm.base_fields) == [field.name for field in fields(PlanFields)]
