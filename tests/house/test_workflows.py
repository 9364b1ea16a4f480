"""Every table of steps: no state that cannot be reached or left by mistake, and no way around the table."""

import ast
import re
from pathlib import Path

import pytest

from bangvang.kernel.workflow import Workflow
from bangvang.management.pages import WORKFLOWS, states_of
from bangvang.web.ui.story import ACTS

SRC = Path(__file__).resolve().parents[2] / "src" / "bangvang"
FINAL = {
    "movement": {"archived", "stopped", "cancelled"},
    "publicity": set(),
    "review": {"used", "dropped", "reported"},
    "claim": {"proven", "dismissed"},
    "roll_out": {"withdrawn"},
    "registration": {"accepted"},
    "pact": {"in_force"},
    "initiative": {"withdrawn", "annulled"},
    "report": {"accepted"},
    "movement_review": {"issued"},
    "reminder": {"released", "dropped", "needless"},
    "observation": {"withdrawn"},
    "score_sheet": set(),
    "social_work": {"withdrawn"},
    "dossier": {"accepted"},
    "nomination": {"awarded", "refused"},
    "decision": {"issued", "cancelled"},
    "decision_publicity": set(),
    "session": {"concluded", "cancelled"},
    "story": set(),
    "article": set(),
    "deed": {"confirmed", "dismissed"},
    "batch": {"confirmed", "dropped"},
}
TABLES = [pytest.param(model, workflow, id=workflow.name) for model, workflow in WORKFLOWS]


def every_workflow() -> list[Workflow]:
    """All tables that stand in a room's workflow.py."""
    import importlib

    rooms = sorted(SRC.glob("*/workflow.py"))
    modules = [
        importlib.import_module(f"bangvang.{room.parent.name}.workflow")
        for room in rooms
        if room.parent.name != "kernel"
    ]
    return [thing for module in modules for thing in vars(module).values() if isinstance(thing, Workflow)]


def test_every_table_is_listed() -> None:
    assert sorted(w.name for w in every_workflow()) == sorted(w.name for _, w in WORKFLOWS) == sorted(FINAL)


@pytest.mark.parametrize(("model", "workflow"), TABLES)
def test_every_state_can_be_reached_and_every_open_one_left(model: type, workflow: Workflow) -> None:
    states = list(states_of(model, workflow))
    reached = {states[0]}
    for _ in states:
        reached |= {step.target for step in workflow.steps if step.sources & reached}
    assert reached == set(states)
    assert {source for step in workflow.steps for source in step.sources} == set(states) - FINAL[workflow.name]


@pytest.mark.parametrize(("model", "workflow"), TABLES)
def test_every_step_has_a_name_of_its_own_and_words_for_its_button(model: type, workflow: Workflow) -> None:
    names = [step.name for step in workflow.steps]
    assert sorted(set(names)) == sorted(names)
    assert [step.name for step in workflow.steps if not (step.label and step.hint)] == []


def writers(source: str, columns: set[str]) -> list[int]:
    """Lines that assign to one of the columns on a thing, or hand it to update()."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Assign | ast.AugAssign | ast.Call):
            continue
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        if any(isinstance(target, ast.Attribute) and target.attr in columns for target in targets):
            found.append(node.lineno)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"update", "bulk_update"}
        ):
            found += [node.lineno for keyword in node.keywords if keyword.arg in columns]
    return found


# A received file is looked at once and has no workflow: WAITING → USABLE or REFUSED, by the job that looked.
EXCEPTED = {"papers/actions.py"}


def test_nobody_writes_a_state_past_its_table() -> None:
    columns = {workflow.field for _, workflow in WORKFLOWS}
    found = {
        str(file.relative_to(SRC)): lines
        for file in SRC.rglob("*.py")
        if (lines := writers(file.read_text(encoding="utf-8"), columns))
    }
    assert set(found) == EXCEPTED


def test_a_planted_state_is_found() -> None:
    assert writers("m.state = 'issued'\nm.publicity += 'x'\nq.update(state='draft')\n", {"state", "publicity"}) == [
        1,
        2,
        3,
    ]


def recorded_verbs() -> set[str]:
    """Every verb of an event: written in a call of events.record, or a step of a table."""
    called = re.compile(r'events\.record\(\s*"([a-z_.]+)"')
    written = {verb for file in SRC.rglob("*.py") for verb in called.findall(file.read_text(encoding="utf-8"))}
    return written | {f"{workflow.name}.{step.name}" for _, workflow in WORKFLOWS for step in workflow.steps}


def test_every_verb_is_told_in_a_sentence() -> None:
    assert sorted(recorded_verbs() - set(ACTS)) == []
