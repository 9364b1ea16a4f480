"""From a movement that runs to a dossier taken in, over HTTP: bình xét, nominations, evidence, findings, a judgement, papers.

Goes on from tests/journeys/plan_to_registration.py in the same story.
"""

import re

from tests.http_client import Person
from tests.journeys.story import CLERKS, LEADERS, Story, is_good_refusal, only, papers, step, too_early
from tests.reading.hostile_files import HARMLESS

STAFF = "Trần Văn Bình"
LATE = "Hà Văn Thuận"  # served in the division until he died; in the department without an account
DONOR = "Công ty TNHH Nước sạch Bến Tre Vàng"
TEXT = "Rút ngắn 4 ngày thẩm định dự toán, trả lời 31 kiến nghị đúng hạn."
GRADE = "HTTNV"  # a code of the register of grades
WATCHED = "takes_part_in_movement"  # a condition that the machine leaves to a person
NOMINEES: dict[str, dict[str, str]] = {  # what the head types, beside votes and text
    STAFF: {"kind": "person", "award": "advanced_worker", "stream": "cong_trang"},
    "Phòng Quản lý ngân sách": {"kind": "collective", "award": "unit_commendation", "stream": "chuyen_de"},
    DONOR: {
        "kind": "outside_collective", "award": "unit_commendation", "stream": "chuyen_de", "outside_name": DONOR,
        "outside_address": "Xã Nậm Lúc, tỉnh Sông Lam",
    },
    LATE: {"kind": "person", "award": "unit_commendation", "stream": "chuyen_de", "is_posthumous": "on"},
}  # fmt: skip


def open_dossier(story: Story) -> None:
    """By the head, for the movement; a second one for the same movement is not offered."""
    path = "/lam-viec/ho-so/moi/"
    step(story, "open", path, by="head", may={"head", "head_2"}, typed={"dot": story.movement})
    codes = story.live.ask(f"list(Dossier.objects.filter(movement__code='{story.movement}').values_list('code'))")
    story.dossier = codes[0][0] if isinstance(codes, list) and codes else ""
    story.expect("the head is led to the dossier", story.person("head").get(story.of_dossier()).status, 200)
    offered = story.person("head").get(path).body.decode()
    story.expect("no second dossier for the movement", story.movement in offered, False)
    only(story, "see the dossier", story.of_dossier(), {"head", *CLERKS, *LEADERS}, None)
    too_early(story, "submit the dossier", story.of_dossier("buoc/submit/"), by="head", because="biên bản bình xét")
    too_early(story, "accept the dossier", story.of_dossier("buoc/accept/"), by="clerk", because="Đang lập")


def hold_review(story: Story) -> None:
    """Who was there, who was not and why, what was said."""
    path = story.of_dossier("binh-xet/")
    page = story.person("head").get(path).body.decode()
    chair, secretary = (
        re.findall(rf'<option value="(\w+)"[^>]*>\s*{name}', page)[0] for name in ("Vũ Thanh Mai", STAFF)
    )
    held = {
        "held_on": "20/12/2025", "place": "Phòng họp tầng 2", "chair": chair, "secretary": secretary,
        "minutes": "Từng người báo cáo kết quả.\nCác ý kiến nhất trí với danh sách đề nghị.",
    }  # fmt: skip
    absent = story.person("head").press(path, **held, **{f"absent_{chair}": "đi công tác"})
    story.expect("who is away does not chair", (absent.status, "đang ghi là vắng" in absent.words), (422, True))
    step(story, "review_unit", path, by="head", may={"head"}, typed=held)


def nominate(story: Story) -> None:
    """A colleague, the unit, a donor from outside and a colleague who died."""
    path, head = story.of_dossier("de-nghi/moi/"), story.person("head")
    body = head.get(path).body.decode()
    for name, given in NOMINEES.items():
        who = re.findall(rf'<option value="(\w+)"[^>]*>\s*(?:Tập thể: )?{name}', body)
        typed = {**given, "who": who[0] if who else "", "achievement": TEXT, "votes_for": "2", "votes_total": "2"}
        if name == LATE:
            living = head.press(path, **{**typed, "is_posthumous": ""})
            story.expect("who died is honoured after death", "truy tặng" in living.words, True)
        form = head.get(path).page.form("achievement")
        sent = {**form.fields, **typed}
        only(story, f"nominate {name}", path, {"head"}, sent)
        made = head.post(path, sent)
        story.expect(f"nominated: {name} ({made.words[:200]})", (made.status, made.address == path), (200, False))
        story.lines[name] = made.address
        again = head.post(path, sent)
        story.expect(f"{name}: a second press adds no line", again.address, story.of_dossier())
    words = head.get(story.of_dossier()).words
    story.expect("all stand in the dossier", [name for name in NOMINEES if name not in words], [])
    count = story.live.ask(f"Nomination.objects.filter(dossier__code='{story.dossier}').count()")
    story.expect("as many lines as nominees", count, len(NOMINEES))
    story.expect("the dead man's line says so", "(truy tặng)" in head.get(story.lines[LATE]).words, True)
    own = story.person("staff").get(story.of_dossier()).page.links
    seen = [name for name, address in story.lines.items() if address in own]
    story.expect("staff see their own line only", seen, [STAFF])
    story.steps.append("nominate")


def attach(story: Story) -> None:
    """A report as evidence; it counts when it was found in order, and then comes back as it was sent."""
    head, line = story.person("head"), story.lines[STAFF]
    only(story, "attach", f"{line}minh-chung/", {"head"}, {"evidence_kind": "report"})
    report = HARMLESS["pdf"][1]
    head.attach(line, ("bao-cao.pdf", report), evidence_kind="report")
    story.live.until_done()
    page = head.get(line)
    story.expect("the evidence is usable", "Dùng được" in page.words, True)
    link = next((link for link in page.page.links if "/minh-chung/" in link), "")
    story.expect("the evidence comes back as sent", head.get(link).body == report, True)
    only(story, "read the evidence", link, {"head", "staff", *CLERKS, *LEADERS}, None)
    story.steps.append("attach")


def look_at_findings(story: Story) -> None:
    """Every nominee with an outcome, its conditions and the articles; what is missing leads to the entry form and back."""
    clerk, line = story.person("clerk"), story.lines[STAFF]
    for name, address in story.lines.items():
        words = clerk.get(address).words
        story.expect(f"{name}: the findings cite the law", "Luật Thi đua, khen thưởng 2022" in words, True)
    page = clerk.get(next(link for link in clerk.get(line).page.links if "/lam-viec/dieu-kien/" in link))
    entry = next((link for link in page.page.links if "so=grades" in link and "nam=2025" in link), "")
    story.expect("a missing record has a link to its form", bool(entry), True)
    grade = {"kind": GRADE, "paper_number": "31/QĐ-STC", "paper_on": "15/12/2025", "issuer": "Giám đốc Sở"}
    only(story, "enter a record", entry, CLERKS, {**clerk.get(entry).page.form("paper_number").fields, **grade})
    back = clerk.press(entry, **grade)
    story.expect(f"the entry comes back ({back.words[:200]})", (back.status, back.address), (200, page.address))
    story.expect("the new record is shown as the proof", "31/QĐ-STC" in back.words, True)
    story.steps.append("findings")


def judge(story: Story) -> None:
    """What the machine leaves open is answered by a person with the text opened; the answer stays."""
    line = story.lines[STAFF]
    given = {"answer": "yes", "instrument": "Báo cáo số 45/BC-STC", "opened_on": "20/12/2025", "scope": "round"}
    path = f"{line}nhan-dinh/?dieu-kien={WATCHED}"
    step(story, "judge", path, by="clerk", may=CLERKS | LEADERS, typed={**given, "article": "mục II"})
    for role in ("clerk", "head", "staff"):
        words = story.person(role).get(line).words
        story.expect(f"the answer stays for {role}", "Báo cáo số 45/BC-STC, mục II" in words, True)


def submit(story: Story) -> None:
    """Submitted, returned with a reason, submitted again, taken in; minutes and list as Word and PDF."""
    step(story, "submit_dossier", story.of_dossier("buoc/submit/"), by="head", may={"head"})
    locked = story.person("head").get(story.of_dossier("de-nghi/moi/"))
    story.expect("nothing is added to a submitted dossier", is_good_refusal(locked), True)
    reason = {"reason": "Xin ghi rõ số liệu của tập thể."}
    step(story, "return_dossier", story.of_dossier("buoc/return/"), by="clerk", may=CLERKS, typed=reason)
    story.expect("the head reads why", reason["reason"] in story.person("head").get(story.of_dossier()).words, True)
    step(story, "submit_again", story.of_dossier("buoc/submit/"), by="head", may={"head"})
    step(story, "accept_dossier", story.of_dossier("buoc/accept/"), by="clerk", may=CLERKS)
    story.live.until_done()
    papers(story, story.of_dossier(), by="clerk", kinds=4)
    seen_by_others(story, story.person("clerk"))


def seen_by_others(story: Story, clerk: Person) -> None:
    """A paper that names everybody is for whoever sees every line; the list also comes as a sheet."""
    paper = next(link for link in clerk.get(story.of_dossier()).page.links if "/van-ban/" in link)
    only(story, "read the list", paper, {"head", *CLERKS, *LEADERS}, None)
    sheet = clerk.get(story.of_dossier("danh-sach.xlsx"))
    story.expect("the list as Excel", (sheet.status, sheet.body[:2]), (200, b"PK"))
