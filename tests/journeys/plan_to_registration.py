"""From a plan document to sent registrations, over HTTP: read, review, approve, issue, roll out, acknowledge, register, remind.

Each step is first tried by everybody who may not take it. Whatever differs from what should be is collected in words.
"""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.http_client import Answer, Person
from tests.live import Live

UPLOAD = "/lam-viec/ban-doc/"
PERIOD = {"starts_on": "01/01/2026", "ends_on": "31/12/2026"}  # typed by the clerk when the document names no days
LAST_DAYS = {"acknowledge_by": "24/12/2025", "register_by": "30/12/2025"}
WAITING = re.compile(r'name="field"\s+value="(\w+)"\s*>\s*<button[^>]*name="how" value="(right|blank)"')
CLERKS = {"clerk", "clerk_2"}


@dataclass
class Story:
    """What happened: `strange` lists in words everything that was not as it should be; `refused` counts good refusals.

    `seconds`: from sending the document in to the approved plan.
    """

    live: Live
    review: str = ""
    movement: str = ""
    registration: str = ""
    steps: list[str] = field(default_factory=list)
    refused: int = 0
    strange: list[str] = field(default_factory=list)
    seconds: float = 0.0
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        if role not in self.people:
            self.people[role] = self.live.person("" if role == "visitor" else role)
        return self.people[role]

    def at(self, rest: str = "") -> str:
        return f"/lam-viec/phong-trao/{self.movement}/{rest}"

    def of_unit(self, rest: str = "") -> str:
        return f"/lam-viec/dang-ky/{self.registration}/{rest}"

    def expect(self, what: str, got: object, want: object) -> None:
        if got != want:
            self.strange.append(f"{what}: {got!r}, expected {want!r}")


def play(live: Live, document: Path) -> Story:
    """The whole first half. The document must be a plan without a number, of a department."""
    story = Story(live)
    for role in [*live.cast.names, "visitor"]:
        story.person(role)
    began = time.monotonic()
    upload(story, document)
    review(story)
    approve(story)
    story.seconds = time.monotonic() - began
    issue(story)
    roll_out(story)
    acknowledge(story)
    register(story)
    remind(story)
    return story


def upload(story: Story, document: Path) -> None:
    file = (document.name, document.read_bytes())
    only(story, "upload", UPLOAD, CLERKS, {})
    sent = story.person("clerk").attach(UPLOAD, file)
    story.review = sent.address
    story.expect("upload leads to its reading", bool(re.fullmatch(rf"{UPLOAD}\w{{10}}/", sent.address)), True)
    story.live.until_done()
    only(story, "read", story.review, CLERKS, {"field": "title", "how": "right", "version": "1"})
    story.steps.append("upload")


def review(story: Story) -> None:
    """Look at what is uncertain, type what the document does not say, confirm the sure values, make the movement."""
    clerk = story.person("clerk")
    page = clerk.get(story.review)
    story.expect("the draft stands beside the document", "Bản nháp phong trào" in page.words, True)
    refused = clerk.post(f"{story.review}lap-phong-trao/", {**_mark(page), "version": "1"})
    story.expect("no movement before everything was looked at", refused.status, 409)
    for field_, how in WAITING.findall(page.body.decode()):
        if how == "right" and field_ not in _sure(page):
            _answer(story, field_, how)
        elif how == "blank" and field_ in PERIOD:
            _answer(story, field_, "corrected", PERIOD[field_])
        elif how == "blank":
            _answer(story, field_, how)
    _answer(story, "", "all_sure")
    only(story, "use", f"{story.review}lap-phong-trao/", CLERKS, {"version": "1"})
    page = clerk.get(story.review)
    made = clerk.post(f"{story.review}lap-phong-trao/", {**_mark(page), "version": _version(page)})
    story.movement = made.address.strip("/").rpartition("/")[2]
    story.expect(f"the movement is made ({made.words[:300]})", (made.status, made.address), (200, story.at()))
    again = clerk.post(f"{story.review}lap-phong-trao/", {**_mark(page), "version": _version(page)})
    story.expect("a second press makes no second movement", again.address, story.at())
    story.steps.append("review")


def _sure(page: Answer) -> set[str]:
    """The fields of the part that may be confirmed together."""
    part = page.body.decode().partition("Chắc chắn, chờ")[2]
    return set(re.findall(r'id="f-(\w+)"', part))


def _answer(story: Story, field_: str, how: str, text: str = "") -> None:
    clerk = story.person("clerk")
    page = clerk.get(story.review)
    given = {"field": field_, "how": how, "text": text, "version": _version(page)}
    answer = clerk.post(story.review, {**_mark(page), **given})
    story.expect(f"answer {how} of {field_}", answer.status, 200)


def approve(story: Story) -> None:
    step(story, "submit", story.at("submit/"), by="clerk", may=CLERKS)
    password = {"password": story.live.cast.passwords["director"]}
    step(story, "approve", story.at("approve/"), by="director", may={"director", "deputy"}, typed=password)


def issue(story: Story) -> None:
    number = {"number": "77", "issued_on": "19/12/2025"}
    step(story, "issue", story.at("issue/"), by="registry", may={"registry"}, typed=number)


def roll_out(story: Story) -> None:
    """To the units that the recipients name; every duty becomes a task with an owner and a day."""
    page = story.person("clerk").get(story.at("trien-khai/"))
    units = re.findall(r'name="units" value="(\w+)"[^>]*>(?:Phòng|\s*Phòng)', page.body.decode())
    typed = {**LAST_DAYS, **({"units": units[0]} if units else {})}
    owners = [name for name in page.page.form("units").names if name.startswith("owner_")]
    story.expect("every duty has a field for its owner", bool(owners), True)
    typed |= {name.replace("owner", "due"): "31/12/2025" for name in owners}
    step(story, "roll_out", story.at("trien-khai/"), by="clerk", may=CLERKS, typed=typed)
    codes = story.live.ask(
        f"list(Movement.objects.get(code='{story.movement}').registrations.values_list('code', flat=True))"
    )
    story.expect("one unit has the movement", len(codes) if isinstance(codes, list) else codes, 1)
    story.registration = codes[0] if isinstance(codes, list) else ""
    board = story.person("clerk").get(story.at()).words
    story.expect("the silent unit is named", "Chưa xác nhận" in board and "Chưa gửi" in board, True)


def acknowledge(story: Story) -> None:
    tasks = story.person("head").get("/lam-viec/").words
    story.expect("the head has the task", "Xác nhận phong trào" in tasks, True)
    form = story.person("head").get(story.at("xac-nhan/")).body.decode()
    leader = re.findall(r'<option value="(\w+)">Trần Văn Bình', form)[0]
    step(story, "acknowledge", story.at("xac-nhan/"), by="head", may={"head"}, typed={"leader": leader})
    board = story.person("clerk").get(story.at()).words
    story.expect("the board names who leads", "phụ trách: Trần Văn Bình" in board, True)


def register(story: Story) -> None:
    """A person's own line, the unit's by the head, a pasted list; sent, returned, sent again, accepted."""
    award = {"award": "advanced_worker", "target": "Hoàn thành mọi việc đúng hạn"}
    staff = story.person("staff")
    page = staff.get(story.of_unit())
    own = page.page.form("who").fields["who"]
    only(story, "register", story.of_unit(), {"head", "staff"}, {**award, "who": own}, pages=False)
    story.expect("a line of one's own", staff.press(story.of_unit(), who=own, **award).status, 200)
    twice = staff.press(story.of_unit(), who=own, **award)
    story.expect("the same title twice is refused", twice.status, 409)
    unit = {"who": "tap-the", "award": "advanced_collective", "target": "Tập thể đoàn kết"}
    story.expect("not for the unit by its staff", staff.press(story.of_unit(), **unit).status, 422)
    story.expect("for the unit by its head", story.person("head").press(story.of_unit(), **unit).status, 200)
    step(story, "send", story.of_unit("send/"), by="head", may={"head"})
    reason = {"reason": "Xin ghi rõ chỉ tiêu bằng số."}
    step(story, "return", story.of_unit("return/"), by="clerk", may=CLERKS, typed=reason)
    pasted = "Vũ Thanh Mai\tLao động tiên tiến\t=1+1\nNgười Không Có\tLao động tiên tiến\t"
    preview = story.person("head").press(story.of_unit("dan/"), rows=pasted)
    story.expect("the preview names what it cannot place", "Không có ai tên “Người Không Có”" in preview.words, True)
    form = preview.page.form("rows")
    kept = story.person("head").post(story.of_unit("dan/"), {**form.fields, "rows": pasted, "ghi": "1"})
    story.expect("one pasted row is kept", "Đã ghi 1 dòng. Còn 1 dòng chưa ghi được." in kept.words, True)
    sheet = story.person("head").get(story.of_unit("dang-ky.xlsx"))
    story.expect("the list as Excel", (sheet.status, sheet.body[:2]), (200, b"PK"))
    story.steps += ["register", "paste"]


def remind(story: Story) -> None:
    page = story.person("clerk").get(story.at("nhac/"))
    text = page.page.form("text").fields["text"]
    story.expect("the drafted words name the silent", "Phòng Quản lý ngân sách" in text and "30/12/2025" in text, True)
    step(story, "remind", story.at("nhac/"), by="clerk", may=CLERKS, typed={"text": text})
    told = story.person("head").get("/lam-viec/loi-bao/").words
    story.expect("the head reads the reminder", text[:80] in told, True)
    step(story, "send again", story.of_unit("send/"), by="head", may={"head"})
    step(story, "accept", story.of_unit("accept/"), by="clerk", may=CLERKS)
    summary = f"/lam-viec/dang-ky/phong-trao/{story.movement}/"
    only(story, "summary", summary, {*CLERKS, "director", "deputy"}, None)
    for format_, first in (("docx", b"PK"), ("pdf", b"%P"), ("xlsx", b"PK")):
        file = story.person("clerk").get(f"{summary}tong-hop.{format_}")
        story.expect(f"the summary as {format_}", (file.status, file.body[:2]), (200, first))


def step(story: Story, name: str, path: str, *, by: str, may: set[str], typed: dict[str, str] | None = None) -> None:
    """Everybody else is refused, then the right one takes the step."""
    opened = story.person(by).get(path)
    wanted = set(typed or {"version": ""})
    form = next((f for f in opened.page.forms if f.method == "post" and wanted <= set(f.names)), None)
    if form is None:
        raise LookupError(f"{name}: no form at {path} ({opened.status}): {opened.words[:300]}; so far {story.strange}")
    only(story, name, path, may, {**form.fields, **(typed or {})})
    done = story.person(by).post(path, {**form.fields, **(typed or {})})
    story.expect(f"{name} by {by} ({done.words[:200]})", (done.status, done.address == path), (200, False))
    story.steps.append(name)


def only(
    story: Story, name: str, path: str, may: set[str], fields: dict[str, str] | None, *, pages: bool = True
) -> None:
    """Whoever may not take the step gets neither its page nor its act (`fields` None: there is only a page), and nothing changes."""
    before = story.live.ask("Event.objects.count()")
    for role in [*story.live.cast.names, "visitor"]:
        if role in may:
            continue
        person = story.person(role)
        account = "/dang-nhap/" if role == "visitor" else "/tai-khoan/mat-khau/"
        answers = [person.get(path)] if pages else []
        if fields is not None:
            answers.append(person.post(path, {**fields, **_mark(person.get(account)), "bv_owner": ""}))
        for answer in answers:
            if path.endswith("lap-phong-trao/") and answer.status == 405:
                continue  # an address that only takes a press
            if role == "visitor":
                story.expect(f"{name} by a visitor", answer.address.split("?")[0], "/dang-nhap/")
            else:
                story.expect(f"{name} by {role} ({answer.status}): 404 or a reason", is_good_refusal(answer), True)
            story.refused += 1
    story.expect(f"{name}: nothing was written by the refused", story.live.ask("Event.objects.count()"), before)


def is_good_refusal(answer: Answer) -> bool:
    """The page of the unknown, or a refusal with its reason."""
    if answer.status == 404:
        return answer.page.title.startswith("Không có trang này")
    return answer.status == 409 and answer.page.title.startswith("Chưa làm được") and len(answer.words.split()) > 8


def _mark(page: Answer) -> dict[str, str]:
    marks = [form.fields["csrfmiddlewaretoken"] for form in page.page.forms if "csrfmiddlewaretoken" in form.fields]
    return {"csrfmiddlewaretoken": marks[-1] if marks else ""}


def _version(page: Answer) -> str:
    return next((form.fields["version"] for form in page.page.forms if "version" in form.fields), "")
