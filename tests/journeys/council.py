"""From accepted nominations to what the council endorsed, over HTTP: nine members in nine browsers, twelve lines, two of three codes.

Goes on from tests/journeys/nominating.py in the same story.
"""

import re
from collections.abc import Callable

from tests.http_client import Person
from tests.journeys.nominating import TEXT
from tests.journeys.story import CLERKS, LEADERS, Story, mark, only, papers, step, too_early

CHAIR, VICE = "director", "deputy"
NINE = ("director", "deputy", "head", "head_2", "member_1", "member_2", "member_3", "member_4", "member_5")
TELLERS = {"head": "registry", "second": "clerk_2", "third": "member_3"}  # field of the form → role
BOARD = set(TELLERS.values())
SEES = {*NINE, *CLERKS, *LEADERS, *BOARD}
RULE = "Quy chế Hội đồng Thi đua, khen thưởng Sở, Điều 6"
HEAD = "Vũ Thanh Mai"  # a member who is nominated herself: eight ballots on her line
OUTSIDE = (
    "Hợp tác xã Chè Nà Lương", "Trường Tiểu học xã Nậm Lúc", "Công ty TNHH Cơ khí Sông Lam", "Hội Nông dân xã Bản Phiệt",
    "Bà Lò Thị Pha", "Ông Giàng A Sử", "Bà H'Linh Êban",
)  # fmt: skip
MORE: dict[str, dict[str, str]] = {
    HEAD: {"kind": "person", "award": "unit_commendation", "stream": "chuyen_de"},
    **{
        name: {
            "kind": "outside_person" if name.startswith(("Bà", "Ông")) else "outside_collective",
            "award": "unit_commendation", "stream": "chuyen_de", "outside_name": re.sub("^(Bà|Ông) ", "", name),
            "outside_address": "Xã Nậm Lúc, tỉnh Sông Lam",
        }
        for name in OUTSIDE
    },
}  # fmt: skip
LINES, FAILING = 12, 7  # how many lines there are, and the one that four of nine agree to
ACTS = re.compile(
    r"có thể làm gì.*?Ai đã tham gia"
)  # what one may do next: with the last ballot the vote may be closed
CODE = re.compile(r"\b(?:[0-9a-z]{4} ){6}[0-9a-z]{4}\b")
TOOK_PART = (  # what may differ between two looks at a page while the vote is open: who took part, and how many
    (r"Đang bỏ phiếu: \d+ trên 9", "Đang bỏ phiếu: n trên 9"),
    (r"(Đã|Chưa) bỏ phiếu", "bỏ phiếu hay chưa"),
    (r"Còn \d+ thành viên (đang dự họp|dự họp) chưa bỏ phiếu\.", ""),
    (r" Đổi phiếu của(?: [^\W\d]+)+(?= \d)", ""),
    (r"Nhắc \d+ người chưa bỏ phiếu", "Nhắc n người"),
    (r"Thu về, đang niêm phong \d+", "Thu về n"),
)


def nominate_more(story: Story) -> None:
    """Eight more, so that twelve lines come before the council: the head herself and people from outside."""
    path, head = story.of_dossier("de-nghi/moi/"), story.person("head")
    body = head.get(path).body.decode()
    for name, given in MORE.items():
        who = re.findall(rf'<option value="(\w+)"[^>]*>\s*{name}', body)
        typed = {**given, "who": who[0] if who else "", "achievement": TEXT, "votes_for": "2", "votes_total": "2"}
        made = head.press(path, **typed)
        story.expect(f"nominated: {name} ({made.words[:200]})", (made.status, made.address == path), (200, False))
        story.lines[name] = made.address
    story.steps.append("nominate more")


def establish(story: Story) -> None:
    """Nine members with a vote and a secretary without one, in the order of the decision."""
    typed = {
        "name": "Hội đồng Thi đua, khen thưởng Sở Tài chính", "decision": "Quyết định số 58/QĐ-STC",
        "decided_on": "20/03/2025", "valid_from": "20/03/2025",
    }  # fmt: skip
    step(story, "establish", "/lam-viec/hoi-dong/moi/", by="clerk", may=CLERKS, typed=typed)
    story.council = str(_first(story, "Council.objects.order_by('-pk').values_list('code', flat=True)"))
    place, clerk = f"/lam-viec/hoi-dong/{story.council}/", story.person("clerk")
    roles = {CHAIR: "chair", VICE: "vice", **dict.fromkeys(NINE[2:], "member")}
    for name, role in roles.items():
        added = clerk.press(f"{place}thanh-vien/", person=code_of(story, name), role=role)
        story.expect(f"{name} sits ({added.words[:200]})", added.address, place)
    form = clerk.get(f"{place}thanh-vien/").page.form("person")
    without = {name: value for name, value in form.fields.items() if name != "has_vote"}
    secretary = {**without, "person": code_of(story, "clerk"), "role": "secretary"}
    only(story, "add a member", f"{place}thanh-vien/", CLERKS, secretary)
    clerk.post(f"{place}thanh-vien/", secretary)
    voting = story.live.ask(
        f"[Council.objects.get(code='{story.council}').members.filter(has_vote=v).count() for v in (True, False)]"
    )
    story.expect("members with a vote and without", voting, [9, 1])


def prepare(story: Story) -> None:
    """A session, its agenda of twelve lines, three code-holders, and each share that the book leaves to the council."""
    held = {"held_on": "20/12/2025", "place": "phòng họp tầng 3", "mode": "online"}
    path = f"/lam-viec/hoi-dong/{story.council}/phien-moi/"
    step(story, "session", path, by="clerk", may=CLERKS, typed=held)
    story.session = str(_first(story, "Session.objects.order_by('-pk').values_list('code', flat=True)"))
    too_early(story, "convene", story.of_session("buoc/convene/"), by="clerk", because="Phiên họp còn thiếu")
    clerk, agenda = story.person("clerk"), story.of_session("chuong-trinh/")
    only(story, "agenda", agenda, CLERKS, {"dot": story.dossier})
    clerk.post(agenda, {**mark(clerk.get(agenda)), "dot": story.dossier})
    count = f"Session.objects.get(code='{story.session}').lines.count()"
    story.expect("lines on the agenda", story.live.ask(count), LINES)
    story.steps.append("agenda")
    people = {field: code_of(story, role) for field, role in TELLERS.items()}
    step(story, "counting board", story.of_session("ban-kiem-phieu/"), by="clerk", may=CLERKS, typed=people)
    step(story, "convene", story.of_session("buoc/convene/"), by="clerk", may=CLERKS)
    shares = sorted({link for link in clerk.get(agenda).page.links if "/ty-le/" in link})
    story.expect("shares that wait for a text opened", len(shares), 2)
    too_early(story, "freeze", story.of_session("buoc/freeze/"), by="clerk", because="xác nhận tỷ lệ phiếu")
    for place in shares:
        step(story, "share", place, by="clerk", may=CLERKS, typed={"text": RULE})
    only(story, "see the session", story.of_session(), SEES, None)


def declare(story: Story) -> None:
    """Each declares before a file opens; nobody votes on the own line; the roll; three codes, each shown once."""
    path = story.of_session("khai/")
    only(story, "declare", path, {*NINE, "clerk"}, {"sure": "on"})
    line = story.of_session(f"ho-so/{story.lines[HEAD].strip('/').rpartition('/')[2]}/")
    for role in NINE:
        member = story.person(role)
        story.expect(f"{role}: no file before the declaration", member.get(line).status, 409)
        told = member.press(path, sure="on")
        story.expect(f"{role} declared ({told.words[:200]})", told.address, story.of_session())
        story.expect(f"{role}: the file opens", member.get(line).status, 409 if role == "head" else 200)
    story.steps.append("declare")
    step(story, "roll", story.of_session("diem-danh/"), by="clerk", may=CLERKS, typed={"s1": "here"})
    too_early(story, "freeze", story.of_session("buoc/freeze/"), by="clerk", because="mã")
    only(story, "take a code", story.of_session("ma/"), BOARD, {})
    for role in TELLERS.values():
        teller = story.person(role)
        story.codes += CODE.findall(teller.press(story.of_session("ma/")).words)
        story.expect(f"{role}: the code is shown once", CODE.findall(teller.get(story.of_session("ma/")).words), [])
    story.expect("codes taken", len(story.codes), 3)
    story.steps.append("codes")


def letters_of(place: int) -> str:
    """What the member at a place chooses, line by line: many agree, line FAILING fails, one leaves a line blank."""
    chosen = ["0" if (place * 5 + line * 3) % 11 == 0 else "1" for line in range(1, LINES + 1)]
    chosen[FAILING - 1] = "1" if place < 4 else "0"
    if place == 5:
        chosen[1] = "-"
    return "".join(chosen)


def vote(story: Story) -> None:
    """Frozen with the password, then nine ballots; no page says more than who took part."""
    password = {"password": story.live.cast.passwords["clerk"]}
    too_early(story, "vote", story.of_session("phieu/"), by="member_1", because="chưa mở")
    step(story, "freeze", story.of_session("buoc/freeze/"), by="clerk", may=CLERKS, typed=password)
    only(story, "see a ballot", story.of_session("phieu/"), set(NINE), None)
    only(story, "vote", story.of_session("phieu/bo/"), set(NINE), {"l1": "1"}, pages=False)
    too_early(story, "open", story.of_session("mo-phieu/"), by="registry", because="Đang bỏ phiếu")
    own = story.live.ask(
        f"Session.objects.get(code='{story.session}').lines.get(nomination__name_then='{HEAD}').position"
    )
    before = {role: faces(story, role) for role in ("clerk", "clerk_2", "registry", "staff")}
    for place, role in enumerate(NINE):
        letters = list(letters_of(place))
        if role == "head":
            letters[int(str(own)) - 1] = "x"  # no ballot on her own line
        cast(story, role, letters)
        story.votes[role] = "".join(letters)
        for other, known in before.items():
            for path, words in faces(story, other).items():
                was = known[path]
                if role == NINE[-1]:
                    words, was = ACTS.sub("", words), ACTS.sub("", was)
                told = [(old, new) for old, new in zip(was.split(), words.split(), strict=False) if old != new][:5]
                story.expect(
                    f"{other} at {path} after ballot {place + 1} learns who took part only",
                    (told, words == was),
                    ([], True),
                )
        shown = story.person("clerk").get(story.of_session()).words
        story.expect("the secretary sees how many took part", f"Đang bỏ phiếu: {place + 1} trên 9" in shown, True)
        again = story.person(role).post(
            story.of_session("phieu/bo/"), {**mark(story.person(role).get("/lam-viec/")), "l1": "1"}
        )
        story.expect(f"{role}: one ballot only", (again.status, "niêm phong" in again.words), (409, True))
    for rest in ("ket-qua.xlsx", "ban-xem-truoc/kiem-phieu.pdf", "ban-xem-truoc/hop.docx"):
        for role in ("clerk", CHAIR, "registry", "administrator"):
            story.expect(
                f"{rest} before closing for {role}", story.person(role).get(story.of_session(rest)).status, 404
            )
    story.steps.append("vote")


def cast(story: Story, role: str, letters: list[str]) -> None:
    """Nothing preset; choose, read once more, put in."""
    member = story.person(role)
    form = member.get(story.of_session("phieu/")).page.form("l2")
    story.expect(f"{role}: nothing is preset", [name for name in form.fields if re.fullmatch(r"l\d+", name)], [])
    chosen = {f"l{place}": letter for place, letter in enumerate(letters, start=1) if letter in "01"}
    review = member.post(story.of_session("phieu/xem-lai/"), {**form.fields, **chosen})
    sealed = review.page.form(button="Bỏ phiếu")
    story.expect(
        f"{role}: the review repeats the choice", {n: v for n, v in sealed.fields.items() if n[0] == "l"}, chosen
    )
    put = member.post(sealed.action, sealed.fields)
    story.expect(f"{role}: sealed", (put.address, "đã niêm phong" in put.words), (story.of_session(), True))


def faces(story: Story, role: str) -> dict[str, str]:
    """Every page on which somebody could look for a number, in words, without who took part."""
    person: Person = story.person(role)
    found = {}
    for path in (
        story.of_session(), f"/lam-viec/hoi-dong/{story.council}/", "/lam-viec/hoi-dong/", story.of_dossier(),
        story.lines[HEAD], "/lam-viec/loi-bao/",
    ):  # fmt: skip
        found[path] = without_who(person.get(path).words)
    return found


def without_who(words: str) -> str:
    """A page's words without who took part and how many."""
    for pattern, stands in TOOK_PART:
        words = re.sub(pattern, stands, words)
    return " ".join(words.split())


def open_box(story: Story) -> None:
    """One code does not open, nor the same twice, nor wrong ones, nor two right ones in the hands of somebody else."""
    step(story, "close", story.of_session("buoc/close/"), by="clerk", may={*CLERKS, *BOARD})
    path, teller = story.of_session("mo-phieu/"), story.person("registry")
    first, second, third = story.codes
    only(story, "open", path, BOARD, {"first": first, "second": third})
    counted = f"Session.objects.get(code='{story.session}').lines.filter(agreed__isnull=False).count()"
    for name, typed in {
        "one code": (first, ""), "the same twice": (first, first), "wrong codes": (first[::-1], second[::-1]),
    }.items():  # fmt: skip
        refused = teller.press(path, first=typed[0], second=typed[1])
        story.expect(f"{name}: refused in words", (refused.status, first in refused.body.decode()), (422, False))
        story.expect(f"{name}: nothing is counted", story.live.ask(counted), 0)
        story.refused += 1
    opened = teller.press(path, first=first, second=third)
    story.expect(f"two codes open ({opened.words[:200]})", opened.address, story.of_session())
    story.steps.append("open")


def tally(votes: dict[str, str]) -> list[tuple[int, int, int, bool]]:
    """An independent count of what was cast: agreed, against, invalid, and whether more than half of nine agreed."""
    rows = []
    for place in range(LINES):
        cast_ = [letters[place] for letters in votes.values()]
        agreed = cast_.count("1")
        rows.append((agreed, cast_.count("0"), cast_.count("-"), agreed * 2 > 9))
    return rows


def result(story: Story) -> None:
    """Everybody in the session reads the counts, equal to those of what was cast; minutes; the chair concludes."""
    story.live.until_done()
    wanted = tally(story.votes)
    session = f"Session.objects.get(code='{story.session}')"
    rows = story.live.ask(
        f"[list(one) for one in {session}.lines.order_by('position').values_list('agreed', 'against', 'invalid', 'passed')]"
    )
    story.expect("counts", rows, [list(row) for row in wanted])
    for role in ("clerk", "member_5"):
        words = story.person(role).get(story.of_session()).words
        told = re.findall(r"(Đạt|Không đạt) ?(\d+)/9, [\d,]+ ?% (\d+) (\d+) (\d+)", words)
        read = [(int(a), int(b), int(c), word == "Đạt") for word, _, a, b, c in told]
        story.expect(f"{role} reads every count", read, wanted)
        story.expect(f"{role} reads the result", "11 trên 12 trường hợp đạt tỷ lệ" in words, True)
    story.expect(
        "envelopes left",
        story.live.ask("__import__('bangvang.council.models', fromlist=['x']).Envelope.objects.count()"),
        0,
    )
    too_early(
        story,
        "conclude",
        story.of_session("buoc/conclude/"),
        by=CHAIR,
        because="kết luận",
        version=_first(story, f"Session.objects.filter(code='{story.session}').values_list('version', flat=True)"),
    )
    typed = {"discussion": "Các thành viên nhất trí với danh sách.", "conclusion": "Trình Giám đốc Sở quyết định."}
    step(story, "minutes", story.of_session("bien-ban/"), by="clerk", may=CLERKS, typed=typed)
    password = {"password": story.live.cast.passwords[CHAIR]}
    step(story, "conclude", story.of_session("buoc/conclude/"), by=CHAIR, may={CHAIR}, typed=password)
    story.live.until_done()
    papers(story, story.of_session(), by="clerk", kinds=2)


def code_of(story: Story, role: str) -> str:
    return str(
        _first(
            story,
            f"User.objects.filter(username='{story.live.cast.names[role]}').values_list('person__code', flat=True)",
        )
    )


def _first(story: Story, query: str) -> object:
    return story.live.ask(f"list({query}[:1])[0]")


STEPS: tuple[Callable[[Story], None], ...] = (establish, prepare, declare, vote, open_box, result)
