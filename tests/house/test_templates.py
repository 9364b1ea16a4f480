"""Every template is drawn by somebody, and its forms answer in our words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "src" / "bangvang" / "web"
NAMED = re.compile(r"[\"']((?:ui|staff|portal)/[\w/]+\.html)[\"']")


def unused(templates: Path, sources: list[str]) -> set[str]:
    """Templates whose name stands nowhere, neither in Python nor in another template."""
    there = {str(file.relative_to(templates)) for file in templates.rglob("*.html")}
    return there - {name for source in sources for name in NAMED.findall(source)}


def test_no_template_is_left_over() -> None:
    sources = [file.read_text(encoding="utf-8") for pattern in ("*.py", "*.html") for file in WEB.rglob(pattern)]
    assert unused(WEB / "templates", sources) == set()


def test_a_left_over_template_is_found(tmp_path: Path) -> None:
    for name in ("used", "left"):
        (tmp_path / "ui").mkdir(exist_ok=True)
        (tmp_path / "ui" / f"{name}.html").touch()
    assert unused(tmp_path, ['render(request, "ui/used.html")']) == {"ui/left.html"}


FORM = re.compile(r"<form\b[^>]*>", re.DOTALL)


def in_the_browsers_words(template: str) -> list[str]:
    """Forms with typed fields that the browser would check first, in its own language."""
    forms = [" ".join(form.split()) for form in FORM.findall(template)]
    return [form for form in forms if 'method="post"' in form and 'class="' in form and "novalidate" not in form]


def test_every_typed_form_is_answered_by_us() -> None:
    found = {str(file.relative_to(WEB)): in_the_browsers_words(file.read_text()) for file in WEB.rglob("*.html")}
    assert {name: forms for name, forms in found.items() if forms} == {}


def test_a_form_that_the_browser_would_check_is_found() -> None:
    asked = '<form\n method="post" class="form"><form class="find"><form method="post" class="form" novalidate>'
    assert in_the_browsers_words(asked) == ['<form method="post" class="form">']


FRAME = {"actor", "agency", "places", "here", "demo", "assumed_today"}  # what web.ui.frame gives every page


def given_to_pages(source: str) -> Iterator[str]:
    """Names that a view gives its page: keys of a `context`, and of the dict that `render` gets."""
    for node in ast.walk(ast.parse(source)):
        given: list[ast.expr] = []
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "context":
            given = [node.value]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render":
            given = node.args[2:3]
        for one in given:
            if isinstance(one, ast.Dict):
                yield from (str(key.value) for key in one.keys if isinstance(key, ast.Constant))


def test_no_page_takes_the_navigation_away() -> None:
    views = [*(WEB / "staff").glob("*.py"), *(WEB / "portal").glob("*.py")]
    taken = {view.name: FRAME & set(given_to_pages(view.read_text(encoding="utf-8"))) for view in views}
    assert {name: names for name, names in taken.items() if names} == {}
    assert set(given_to_pages('render(request, "x.html", {"places": []})\ncontext = {"actor": 1}')) == {
        "places",
        "actor",
    }
