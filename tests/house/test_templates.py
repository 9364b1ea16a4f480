"""Every template is drawn by somebody."""

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
