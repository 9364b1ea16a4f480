"""Names that say nothing are refused (docs/contributing.md): if one is needed, the thought is not finished."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {"util", "utils", "helper", "helpers", "misc", "common", "base", "service", "services"}
FORBIDDEN |= {"manager", "managers", "data", "info", "process", "handle", "do"}
# Names that are not ours to choose: Django and html.parser call them by name.
GIVEN = {"process_view", "process_request", "process_response", "process_template_response", "process_exception"}
GIVEN |= {"handle", "handle_no_permission", "receive_data_chunk", "get_context_data"}
GIVEN |= {"handle_starttag", "handle_startendtag", "handle_endtag", "handle_data"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Words of the domain, as the glossary has them: căn cứ, mức lương cơ sở, thời gian công tác.
GIVEN |= {"base_lines", "base_salary", "_service"}


def empty_names(module: str, source: str) -> list[str]:
    """The module's and its functions' names that contain a forbidden word."""
    names = [module, *(node.name for node in ast.walk(ast.parse(source)) if isinstance(node, FUNCTIONS))]
    ours = [name for name in names if name not in GIVEN and not name.startswith("test_")]  # a test's name is a sentence
    return [name for name in ours if FORBIDDEN & set(re.split(r"[_.]+", name.lower()))]


def test_no_module_or_function_has_an_empty_name() -> None:
    found = {}
    for file in [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        names = empty_names(file.stem, file.read_text(encoding="utf-8"))
        if names and "migrations" not in file.parts:
            found[str(file.relative_to(ROOT))] = names
    assert found == {}


def test_an_empty_name_is_found() -> None:
    assert empty_names("text_utils", "def handle_row(): ...\ndef read(): ...\n") == ["text_utils", "handle_row"]
