"""What docs/ says is what the code says."""

import re
from pathlib import Path

import pytest

from bangvang.management import pages
from config.environment import VARIABLES

DOCS = Path(__file__).resolve().parents[2] / "docs"
SRC = DOCS.parent / "src"


@pytest.mark.parametrize("name", sorted(pages.generated()))
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert pages.text_of(DOCS / name) == pages.generated()[name], "run ./bv manage docs"


def test_every_variable_that_settings_read_is_listed_and_documented() -> None:
    asked = re.findall(
        r'environment\.(?:read|is_on)\("(BV_\w+)"\)', (SRC / "config/settings.py").read_text(encoding="utf-8")
    )
    listed = [variable.name for variable in VARIABLES]
    assert sorted(set(asked)) == sorted(listed)
    documented = re.findall(r"^\| `(BV_\w+)`", (DOCS / "run/settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert documented == listed


def test_every_permission_says_what_it_means() -> None:
    rows = [line.split(" | ") for line in pages.permissions().splitlines() if line.startswith("| `")]
    assert [row[0] for row in rows if not row[1].strip()] == []


def glossary() -> dict[str, str]:
    """Identifier → the Vietnamese word of its row."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    return {match[2]: match[1] for match in re.finditer(r"^\| ([^|]+) \| [^|]+ \| `([^`]+)` \|", text, re.MULTILINE)}


def test_every_model_stands_in_the_glossary_under_its_vietnamese_name() -> None:
    words = glossary()
    wanted = {
        model.__name__: str(model._meta.verbose_name) for model in pages.our_models() if not model._meta.auto_created
    }
    assert {name: words.get(name) for name in wanted} == wanted


def test_every_state_of_a_workflow_stands_in_the_glossary() -> None:
    words = glossary()
    for model, workflow in pages.WORKFLOWS:
        labels = pages.states_of(model, workflow)
        told = {
            name.rpartition(".")[2].lower(): word
            for name, word in words.items()
            if name.startswith(f"{model.__name__}.{workflow.field.title()}.")
        }
        assert told == labels
