"""What the journeys share: the story that goes on from step to step, and each step tried first by whoever may not take it."""

from dataclasses import dataclass, field

from tests.http_client import Answer, Person
from tests.live import Live

CLERKS = {"clerk", "clerk_2"}
LEADERS = {"director", "deputy"}
ONLY_PRESSED = ("lap-phong-trao/", "minh-chung/")  # addresses that only take a press: opening them answers 405


@dataclass
class Story:
    """What happened: `strange` lists in words everything that was not as it should be; `refused` counts good refusals.

    The rest is where the story stands: codes of what was made, and `seconds` from the document sent in to the approved plan.
    """

    live: Live
    number: str = "77"  # of the plan in the agency's register
    review: str = ""
    movement: str = ""
    registration: str = ""
    dossier: str = ""
    lines: dict[str, str] = field(default_factory=dict)  # nominee → address of the nomination
    steps: list[str] = field(default_factory=list)
    refused: int = 0
    papers: int = 0  # read by somebody
    strange: list[str] = field(default_factory=list)
    seconds: float = 0.0
    people: dict[str, Person] = field(default_factory=dict)
    quick: bool = False  # no step is tried by those who may not: the shortest way to what comes after
    tried_by: list[str] = field(default_factory=list)  # the roles that try each step first; a visitor besides
    council: str = ""
    session: str = ""
    decision: str = ""
    votes: dict[str, str] = field(default_factory=dict)  # member → a letter for each line, as it was cast
    codes: list[str] = field(default_factory=list)  # of the three code-holders

    def person(self, role: str) -> Person:
        if role not in self.people:
            self.people[role] = self.live.person("" if role == "visitor" else role)
        return self.people[role]

    def at(self, rest: str = "") -> str:
        return f"/lam-viec/phong-trao/{self.movement}/{rest}"

    def of_unit(self, rest: str = "") -> str:
        return f"/lam-viec/dang-ky/{self.registration}/{rest}"

    def of_dossier(self, rest: str = "") -> str:
        return f"/lam-viec/ho-so/{self.dossier}/{rest}"

    def of_session(self, rest: str = "") -> str:
        return f"/lam-viec/hoi-dong/phien/{self.session}/{rest}"

    def of_decision(self, rest: str = "") -> str:
        return f"/lam-viec/quyet-dinh/{self.decision}/{rest}"

    def expect(self, what: str, got: object, want: object) -> None:
        if got != want:
            self.strange.append(f"{what}: {got!r}, expected {want!r}")


def step(story: Story, name: str, path: str, *, by: str, may: set[str], typed: dict[str, str] | None = None) -> None:
    """Everybody else is refused, then the right one takes the step."""
    opened = story.person(by).get(path)
    wanted = set(typed or {"version": ""})
    form = next((f for f in opened.page.forms if f.method == "post" and wanted <= set(f.names)), None)
    if form is None:
        raise LookupError(f"{name}: no form at {path} ({opened.status}): {opened.words[:300]}")
    only(story, name, path, may, {**form.fields, **(typed or {})})
    done = story.person(by).post(path, {**form.fields, **(typed or {})})
    story.expect(f"{name} by {by} ({done.words[:200]})", (done.status, done.address == path), (200, False))
    story.steps.append(name)


def only(
    story: Story, name: str, path: str, may: set[str], fields: dict[str, str] | None, *, pages: bool = True
) -> None:
    """Whoever may not take the step gets neither its page nor its act (`fields` None: there is only a page), and nothing changes."""
    if story.quick:
        return
    before = story.live.ask("Event.objects.count()")
    for role in [*story.tried_by, "visitor"]:
        if role in may:
            continue
        person = story.person(role)
        account = "/dang-nhap/" if role == "visitor" else "/tai-khoan/mat-khau/"
        answers = [person.get(path)] if pages else []
        if fields is not None:
            answers.append(person.post(path, {**fields, **mark(person.get(account)), "bv_owner": ""}))
        for answer in answers:
            if answer.status == 405 and path.endswith(ONLY_PRESSED):
                continue
            if role == "visitor":
                story.expect(f"{name} by a visitor", answer.address.split("?")[0], "/dang-nhap/")
            else:
                story.expect(f"{name} by {role} ({answer.status}): 404 or a reason", is_good_refusal(answer), True)
            story.refused += 1
    story.expect(f"{name}: nothing was written by the refused", story.live.ask("Event.objects.count()"), before)


def papers(story: Story, page: str, *, by: str, kinds: int) -> None:
    """Every paper that a page offers comes as Word and as PDF."""
    person = story.person(by)
    links = [link for link in person.get(page).page.links if "/van-ban/" in link]
    story.expect(f"papers at {page}", len(links), 2 * kinds)
    for link in links:
        made = person.get(link)
        first = b"PK" if link.endswith(".docx") else b"%P"
        story.expect(f"{link} opens", (made.status, made.body[:2]), (200, first))
        story.papers += 1


def too_early(story: Story, name: str, path: str, *, by: str, because: str, version: object = 1) -> None:
    """The very person who may take a step tries it before its time: a reason that has these words, and nothing changes."""
    if story.quick:
        return
    before = story.live.ask("Event.objects.count()")
    person = story.person(by)
    password = story.live.cast.passwords[by]
    given = {
        **mark(person.get("/tai-khoan/mat-khau/")),
        "version": str(version),
        "password": password,
        "reason": "Xin xem lại.",
    }
    for answer in (person.get(path), person.post(path, given)):
        story.expect(f"{name} too early: {answer.words[:200]}", is_good_refusal(answer), True)
        story.expect(f"{name} too early: says why: {answer.words[:200]}", because in answer.words, True)
        story.refused += 1
    story.expect(f"{name} too early: nothing was written", story.live.ask("Event.objects.count()"), before)


def is_good_refusal(answer: Answer) -> bool:
    """The page of the unknown, or a refusal with its reason."""
    if answer.status == 404:
        return answer.page.title.startswith("Không có trang này")
    return answer.status == 409 and answer.page.title.startswith("Chưa làm được") and len(answer.words.split()) > 8


def mark(page: Answer) -> dict[str, str]:
    marks = [form.fields["csrfmiddlewaretoken"] for form in page.page.forms if "csrfmiddlewaretoken" in form.fields]
    return {"csrfmiddlewaretoken": marks[-1] if marks else ""}


def version(page: Answer) -> str:
    return next((form.fields["version"] for form in page.page.forms if "version" in form.fields), "")
