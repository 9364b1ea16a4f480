"""A person at the keyboard of a real browser: only keys, each counted. What Tab does not reach cannot be used."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_TABS = 600  # on the way to one control; a page has fewer stops


@dataclass
class Keyboard:
    """The keys pressed on one page of Chromium. Selectors are CSS, as the focused element would match them."""

    page: Any
    pressed: int = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def to(self, selector: str) -> None:
        """Tab until the focus is on such a control. LookupError when it never is."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("(s) => !!document.activeElement?.matches(s)", selector):
                return
            self.press("Tab")
        raise LookupError(f"the keyboard does not reach {selector} at {self.page.url}")

    def enter(self, selector: str) -> None:
        """Reach a link or a button and press Enter; the next page comes."""
        self.to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def type(self, selector: str, words: str) -> None:
        """Reach a field and type over what it holds."""
        self.to(selector)
        self.press("Control+A")
        self.page.keyboard.type(words)
        self.pressed += len(words)

    def choose_file(self, selector: str, file: Path) -> None:
        """Open the system's file dialog from the keyboard. What happens inside it is the system's."""
        self.to(selector)
        with self.page.expect_file_chooser() as waiting:
            self.press("Space")
        waiting.value.set_files(file)
