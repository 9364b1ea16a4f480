"""A page as a person reads it: its title, its words, its links and its forms, from the HTML alone."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNREAD = {"script", "style", "svg", "template", "head"}
VOID = {"input", "br", "meta", "link", "img", "hr", "use", "path", "circle"}


@dataclass
class Form:
    """One form: where it goes and what it would send if nobody typed anything. Files and unpressed buttons are left out."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)  # of everything that can be sent, in order
    buttons: list[str] = field(default_factory=list)  # the words on them


@dataclass
class Page:
    title: str = ""
    words: str = ""  # of <main>, spaces folded
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def form(self, name: str = "", *, button: str = "") -> Form:
        """The form that has a field of this name, or a button with this word on it; LookupError when the page has none."""
        for form in self.forms:
            if (name and name in form.names) or (button and any(button in words for words in form.buttons)):
                return form
        raise LookupError(f"no form with {name or button!r} on “{self.title}”: {self.words[:300]}")


def read(html: str) -> Page:
    """Parse a page. Text of a textarea loses its first line break, as in a browser."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.words = " ".join("".join(reader.words).split())
    reader.page.title = " ".join(reader.page.title.split())
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.words: list[str] = []
        self.open: list[str] = []
        self.textarea = ""
        self.select = ""

    @property
    def form(self) -> Form | None:
        return self.page.forms[-1] if "form" in self.open and self.page.forms else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a" and "href" in given:
            self.page.links.append(given["href"])
        elif tag == "form":
            self.page.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "button" and self.form is not None:
            self.form.buttons.append("")
        elif tag in {"input", "textarea", "select"} and self.form is not None and given.get("name"):
            self._field(tag, given["name"], given)
        elif tag == "option" and self.form is not None and self.select and "selected" in given:
            self.form.fields[self.select] = given.get("value", "")

    def _field(self, tag: str, name: str, given: dict[str, str]) -> None:
        form = self.form
        assert form is not None
        form.names.append(name)
        kind = given.get("type", "text")
        if tag == "textarea":
            self.textarea = name
            form.fields[name] = ""
        elif tag == "select":
            self.select = name
            form.fields[name] = ""
        elif kind in {"radio", "checkbox"}:
            if "checked" in given:
                form.fields[name] = given.get("value", "on")
        elif kind != "file":
            form.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.form is not None and self.textarea:
            self.form.fields[self.textarea] = self.form.fields[self.textarea].removeprefix("\n")
            self.textarea = ""
        if tag in self.open:
            while self.open and self.open.pop() != tag:
                pass
        if tag in {"p", "li", "h1", "h2", "h3", "td", "th", "div", "dt", "dd", "option", "label", "legend"}:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if "title" in self.open and "svg" not in self.open:
            self.page.title += data
        if self.textarea and self.form is not None:
            self.form.fields[self.textarea] += data
        elif self.form is not None and "button" in self.open:
            self.form.buttons[-1] += data
        if "main" in self.open and not UNREAD & set(self.open):
            self.words.append(data)
