"""The pages of docs/ that are printed from the code, so that they cannot tell another story."""

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps

from bangvang.council import access as council
from bangvang.council.models import Session
from bangvang.council.workflow import SESSION
from bangvang.decisions import access as decisions
from bangvang.decisions.models import Decision
from bangvang.decisions.workflow import DECISION, DECISION_PUBLICITY
from bangvang.dossiers import access as dossiers
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.dossiers.workflow import DOSSIER, NOMINATION
from bangvang.honours import access as honours
from bangvang.honours.models import Claim
from bangvang.honours.workflow import CLAIM
from bangvang.initiatives import access as initiatives
from bangvang.initiatives.models import Initiative
from bangvang.initiatives.workflow import INITIATIVE
from bangvang.intake import access as intake
from bangvang.intake.models import Batch
from bangvang.intake.workflow import BATCH
from bangvang.kernel.workflow import Workflow
from bangvang.movements import access as movements
from bangvang.movements.models import Movement, Pact, PlanReview, Registration, RollOut
from bangvang.movements.workflow import PACT, PLAN, PUBLICITY, REGISTRATION, REVIEW, ROLL_OUT
from bangvang.papers import access as papers
from bangvang.people import access as people
from bangvang.progress import access as progress
from bangvang.progress.models import Observation, Reminder, Report, Review, ScoreSheet, SocialWork
from bangvang.progress.workflow import MOVEMENT_REVIEW, OBSERVATION, REMINDER, REPORT, SCORE_SHEET, SOCIAL_WORK
from bangvang.statistics import access as statistics
from bangvang.stories import access as stories
from bangvang.stories.models import Article, Deed, Story
from bangvang.stories.workflow import ARTICLE, DEED, STORY
from config.environment import VARIABLES

WORKFLOWS: tuple[tuple[type[Any], Workflow], ...] = (
    (Movement, PLAN),
    (Movement, PUBLICITY),
    (PlanReview, REVIEW),
    (Claim, CLAIM),
    (RollOut, ROLL_OUT),
    (Registration, REGISTRATION),
    (Pact, PACT),
    (Initiative, INITIATIVE),
    (Report, REPORT),
    (Reminder, REMINDER),
    (Review, MOVEMENT_REVIEW),
    (Observation, OBSERVATION),
    (ScoreSheet, SCORE_SHEET),
    (SocialWork, SOCIAL_WORK),
    (Dossier, DOSSIER),
    (Nomination, NOMINATION),
    (Session, SESSION),
    (Decision, DECISION),
    (Decision, DECISION_PUBLICITY),
    (Story, STORY),
    (Article, ARTICLE),
    (Deed, DEED),
    (Batch, BATCH),
)
ROOMS = (
    papers,
    people,
    honours,
    movements,
    progress,
    initiatives,
    dossiers,
    council,
    decisions,
    stories,
    intake,
    statistics,
)
PRINTED = "Printed by `./bv manage docs`; do not edit."


def generated() -> dict[str, str]:
    """The text of each generated page by its path under docs/."""
    return {
        "run/settings.md": settings(),
        "how-it-works/workflows.md": workflows(),
        "how-it-works/permissions.md": permissions(),
    }


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""


def settings() -> str:
    rows = [(f"`{variable.name}`", _default(variable.default), variable.meaning) for variable in VARIABLES]
    return _page(
        "Settings", "Every deployment value comes from the environment.", _table(("Biến", "Mặc định", "Ý nghĩa"), rows)
    )


def _default(value: str | None) -> str:
    return "bắt buộc" if value is None else f"`{value}`" if value else "để trống"


def states_of(model: type[Any], workflow: Workflow) -> dict[str, str]:
    """Code and Vietnamese label of every state of a table."""
    return {str(code): str(label) for code, label in model._meta.get_field(workflow.field).choices}


def workflows() -> str:
    parts: list[str] = []
    for model, workflow in WORKFLOWS:
        labels = states_of(model, workflow)
        rows = [
            (
                f"`{step.name}`",
                step.label,
                ", ".join(labels[state] for state in labels if state in step.sources),
                labels[step.target],
                f"`{step.may.__name__}`",
                "" if step.ready.__name__ == "_always" else f"`{step.ready.__name__}`",
                ", ".join(
                    word for word, asked in (("lý do", step.reason_required), ("mật khẩu", step.password)) if asked
                ),
            )
            for step in workflow.steps
        ]
        title = f"## `{workflow.name}`: {model._meta.verbose_name} (`{model.__name__}.{workflow.field}`)"
        heads = ("Bước", "Nút", "Từ", "Đến", "Ai được", "Khi nào đủ", "Phải nhập")
        parts += [title, "", _table(heads, rows), "", _diagram(workflow, labels), ""]
    return _page("Workflows", "States move only through these tables.", "\n".join(parts).rstrip())


def _diagram(workflow: Workflow, labels: dict[str, str]) -> str:
    lines = ["```mermaid", "stateDiagram-v2", *(f"    {code}: {label}" for code, label in labels.items())]
    lines.append(f"    [*] --> {next(iter(labels))}")
    for step in workflow.steps:
        lines += [f"    {source} --> {step.target}: {step.label}" for source in labels if source in step.sources]
    return "\n".join([*lines, "```"])


def permissions() -> str:
    rows = [
        (f"`{room.__name__.removeprefix('bangvang.')}.{name}`", _meaning(function), _steps_under(function))
        for room in ROOMS
        for name, function in sorted(inspect.getmembers(room, inspect.isfunction))
        if function.__module__ == room.__name__
    ]
    words = "Who may see (`…_visible_to`) and act (`may_…`, `is_…`). "
    words += "An act answers with a reasoned refusal, an unseen thing with 404."
    return _page("Permissions", words, _table(("Hàm", "Nghĩa", "Bước dùng nó"), rows))


def _meaning(function: Callable[..., Any]) -> str:
    return " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())


def _steps_under(function: Callable[..., Any]) -> str:
    return ", ".join(f"`{w.name}.{step.name}`" for _, w in WORKFLOWS for step in w.steps if step.may is function)


def our_models() -> list[type[Any]]:
    """Every model of the house, by name."""
    return sorted(apps.get_app_config("bangvang").get_models(), key=lambda model: model.__name__)


def _page(title: str, words: str, body: str) -> str:
    return f"# {title}\n\n{PRINTED} {words}\n\n{body}\n"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
