"""From a plan document to accepted registrations, over HTTP: read, review, approve, issue, roll out, acknowledge, register, remind.

Each step is first tried by everybody who may not take it. Whatever differs from what should be is collected in words.
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.story import CLERKS, LEADERS, Story, mark, only, papers, step, too_early, version

UPLOAD = "/lam-viec/ban-doc/"
PERIOD = {"starts_on": "01/01/2026", "ends_on": "31/12/2026"}  # typed by the clerk when the document names no days
LAST_DAYS = {"acknowledge_by": "24/12/2025", "register_by": "30/12/2025"}
UNIT = "Phòng Quản lý ngân sách"
WAITING = re.compile(r'name="field"\s+value="(\w+)"\s*>\s*<button[^>]*name="how" value="(right|blank)"')


@dataclass(frozen=True)
class Document:
    """A plan without a number: where it is, which values a person must look at one by one, and what it does not say."""

    path: Path
    look: frozenset[str]
    unwritten: frozenset[str]


def prepare(story: Story, document: Document) -> None:
    """From the file to the approved plan, with the seconds that it took."""
    began = time.monotonic()
    upload(story, document)
    review(story, document)
    approve(story)
    story.seconds = time.monotonic() - began


def upload(story: Story, document: Document) -> None:
    file = (document.path.name, document.path.read_bytes())
    only(story, "upload", UPLOAD, CLERKS, {})
    sent = story.person("clerk").attach(UPLOAD, file)
    story.review = sent.address
    story.expect("upload leads to its reading", bool(re.fullmatch(rf"{UPLOAD}\w{{10}}/", sent.address)), True)
    story.live.until_done()
    only(story, "read", story.review, CLERKS, {"field": "title", "how": "right", "version": "1"})
    story.steps.append("upload")


def review(story: Story, document: Document) -> None:
    """Confirm the sure values, look at what is uncertain, type what the document does not say, make the movement."""
    clerk = story.person("clerk")
    page = clerk.get(story.review)
    story.expect("the draft stands beside the document", "Bản nháp phong trào" in page.words, True)
    _answer(story, "", "all_sure")
    page = clerk.get(story.review)
    waiting = dict(WAITING.findall(page.body.decode()))
    looked = {name for name, how in waiting.items() if how == "right"}
    story.expect("each uncertain value waits for a person", looked, set(document.look))
    story.expect("what the document does not say stays open", waiting.keys() - looked, set(document.unwritten))
    refused = clerk.post(f"{story.review}lap-phong-trao/", {**mark(page), "version": version(page)})
    story.expect("no movement before everything was looked at", (refused.status, "Còn" in refused.words), (409, True))
    for name, how in waiting.items():
        typed = PERIOD.get(name, "") if how == "blank" else ""
        _answer(story, name, "corrected" if typed else how, typed)
    only(story, "use", f"{story.review}lap-phong-trao/", CLERKS, {"version": "1"})
    page = clerk.get(story.review)
    made = clerk.post(f"{story.review}lap-phong-trao/", {**mark(page), "version": version(page)})
    story.movement = made.address.strip("/").rpartition("/")[2]
    story.expect(f"the movement is made ({made.words[:300]})", (made.status, made.address), (200, story.at()))
    again = clerk.post(f"{story.review}lap-phong-trao/", {**mark(page), "version": version(page)})
    story.expect("a second press makes no second movement", again.address, story.at())
    story.steps.append("review")


def _answer(story: Story, field_: str, how: str, text: str = "") -> None:
    clerk = story.person("clerk")
    page = clerk.get(story.review)
    given = {"field": field_, "how": how, "text": text, "version": version(page)}
    answer = clerk.post(story.review, {**mark(page), **given})
    story.expect(f"answer {how} of {field_}", answer.status, 200)


def approve(story: Story) -> None:
    too_early(story, "approve", story.at("approve/"), by="director", because="Đang soạn")
    step(story, "submit", story.at("submit/"), by="clerk", may=CLERKS)
    password = {"password": story.live.cast.passwords["director"]}
    too_early(story, "issue", story.at("issue/"), by="registry", because="")
    step(story, "approve", story.at("approve/"), by="director", may=LEADERS, typed=password)


def issue(story: Story) -> None:
    """The registry records number and day; the papers of the plan are made."""
    number = {"number": story.number, "issued_on": "19/12/2025"}
    too_early(story, "roll_out", story.at("trien-khai/"), by="clerk", because="Đã duyệt, chờ cấp số")
    step(story, "issue", story.at("issue/"), by="registry", may={"registry"}, typed=number)
    story.live.until_done()
    papers(story, story.at(), by="staff", kinds=1)


def roll_out(story: Story) -> None:
    """To one of the units that the recipients name; every duty becomes a task with an owner and a day."""
    page = story.person("clerk").get(story.at("trien-khai/"))
    units = re.findall(rf'name="units" value="(\w+)"[^>]*>\s*{UNIT}', page.body.decode())
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
    only(story, "summary", summary, CLERKS | LEADERS, None)
    for format_, first in (("docx", b"PK"), ("pdf", b"%P"), ("xlsx", b"PK")):
        file = story.person("clerk").get(f"{summary}tong-hop.{format_}")
        story.expect(f"the summary as {format_}", (file.status, file.body[:2]), (200, first))
