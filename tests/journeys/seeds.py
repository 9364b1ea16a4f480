"""What the stories of the five seeds share: a department of its own names and people, a clock that moves, pages that must say something.

A story is a module seed_NNN.py with a `STORY`; proof 6.1 plays every one that exists. A step is a function of the telling: who does what,
and what whose page must say afterwards. Facts of a seed are used, its sentences are not.
"""

import datetime
import html
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from docx import Document

from tests import live
from tests.http_client import Answer, FileSent
from tests.journeys import story
from tests.proofs.moved_clock import MovedClock

FOLDER = Path(os.environ.get("BV_SEEDS", Path(__file__).resolve().parents[3] / "shared" / "seeds"))


@dataclass(frozen=True)
class Who:
    """Somebody who can log in. `role` is a value of Duty.Role, `unit` a key of the department's units, empty: the agency itself."""

    name: str
    role: str
    title: str
    unit: str = ""
    woman: bool = False


@dataclass(frozen=True)
class Department:
    """The agency of a story: its names, its divisions (key → name), its people (place in the story → who).

    Places named clerk, director, deputy, registry and administrator are known to tests/journeys/story.py.
    """

    province: str
    agency: str
    symbol: str
    place: str
    units: Mapping[str, str]
    people: Mapping[str, Who]


@dataclass(frozen=True)
class Fault:
    """A planted fault that the story must show: what it is, and the line of the product that says something else."""

    what: str
    file: str
    right: str
    wrong: str


@dataclass(frozen=True)
class SeedStory:
    """One story: the seed's number, the day on which it begins, its people, its steps in order, and its controls by name."""

    seed: str
    about: str
    first_day: datetime.date
    department: Department
    steps: tuple[Callable[["Telling"], None], ...]
    faults: Mapping[str, Fault]

    @property
    def file(self) -> Path | None:
        """The document of the seed, or None where the seeds are not beside the repository."""
        return next(iter(sorted(FOLDER.glob(f"{self.seed}_*.txt"))), None)


@dataclass
class Telling(story.Story):
    """A story that is being told: besides what every journey keeps, the clock and the codes of what was made on the way."""

    seed: SeedStory | None = None
    clock: MovedClock | None = None
    pages: int = 0  # looked at by somebody, who found what must stand there
    leads: dict[str, str] = field(default_factory=dict)  # head of a division → who leads the movement there
    codes_of: dict[str, str] = field(default_factory=dict)  # what a step made, by a name that later steps use

    def day(self, day: datetime.date, hour: int = 9) -> None:
        """It is this day now. Everybody logs in anew when they next do something."""
        assert self.clock is not None
        self.clock.set(day, hour)
        self.people.clear()

    def name(self, place: str) -> str:
        """How the one with this place in the story is called."""
        assert self.seed is not None
        return self.seed.department.people[place].name

    def unit(self, key: str) -> str:
        assert self.seed is not None
        return self.seed.department.units[key]

    @property
    def heads(self) -> set[str]:
        """The places of all heads of divisions: each of them may do for the own one what another does."""
        assert self.seed is not None
        return {place for place, who in self.seed.department.people.items() if who.role == "head"}

    def unit_of(self, place: str) -> str:
        """The division in which the one with this place works."""
        assert self.seed is not None
        return self.unit(self.seed.department.people[place].unit)

    def registration_of(self, head: str) -> str:
        found = f"Registration.objects.filter(movement__code='{self.movement}', unit__name='{self.unit_of(head)}')"
        return self.made(f"registration of {head}", found)

    def reports_of(self, period: str, head: str) -> str:
        """The report that the head's division owes for a period (its name in `codes_of`), as a query."""
        return f"Report.objects.filter(period__code='{self.codes_of[period]}', unit__name='{self.unit_of(head)}')"

    def look(self, by: str, path: str, *says: str, hides: tuple[str, ...] = (), status: int = 200) -> Answer:
        """Somebody opens a page: it says each of these, and nothing of what it hides."""
        page = self.person(by).get(path)
        missing = [words for words in says if words not in page.words]
        shown = [words for words in hides if words in page.words]
        self.expect(f"{by} at {path} ({page.words[:200]}…)", (page.status, missing, shown), (status, [], []))
        self.pages += 1
        return page

    def does(self, name: str, path: str, /, *, by: str, may: set[str], open_to: str = "", **typed: str) -> Answer:
        """Everybody else is refused; then the right one fills the form at `path` and sends it.

        `open_to`: who may read the page without the form, in words; then only the sending is tried by the others.
        """
        opened = self.person(by).get(path)
        form = self._form(name, opened, typed)
        story.only(self, name, path, may, {**form, **typed}, pages=not open_to)
        done = self.person(by).send(opened, **typed)
        self.expect(f"{name} by {by} ({done.words[:300]})", done.status, 200)
        self.steps.append(name)
        return done

    def steps_on(self, name: str, path: str, /, *, by: str, may: set[str], **typed: str) -> Answer:
        """The same for a step that only has to be pressed: the form with the version, and perhaps a reason."""
        version = self.person(by).get(path).page.form("version").fields["version"]
        return self.does(name, path, by=by, may=may, version=version, **typed)

    def attaches(self, name: str, path: str, file: FileSent, /, *, by: str, **typed: str) -> Answer:
        """Sends a file and waits until it was looked at."""
        done = self.person(by).attach(path, file, **typed)
        self.expect(f"{name} by {by} ({done.words[:300]})", done.status, 200)
        self.live.until_done()
        self.steps.append(name)
        return done

    def reads_paper(self, by: str, page: str, *says: str) -> None:
        """Somebody opens the Word file of a page: it says each of these."""
        link = next(
            link for link in self.person(by).get(page).page.links if link.endswith(".docx") and "/van-ban/" in link
        )
        made = Document(BytesIO(self.person(by).get(link).body))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        words = " ".join(" ".join([*(part.text for part in made.paragraphs), *cells]).split())
        missing = [one for one in says if one not in words]
        self.expect(f"the paper {link} lacks for {by} ({words[:600]}…)", missing, [])
        self.papers += 1

    def refuses(self, name: str, by: str, path: str, because: str, status: int = 409) -> None:
        """Somebody may not yet: the page says why in these words."""
        self.look(by, path, because, status=status)
        self.refused += 1

    def choice(self, by: str, path: str, words: str) -> str:
        """The value of the option or the tick whose words begin like this on a page."""
        body = html.unescape(self.person(by).get(path).body.decode())
        found = re.findall(rf'value="([\w-]+)"[^>]*>\s*(?:Tập thể: )?{re.escape(words)}', body)
        if not found:
            raise LookupError(f"{path}: nothing to choose that is called {words!r}")
        return str(found[0])

    def made(self, name: str, query: str) -> str:
        """Remember under `name` the one code that a query of the models finds."""
        found = self.live.ask(f"list({query}.values_list('code', flat=True)[:1])")
        if not isinstance(found, list) or not found:
            raise LookupError(f"{name}: not made ({query})")
        self.codes_of[name] = str(found[0])
        return self.codes_of[name]

    def _form(self, name: str, opened: Answer, typed: dict[str, str]) -> dict[str, str]:
        for form in opened.page.forms:
            if form.method == "post" and set(typed) <= set(form.names) and "Đăng xuất" not in form.buttons:
                return form.fields
        raise LookupError(
            f"{name}: no form with {sorted(typed)} at {opened.address} ({opened.status}): {opened.words[:300]}"
        )


# --- Playing ---------------------------------------------------------------------------------------------------------


@contextmanager
def opened(seed: SeedStory, folder: Path, src: Path = live.databases.SRC) -> Iterator[Telling]:
    """The product of `src` with the story's department on its first day, and the story about to be told."""
    clock = MovedClock(folder, src)
    load = f"import django; django.setup(); from tests.journeys import seeds; seeds.print_cast({seed.seed!r})"
    with live.serve(folder / "site", src=src, load=load, **clock.environment) as site:
        told = Telling(site, seed=seed, clock=clock)
        told.day(seed.first_day)
        told.tried_by = [*site.cast.names]
        yield told


def play(told: Telling, *, to_the_end: bool = True) -> None:
    """All steps in order, or until one was strange. Where the story cannot go on it ends, and that is strange."""
    assert told.seed is not None
    try:
        for step in told.seed.steps:
            if to_the_end or not told.strange:
                step(told)
    except LookupError as stuck:
        told.strange.append(f"the story ends here: {stuck}")


def stories() -> dict[str, SeedStory]:
    """Every story that exists, by the number of its seed."""
    from importlib import import_module

    names = sorted(path.stem for path in Path(__file__).parent.glob("seed_[0-9]*.py"))
    return {name[5:]: import_module(f"tests.journeys.{name}").STORY for name in names}


def print_cast(seed: str) -> None:
    """Make the department of a story in this process's database and print its cast; run by tests/live.py, apart."""
    from bangvang.people.models import Duty, Person, Unit
    from tests import factories

    given = stories()[seed].department
    province = factories.unit(given.province, kind=Unit.Kind.PROVINCE)
    agency = factories.agency(given.agency, symbol=given.symbol, place=given.place, parent=province)
    units = {key: factories.unit(name, parent=agency, agency=agency) for key, name in given.units.items()}
    duties = {}
    for place, who in given.people.items():
        sex = Person.Sex.FEMALE if who.woman else Person.Sex.MALE
        person = factories.person(who.name, sex=sex)
        duties[place] = factories.duty(person, units.get(who.unit, agency), Duty.Role(who.role), title=who.title)
        factories.user(person, place.replace("_", "."))
    if "deputy" in duties:
        factories.delegation(duties["director"], duties["deputy"])
    names = {place: place.replace("_", ".") for place in duties}
    print(json.dumps({"names": names, "passwords": dict.fromkeys(names, factories.PASSWORD)}))
