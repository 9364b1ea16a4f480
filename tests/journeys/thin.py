"""The thin journey over HTTP: a typed plan, returned, approved, numbered, issued as papers, shown to the public.

Each step is first tried by everybody who may not take it. Whatever differs from what should be is collected in words.
"""

from dataclasses import dataclass, field
from io import BytesIO

from tests.http_client import Answer, Person
from tests.live import Live

PLAN = {
    "title": "Tổ chức phong trào “Tiếp dân đúng hẹn”",
    "theme": "Giải ngân từng hồ sơ",
    "kind": "regular",
    "starts_on": "01/04/2026",
    "ends_on": "31/12/2026",
    "end_condition": "",
    "bases": "Quy chế làm việc của Sở",
    "purposes": "Trả kết quả đúng ngày đã hẹn.",
    "requirements": "Làm thường xuyên, không hình thức.",
    "contents": "1. Rà soát quy trình\n2. Công khai ngày hẹn",
    "collective_criteria": "- Không có hồ sơ trễ hẹn",
    "individual_criteria": "- Hoàn thành tốt nhiệm vụ được giao",
    "awards": "Giấy khen của Giám đốc Sở: dẫn đầu phong trào",
    "duties": "Văn phòng Sở theo dõi, tổng hợp",
    "recipients": "Các phòng, đơn vị thuộc Sở (t/h)\nLưu: VT",
}
NEW = "/lam-viec/phong-trao/moi/"
SIGNERS = {"director", "deputy"}  # the deputy signs for the director by delegation


@dataclass
class Story:
    """What happened: `strange` lists in words everything that was not as it should be; `refused` counts good refusals."""

    live: Live
    code: str = ""
    steps: list[str] = field(default_factory=list)
    refused: int = 0
    reasons: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        if role not in self.people:
            self.people[role] = self.live.person("" if role == "visitor" else role)
        return self.people[role]

    def at(self, rest: str = "") -> str:
        return f"/lam-viec/phong-trao/{self.code}/{rest}"

    def expect(self, what: str, got: object, want: object) -> None:
        if got != want:
            self.strange.append(f"{what}: {got!r}, expected {want!r}")


def play(live: Live) -> Story:
    """The whole story, from the empty form to the portal."""
    story = Story(live)
    _step(story, "draft", NEW, by="clerk", may={"clerk", "clerk_2"}, typed=PLAN)
    _step(story, "submit", "submit/", by="clerk", may={"clerk", "clerk_2"})
    reason = "Tiêu chí đối với tập thể còn chung chung."
    _step(story, "return", "return/", by="director", may=SIGNERS, typed={"reason": reason})
    told = story.person("clerk").get("/lam-viec/loi-bao/").words
    story.expect("the drafter reads the reason", reason in told, True)
    better = {"collective_criteria": "Từ 98 % hồ sơ trả đúng hẹn trở lên"}
    _step(story, "edit", "sua/", by="clerk", may={"clerk", "clerk_2"}, typed=better)
    _step(story, "submit", "submit/", by="clerk", may={"clerk", "clerk_2"})
    _step(story, "approve", "approve/", by="director", may=SIGNERS, typed={"password": live.cast.passwords["director"]})
    number = {"number": "915", "issued_on": "19/12/2025"}
    _step(story, "issue", "issue/", by="registry", may={"registry"}, typed=number)
    _papers(story)
    _step(story, "publish", "publish/", by="clerk", may={"clerk", "clerk_2"})
    _portal(story)
    _told(story)
    return story


def _step(
    story: Story, name: str, address: str, *, by: str, may: set[str], typed: dict[str, str] | None = None
) -> None:
    """One step: everybody else is refused, the public sees nothing, then the right one does it."""
    path = address if address.startswith("/") else story.at(address)
    form = next(f for f in story.person(by).get(path).page.forms if f.method == "post" and set(typed or {"version": ""}) <= set(f.names))
    sent = {**form.fields, **(typed or {})}
    before = _state(story)
    for role in [*story.live.cast.names, "visitor"]:
        if role not in may:
            _is_refused(story, name, role, path, sent)
    story.expect(f"{name}: nothing changed by the refused", _state(story), before)
    _is_hidden(story, f"before {name}")
    done = story.person(by).post(path, sent)
    if not story.code:
        story.code = done.address.strip("/").rpartition("/")[2]
    story.expect(f"{name} by {by} leads to the plan's page", (done.status, done.address), (200, story.at()))
    story.steps.append(name)


def _is_refused(story: Story, name: str, role: str, path: str, sent: dict[str, str]) -> None:
    """Neither the page nor the act: 404, or a refusal that says why; a visitor is asked to log in."""
    person = story.person(role)
    page = "/dang-nhap/" if role == "visitor" else "/tai-khoan/mat-khau/"
    mark = next(form.fields for form in person.get(page).page.forms if form.method == "post")["csrfmiddlewaretoken"]
    answers = [person.get(path), person.post(path, {**sent, "csrfmiddlewaretoken": mark, "bv_owner": ""})]
    for answer in answers:
        if role == "visitor":
            story.expect(f"{name} by a visitor", answer.address.split("?")[0], "/dang-nhap/")
        else:
            story.expect(f"{name} by {role} ({answer.status}): 404 or a reason", _is_good_refusal(answer), True)
        story.refused += 1
    if answers[1].status == 409:
        story.reasons.append(f"{name} by {role}: {answers[1].words[:160]}")


def _is_good_refusal(answer: Answer) -> bool:
    if answer.status == 404:
        return answer.page.title.startswith("Không có trang này")
    return answer.status == 409 and answer.page.title.startswith("Chưa làm được") and len(answer.words.split()) > 8


def _state(story: Story) -> object:
    return story.live.ask("list(Movement.objects.values_list('state', 'publicity', 'version')) + [Event.objects.count()]")


def _is_hidden(story: Story, when: str) -> None:
    visitor = story.person("visitor")
    shown = [path for path in ("/", "/phong-trao/", "/phong-trao/?q=giai+ngan") if PLAN["theme"] in visitor.get(path).words]
    story.expect(f"{when}: the plan is not on the portal", shown, [])
    if story.code:
        story.expect(f"{when}: its public page", visitor.get(f"/phong-trao/{story.code}/").status, 404)


def _papers(story: Story) -> None:
    """Word and PDF, byte for byte the same for everybody who may see the plan."""
    from docx import Document

    story.live.until_done()
    links = [link for link in story.person("clerk").get(story.at()).page.links if "/van-ban/" in link]
    story.expect("two papers", sorted(link.rpartition(".")[2] for link in links), ["docx", "pdf"])
    for link in links:
        mine, theirs = story.person("clerk").get(link), story.person("staff").get(link)
        story.expect("a paper is an attachment", mine.headers.get("content-disposition", "")[:37], "attachment; filename=\"Ke-hoach-915-KH")
        story.expect("the same bytes for two readers", mine.body == theirs.body, True)
        story.expect("not for the administrator", story.person("administrator").get(link).status, 404)
        story.expect("not for a visitor", story.person("visitor").get(link).address.split("?")[0], "/dang-nhap/")
        if link.endswith(".pdf"):
            story.expect("a PDF", mine.body[:5], b"%PDF-")
        else:
            text = " ".join(p.text for p in Document(BytesIO(mine.body)).paragraphs)
            story.expect("the Word file has the plan", "Công khai ngày hẹn" in text, True)
    story.steps.append("papers")


def _portal(story: Story) -> None:
    found = story.person("visitor").get("/phong-trao/?q=giai+ngan+tung+ho+so")
    story.expect("found without diacritics", f"/phong-trao/{story.code}/" in found.page.links, True)
    shown = story.person("visitor").get(f"/phong-trao/{story.code}/").words
    story.expect("number and day on the portal", "915/KH-STC, 19/12/2025" in shown, True)
    story.expect("what was improved after the return is shown", "Từ 98 % hồ sơ trả đúng hẹn trở lên" in shown, True)
    story.steps.append("portal")


def _told(story: Story) -> None:
    """Each step is an event, on the page and in the chain."""
    verbs = story.live.ask("list(Event.objects.filter(links__root_kind='movement', links__root_id=Movement.objects.get(code='%s').pk).order_by('links__seq').values_list('verb', flat=True))" % story.code)
    story.expect(
        "the events",
        verbs,
        ["movement.draft", "movement.submit", "movement.return", "movement.edit", "movement.submit", "movement.approve",
         "movement.issue", "publicity.publish"],
    )  # fmt: skip
    words = story.person("clerk").get(story.at()).words
    acts = ("bắt đầu soạn", "trình duyệt kế hoạch", "trả lại kế hoạch", "sửa kế hoạch", "duyệt kế hoạch", "ghi số và ban hành", "lên trang công khai")
    story.expect("the story on the page", [act for act in acts if act not in words], [])
    story.expect("no traceback in the log", "Traceback" in story.live.log(), False)
