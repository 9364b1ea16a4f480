"""A person at the keyboard of a real browser: only keys, each written down. What Tab does not reach cannot be used."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

MOST_TABS = 600  # on the way to one control; a page has fewer stops
MOST_OPTIONS = 60  # on the way to one option of a list
HIDDEN = "•"  # stands in the record for each letter of a password


@dataclass
class Keyboard:
    """The keys pressed on one page of Chromium, in `keys`. Selectors are CSS, as the focused element would match them."""

    page: Any
    keys: list[str] = field(default_factory=list)

    @property
    def pressed(self) -> int:
        return presses(self.keys)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys.append(key)

    def to(self, selector: str) -> None:
        """Tab until the focus is on such a control. LookupError when it never is."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("(s) => !!document.activeElement?.matches(s)", selector):
                return
            self.press("Tab")
        raise LookupError(f"the keyboard does not reach {selector} at {self.page.url}")

    def skip(self) -> None:
        """Past the head of a page that was just opened, by its skip link."""
        self.to("a.skip")
        self.press("Enter")

    def enter(self, selector: str) -> None:
        """Reach a link or a button and press Enter; the next page comes."""
        self.to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def download(self, selector: str) -> bytes:
        """Reach a link to a file and press Enter; the file."""
        self.to(selector)
        with self.page.expect_download() as waiting:
            self.press("Enter")
        return Path(waiting.value.path()).read_bytes()

    def type(self, selector: str, words: str, *, hidden: bool = False) -> None:
        """Reach a field and type over what it holds."""
        self.to(selector)
        self.press("Control+A")
        self.page.keyboard.type(words)
        self.keys += HIDDEN * len(words) if hidden else words

    def choose(self, selector: str, words: str) -> None:
        """Reach a list and go down it to the option that says this. LookupError when it has none."""
        self.to(selector)
        for _ in range(MOST_OPTIONS):
            if self.page.evaluate("() => document.activeElement.selectedOptions[0].text.trim()") == words:
                return
            self.press("ArrowDown")
        raise LookupError(f"the list {selector} at {self.page.url} has no {words!r}")

    def choose_file(self, selector: str, file: Path) -> None:
        """Open the system's file dialog from the keyboard. What happens inside it is the system's."""
        self.to(selector)
        with self.page.expect_file_chooser() as waiting:
            self.press("Space")
        waiting.value.set_files(file)


def presses(keys: Sequence[str]) -> int:
    """How often a finger goes down: a letter with marks as often as Telex asks (ệ is e, e, j), any other key once."""
    letters = "".join(key for key in keys if len(key) == 1)
    typed = unicodedata.normalize("NFD", letters.replace("đ", "dd").replace("Đ", "Dd"))
    return len(typed) + sum(len(key) > 1 for key in keys)


def in_short(keys: Sequence[str]) -> str:
    """The record as people read it: runs of a key as “Tab ×12”, typed letters as words between quotation marks."""
    told: list[str] = []
    for key, run in groupby(keys, key=lambda key: key if len(key) > 1 else ""):
        same = list(run)
        if not key:
            told.append(f"“{''.join(same)}”".replace("\n", "⏎"))
        else:
            told.append(f"{key} ×{len(same)}" if len(same) > 1 else key)
    return ", ".join(told)
