"""1.6 Every page that can be reached, by every role, in a real browser.

Nobody keeps the list of pages: each account of the demo walks from its first page along every link, and tries every
address pattern of config.urls with codes from the database. Pages are read without scripts; each shape of page is
then measured with scripts at both widths, and each shape of form is pressed without scripts.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

from tests.proofs import Figure, Run, demo_site, page_checks, proof, walking
from tests.proofs.desk import Desk
from tests.proofs.moments import MOMENTS
from tests.proofs.screens import keep_screens

# "": a visitor. Forms are pressed from the end: last the administrator, who ends other people's sessions.
ROLES = ("quantri", "", "vanthu", "thuongtruc", "truongphong", "chuyenvien", "phogiamdoc", "giamdoc")


def in_css(rule: str) -> demo_site.Plant:
    def plant(source: Path) -> None:
        sheet = source / "bangvang/web/ui/static/bangvang.css"
        sheet.write_text(sheet.read_text() + rule)

    return plant


def in_template(name: str, old: str, new: str) -> demo_site.Plant:
    def plant(source: Path) -> None:
        file = source / "bangvang/web/templates" / name
        before = file.read_text()
        assert old in before, f"{name} has changed: the fault cannot be planted"
        file.write_text(before.replace(old, new))

    return plant


PLANTS = {
    "picture_without_words": in_template("portal/help.html", "<h1>", '<img src="/static/mark.svg"><h1>'),
    "faint_text": in_css(".lead {color:#b0b7bd}"),
    "invisible_text": in_css(".lead {color:#fff}"),
    "wide_element": in_css(".head {min-inline-size:2000px}"),
    "form_needs_scripts": in_template("staff/account/login.html", '<button class="', '<button type="button" class="'),
    "no_focus_ring": in_css("a:focus-visible {outline:0}"),
    "small_button": in_css(".button {min-block-size:0; padding:0}"),
    "keyboard_trap": in_template(
        "ui/public.html", "Đăng nhập</a>{% endblock %}", 'Đăng nhập</a><b tabindex="5">!</b>{% endblock %}'
    ),
}


@proof(
    "1.6",
    what="Every reachable page: axe, 320 px, scripts off, keyboard only, targets; screenshots of each page type",
    bar="0 axe violations, 0 px sideways, every pattern of config.urls visited, every form pressed without scripts, "
    "every stop of the keyboard visible and in order, buttons and fields 44 px high, other targets 24",
    controls={
        "picture_without_words": "an image without alt in a copied template",
        "faint_text": "grey lead text of low contrast in a copied style sheet",
        "invisible_text": "white lead text on white in a copied style sheet",
        "wide_element": "a head of 2000 px in a copied style sheet",
        "form_needs_scripts": "the button of the login form does nothing by itself",
        "no_focus_ring": "links lose their focus ring",
        "small_button": "buttons lose their height",
        "keyboard_trap": "a stop out of order that is no link",
    },
)
def every_page(run: Run) -> dict[str, Figure]:
    began = time.monotonic()
    plant = PLANTS[run.fault] if run.fault else None
    # The planted faults stand on public pages: they need no department.
    with demo_site.served(run, plant=plant, people=not run.fault) as site, walking.browser(run) as browser:
        desk = Desk(run, site, browser)
        walks = [walking.walk(desk, role) for role in (ROLES if not run.fault else ("",))]
        pages = [page for walk in walks for page in walk.pages]
        for page in pages:
            run.expect(f"{page.where}: wider than 320 px by", page.overflow, 0)
        figures: dict[str, Figure] = {"pages": len(pages), "shapes": len({page.shape for page in pages})}
        figures["axe runs"] = measured(desk, pages)
        if not run.fault:
            reached = set(moments(desk))
            figures["moments"] = len(MOMENTS)
            figures["screenshots"] = keep_screens(desk, pages)
        as_walked = demo_site.keep()
        figures["forms pressed"] = sum(walking.press_forms(desk, walk, as_walked) for walk in reversed(walks))
        if not run.fault:
            reached |= {walking.pattern_of(address) for address in desk.pressed}
            seen = reached.union(*(walk.patterns for walk in walks))
            run.expect("patterns never visited", sorted(walking.all_patterns() - seen), [])
            figures["patterns"] = len(seen)
    figures["seconds"] = round(time.monotonic() - began)
    return figures


def measured(desk: Desk, pages: list[walking.Seen]) -> int:
    """Open one page of each shape with scripts, at both widths, and hold it against the bar; returns the axe runs."""
    first: dict[str, walking.Seen] = {}
    for page in pages:
        first.setdefault(page.shape, page)
    count = 0
    patterns: set[str] = set()
    for seen in sorted(first.values(), key=lambda page: (page.role, page.path)):
        tab = desk.tab(seen.role, scripts=True)
        for width in (page_checks.WIDE, page_checks.NARROW):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(desk.site.url(seen.path))
            desk.run.expect(f"{seen.where}: headings with scripts as without", page_checks.headings(tab), seen.headings)
            # The narrow page has the same stops but the index in place of the row of links: one page of each pattern.
            desk.hold(
                tab, f"{seen.where} at {width}", keyboard=width == page_checks.WIDE or seen.pattern not in patterns
            )
            count += 1
        patterns.add(seen.pattern)
    return count


def moments(desk: Desk) -> Iterator[str]:
    """Pages that no address shows: errors, first passwords, two people at once, sessions that ended; their patterns."""
    for name, act in MOMENTS.items():
        tab = act(desk)
        for width in (page_checks.WIDE, page_checks.NARROW):
            tab.set_viewport_size({"width": width, "height": 900})
            desk.hold(tab, f"moment {name} at {width}", keyboard=width == page_checks.WIDE)
            desk.run.expect(f"moment {name} at {width}: wider than its window by", page_checks.overflow(tab), 0)
            if width == page_checks.NARROW:
                desk.run.keep(f"moments/{re.sub(r'[^a-z_]', '', name)}.png", tab.screenshot(full_page=True))
        yield walking.pattern_of(tab.url)
        tab.context.close()
