"""A signed decision through the same staging: what it says beside its rows, disagreements shown and never repaired."""

from pathlib import Path

import pytest
from django.test import Client

from bangvang.honours.models import Standing
from bangvang.intake import actions, jobs
from bangvang.intake.models import Batch
from bangvang.people.actor import Actor
from tests import factories
from tests.intake.lists import Holding, Upload
from tests.reading.corpus_builder import DECISIONS, document
from tests.web.walk import read

SOURCE = (DECISIONS / "04-counts-differ.src").read_text(encoding="utf-8").strip("\n")


@pytest.fixture(autouse=True)
def _place(media: Path, on_the_day: None) -> None:
    """Files of its own, and the actors' day."""


def sent(by: Actor, content: bytes, name: str) -> Batch:
    batch = actions.receive(Upload(content, name), "decision", source="", dossier=None, by=by)
    jobs.read(Holding(), batch.pk)  # type: ignore[arg-type]
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_decision_becomes_ledger_entries(as_lan: Client, lan: Actor, kind: str) -> None:
    station = factories.unit("Trạm Khảo nghiệm giống", parent=lan.agency, agency=lan.agency)
    batch = sent(lan, document(SOURCE, kind), f"quyet-dinh.{kind}")
    assert batch.state == Batch.State.READ
    defaults = batch.defaults["0"]
    assert (defaults["paper_number"], defaults["paper_on"]) == ("55/QĐ-SGT", "2026-02-02")
    beside = batch.heads[0]["decision"]
    assert (beside["rows"], len(beside["counts"]) > 0, len(beside["warnings"]) > 1) == (5, True, True)
    page = read(as_lan.get(f"/lam-viec/nhap-danh-sach/{batch.code}/"))
    assert all(warning in page.words for warning in beside["warnings"])
    assert ("01 tập thể" in page.words, "05 cá nhân" in page.words) == (True, True)

    actions.agree(batch, batch.mapping, {"0": {**defaults, "year": "2025"}}, version=batch.version, by=lan)
    jobs.stage(Holding(), batch.pk)  # type: ignore[arg-type]
    batch.refresh_from_db()
    told = {row.number: [reason["why"] for reason in row.reasons] for row in batch.rows.exclude(reasons=[])}
    assert told == {5: ["Trùng với dòng 3."]}  # the name that stands twice in the annex
    actions.leave_out(batch, [5], by=lan)
    assert actions.confirm(batch, by=lan) == 4

    facts = Standing.objects.order_by("entry__seq").values_list("name_then", "unit", "kind", "year", "paper_number")
    assert list(facts) == [
        ("Trạm Khảo nghiệm giống", station.pk, "unit_commendation", 2025, "55/QĐ-SGT"),
        ("Trương Văn Mạ", None, "unit_commendation", 2025, "55/QĐ-SGT"),
        ("Hà Thị Thóc", None, "unit_commendation", 2025, "55/QĐ-SGT"),
        ("Lương Văn Sắn", None, "unit_commendation", 2025, "55/QĐ-SGT"),
    ]
    assert set(Standing.objects.values_list("is_verified", flat=True)) == {True}


def test_a_paper_without_a_list_of_people_is_told(lan: Actor) -> None:
    plan = document(
        (DECISIONS.parent / "corpus" / "01-blank-number.src").read_text(encoding="utf-8").strip("\n"), "docx"
    )
    batch = sent(lan, plan, "ke-hoach.docx")
    assert (batch.state, factories.verbs_of(batch)) == ("dropped", ["batch.receive", "batch.refuse"])
