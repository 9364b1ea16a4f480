"""Steps that several stories of the seeds take: from the document to the movement before the divisions, reports, a review, a dossier."""

import re
from collections.abc import Mapping

from tests.journeys import story
from tests.journeys.seeds import Telling
from tests.journeys.story import CLERKS, LEADERS

READ = "/lam-viec/ban-doc/"
WAITING = re.compile(r'name="field"\s+value="(\w+)"\s*>\s*<button[^>]*name="how" value="(right|blank)"')


def read_document(
    told: Telling, *, asked: Mapping[str, str], looked: Mapping[str, str], unwritten: frozenset[str], says: str = ""
) -> None:
    """From the seed's file to a drafted movement.

    What the machine is sure of is confirmed at once; what it doubts (`looked`: field → what the person writes, empty: as it was read) is
    looked at one by one; what the document does not say (`unwritten`) is asked of a person (`asked`), and else left blank: never invented.
    """
    assert told.seed is not None
    file = told.seed.file
    assert file is not None
    story.only(told, "upload", READ, CLERKS, {})
    told.review = told.person("clerk").attach(READ, (file.name, file.read_bytes())).address
    told.live.until_done()
    told.look("clerk", told.review, "Bản nháp phong trào", *filter(None, [says]))
    _answers(told, "", "all_sure")
    waiting = dict(WAITING.findall(told.person("clerk").get(told.review).body.decode()))
    doubted = {name for name, how in waiting.items() if how == "right"}
    told.expect("what a person must look at", doubted, set(looked))
    told.expect("what the document does not say", waiting.keys() - doubted, set(unwritten))
    make = f"{told.review}lap-phong-trao/"
    early = told.person("clerk").post(make, {**story.mark(told.person("clerk").get(told.review)), "version": "1"})
    told.expect("no movement while something waits", (early.status, "Còn" in early.words), (409, True))
    for name, how in waiting.items():
        text = (asked if how == "blank" else looked).get(name, "")
        _answers(told, name, "corrected" if text else how, text)
    page = told.person("clerk").get(told.review)
    made = told.person("clerk").post(make, {**story.mark(page), "version": story.version(page)})
    told.movement = made.address.strip("/").rpartition("/")[2]
    told.expect(f"the movement is made ({made.words[:400]})", (made.status, made.address), (200, told.at()))
    told.steps += ["upload", "review"]


def _answers(told: Telling, field_: str, how: str, text: str = "") -> None:
    clerk = told.person("clerk")
    page = clerk.get(told.review)
    given = {"field": field_, "how": how, "text": text, "version": story.version(page)}
    answer = clerk.post(told.review, {**story.mark(page), **given})
    told.expect(f"answer {how} of {field_} ({answer.words[:300]})", answer.status, 200)


def from_template(told: Telling, key: str, name: str, **typed: str) -> None:
    """A plan of the library, changed where the department differs; its code is kept under `name`."""
    told.look("clerk", "/lam-viec/phong-trao/mau/", "mẫu")
    path = f"/lam-viec/phong-trao/moi/?mau={key}"
    made = told.does(f"plan {name}", path, by="clerk", may=CLERKS, **typed)
    told.movement = told.codes_of[name] = made.address.strip("/").rpartition("/")[2]


def issue_plan(told: Telling, *, number: str, day: str) -> None:
    """Submitted, approved by the director, numbered by the registry; its papers are read by a colleague."""
    told.steps_on("submit", told.at("submit/"), by="clerk", may=CLERKS)
    password = told.live.cast.passwords["director"]
    told.steps_on("approve", told.at("approve/"), by="director", may=LEADERS, password=password)
    told.steps_on("issue", told.at("issue/"), by="registry", may={"registry"}, number=number, issued_on=day)
    told.live.until_done()
    story.papers(told, told.at(), by="staff", kinds=1)


def roll_out(told: Telling, *, acknowledge_by: str, register_by: str, duties_by: str) -> None:
    """To every division of the department; each duty that somebody has becomes a task with a day."""
    path = told.at("trien-khai/")
    page = told.person("clerk").get(path)
    form = page.page.form("acknowledge_by")
    chosen = [told.choice("clerk", path, name) for name in told.seed.department.units.values()]  # type: ignore[union-attr]
    dues = {name: duties_by for name in form.names if name.startswith("due_")}
    fields = {**form.fields, **dues, "acknowledge_by": acknowledge_by, "register_by": register_by}
    story.only(told, "roll out", path, CLERKS, fields)
    done = told.person("clerk").post(path, {**fields, "units": chosen})
    told.expect(f"roll out ({done.words[:300]})", (done.status, done.address), (200, told.at()))
    told.live.until_done()
    told.steps.append("roll out")
    told.look("clerk", told.at(), *told.seed.department.units.values(), "Chưa xác nhận", "Chưa gửi")  # type: ignore[union-attr]


def acknowledge(told: Telling, *heads: tuple[str, str]) -> None:
    """Each of these heads (place, who leads there) takes the movement on."""
    for head, leader in heads:
        told.look(head, "/lam-viec/", "Xác nhận phong trào")
        who = told.choice(head, told.at("xac-nhan/"), told.name(leader))
        told.does(f"acknowledge by {head}", told.at("xac-nhan/"), by=head, may=told.heads, leader=who)
        told.look("clerk", told.at(), f"phụ trách: {told.name(leader)}")
        told.leads[head] = leader


def registers(told: Telling, head: str, *lines: tuple[str, str, str]) -> None:
    """The head writes lines (place in the story or "unit", award, target), sends them; the clerk takes them in."""
    code = told.registration_of(head)
    path = f"/lam-viec/dang-ky/{code}/"
    for who, award, target in lines:
        value = "tap-the" if who == "unit" else told.choice(head, path, told.name(who))
        done = told.person(head).press(path, who=value, award=award, target=target)
        told.expect(f"{head} registers {who} ({done.words[:300]})", (done.status, target in done.words), (200, True))
    told.steps_on(f"{head} sends the registration", f"{path}send/", by=head, may={head})
    told.steps_on(f"registration of {head} taken in", f"{path}accept/", by="clerk", may=CLERKS)


def adopts(told: Telling, head: str, text: str = "") -> str:
    """The division carries the plan out as it is, or (with text) by a plan of its own; returns the code of its page."""
    code = told.made(
        f"plan of {head}",
        f"RollOut.objects.filter(movement__code='{told.movement}', unit__name='{told.unit_of(head)}')",
    )
    path = f"/lam-viec/ke-hoach-don-vi/{code}/ghi/"
    given = {"kind": "own", "text": text} if text else {"kind": "adopted"}
    told.does(f"{head} plans", path, by=head, may={head, told.leads[head]}, **given)
    return code


def opens_period(told: Telling, name: str, starts: str, ends: str, due: str) -> str:
    """A period of reports before all divisions; returns its code."""
    given = {"name": name, "starts_on": starts, "ends_on": ends, "due_on": due}
    told.does(
        f"period {name}", f"/lam-viec/tien-do/phong-trao/{told.movement}/ky-moi/", by="clerk", may=CLERKS, **given
    )
    return told.made(name, f"Period.objects.filter(movement__code='{told.movement}', name='{name}')")


def sets_indicator(told: Telling, label: str, measure: str, target: str, **more: str) -> None:
    given = {"label": label, "measure": measure, "target": target, **more}
    told.does(
        f"indicator {label}",
        f"/lam-viec/tien-do/phong-trao/{told.movement}/chi-tieu-moi/",
        by="clerk",
        may=CLERKS,
        **given,
    )


def reports(told: Telling, period: str, head: str, writer: str, **typed: str) -> str:
    """Somebody of the division writes its report, the head sends it; returns the report's address."""
    code = told.made(f"report of {head}", told.reports_of(period, head))
    path = f"/lam-viec/tien-do/{code}/"
    told.look(head, "/lam-viec/", "Gửi báo cáo")
    told.does(f"{writer} writes the report", path, by=writer, may={head, writer}, open_to="clerk and leaders", **typed)
    told.steps_on(f"{head} sends the report", f"{path}buoc/send/", by=head, may={head})
    return path


def takes_in(told: Telling, report: str) -> None:
    told.steps_on("report taken in", f"{report}buoc/accept/", by="clerk", may=CLERKS)


def reviews(told: Telling, period: str, *, number: str, day: str, says: str, **words: str) -> str:
    """The review of a period: begun from the board, written, approved, numbered; its papers are read. Returns its address."""
    board = f"/lam-viec/tien-do/phong-trao/{told.movement}/?ky={told.codes_of[period]}"
    opened = told.person("clerk").get(board)
    button = opened.page.form(button="Soạn báo cáo sơ kết, tổng kết")
    path = told.person("clerk").post(button.action, button.fields).address
    told.look("clerk", path, says)
    told.does("review written", path, by="clerk", may=CLERKS, open_to="leaders", **words)
    told.steps_on("review submitted", f"{path}buoc/submit/", by="clerk", may=CLERKS)
    password = told.live.cast.passwords["director"]
    told.steps_on("review approved", f"{path}buoc/approve/", by="director", may=LEADERS, password=password)
    told.steps_on("review issued", f"{path}buoc/issue/", by="registry", may={"registry"}, number=number, issued_on=day)
    told.live.until_done()
    story.papers(told, path, by="staff", kinds=1)
    return path


def opens_dossier(told: Telling, head: str, about: str, rivals: set[str]) -> str:
    """The division's dossier for a movement (its code) or for a year; `rivals` may open one of their own. Returns its address."""
    path = "/lam-viec/ho-so/moi/"
    told.expect(
        f"a dossier for {about} is offered", f'value="{about}"' in told.person(head).get(path).body.decode(), True
    )
    return told.does(f"{head} opens a dossier", path, by=head, may={head, *rivals}, dot=about).address


def holds_meeting(told: Telling, head: str, dossier: str, secretary: str, **held: str) -> None:
    """Bình xét of the division: the head in the chair, everybody there."""
    path = f"{dossier}binh-xet/"
    seats = {
        "chair": told.choice(head, path, told.name(head)),
        "secretary": told.choice(head, path, told.name(secretary)),
    }
    told.does("the division's meeting", path, by=head, may={head}, **seats, **held)


def nominates(told: Telling, head: str, dossier: str, who: str, **given: str) -> str:
    """A line of the dossier for somebody of the division (place in the story) or for the division itself ("unit")."""
    path = f"{dossier}de-nghi/moi/"
    name = told.unit_of(head) if who == "unit" else told.name(who)
    kind = "collective" if who == "unit" else "person"
    typed = {"kind": kind, "who": told.choice(head, path, name), **given}
    line = told.does(f"nominate {who}", path, by=head, may={head}, **typed).address
    told.lines[who] = line
    return line


def hands_in(told: Telling, head: str, dossier: str, *, kinds: int) -> None:
    """The dossier goes to the standing body and is taken in; its papers are read."""
    told.steps_on("dossier submitted", f"{dossier}buoc/submit/", by=head, may={head})
    told.steps_on("dossier taken in", f"{dossier}buoc/accept/", by="clerk", may=CLERKS)
    told.live.until_done()
    story.papers(told, dossier, by="clerk", kinds=kinds)
