"""Every template is drawn by somebody, and its forms answer in our words."""

import re
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
