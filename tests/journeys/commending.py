"""From dossiers taken in to commendations, in the stories of the seeds: a council of three, a decision, its signed copy, the ledger.

The council's own proof is that of tests/journeys/council.py; here it is small, and what counts is what comes of it.
"""

from collections.abc import Mapping

from tests.journeys import story
from tests.journeys.council import CODE
from tests.journeys.seeds import Telling
from tests.journeys.story import CLERKS, LEADERS

RULE = "Quy chế Hội đồng Thi đua, khen thưởng Sở, Điều 6"
FIRST_NEEDED = {"chair", "vice"}


def council(told: Telling, members: tuple[str, str, str], *, decision: str, day: str) -> None:
    """A council of three with a vote, the first in the chair, and the clerk as its secretary."""
    given = {"name": "Hội đồng Thi đua, khen thưởng Sở", "decision": decision, "decided_on": day, "valid_from": day}
    told.does("council", "/lam-viec/hoi-dong/moi/", by="clerk", may=CLERKS, **given)
    told.council = told.made("council", "Council.objects.order_by('-pk')")
    path = f"/lam-viec/hoi-dong/{told.council}/thanh-vien/"
    for place, role in zip(members, ("chair", "vice", "member"), strict=True):
        told.does(
            f"{place} sits",
            path,
            by="clerk",
            may=CLERKS,
            person=told.choice("clerk", path, told.name(place)),
            role=role,
        )


def session(
    told: Telling, members: tuple[str, str, str], tellers: tuple[str, str, str], dossiers: tuple[str, ...], *,
    day: str, against: Mapping[str, int],
) -> None:  # fmt: skip
    """The dossiers before the council, voted on in secret and opened; `against`: line → how many of the three say no."""
    held = {"held_on": day, "place": "Phòng họp tầng 3", "mode": "online"}
    told.does("session", f"/lam-viec/hoi-dong/{told.council}/phien-moi/", by="clerk", may=CLERKS, **held)
    told.session = told.made("session", "Session.objects.order_by('-pk')")
    agenda = told.of_session("chuong-trinh/")
    for dossier in dossiers:
        clerk, chosen = told.person("clerk"), {"dot": dossier.strip("/").rpartition("/")[2]}  # a button, not a field
        story.only(told, "agenda", agenda, CLERKS, chosen)
        clerk.post(agenda, {**story.mark(clerk.get(agenda)), **chosen})
        told.steps.append("agenda")
    path = told.of_session("ban-kiem-phieu/")
    board = {
        field: told.choice("clerk", path, told.name(place))
        for field, place in zip(("head", "second", "third"), tellers, strict=True)
    }
    told.does("counting board", path, by="clerk", may=CLERKS, **board)
    told.steps_on("convene", told.of_session("buoc/convene/"), by="clerk", may=CLERKS)
    for share in sorted({link for link in told.person("clerk").get(agenda).page.links if "/ty-le/" in link}):
        told.does("share", share, by="clerk", may=CLERKS, text=RULE)
    for place in members:
        told.does(f"{place} declares", told.of_session("khai/"), by=place, may={*members, "clerk"}, sure="on")
    told.person("clerk").post(
        told.of_session("diem-danh/"), told.person("clerk").get(told.of_session("diem-danh/")).page.form("s1").fields
    )
    for place in tellers:
        told.codes += CODE.findall(told.person(place).press(told.of_session("ma/")).words)
    password = told.live.cast.passwords["clerk"]
    told.steps_on("freeze", told.of_session("buoc/freeze/"), by="clerk", may=CLERKS, password=password)
    names = told.live.ask(
        f"list(Session.objects.get(code='{told.session}').lines.order_by('position').values_list('nomination__name_then', 'nomination__award'))"
    )
    assert isinstance(names, list)
    for number, place in enumerate(members):
        _votes(told, place, ["0" if number >= 3 - against.get(f"{name} {award}", 0) else "1" for name, award in names])
    told.steps_on("close", told.of_session("buoc/close/"), by="clerk", may={*CLERKS, *tellers})
    told.does(
        "open", told.of_session("mo-phieu/"), by=tellers[0], may=set(tellers), first=told.codes[0], second=told.codes[2]
    )
    told.live.until_done()
    said = {"discussion": "Các thành viên nhất trí với danh sách.", "conclusion": "Trình Giám đốc Sở quyết định."}
    told.does("minutes", told.of_session("bien-ban/"), by="clerk", may=CLERKS, **said)
    chair, password = members[0], told.live.cast.passwords[members[0]]
    told.steps_on("conclude", told.of_session("buoc/conclude/"), by=chair, may={chair}, password=password)
    told.live.until_done()
    story.papers(told, told.of_session(), by="clerk", kinds=2)


def _votes(told: Telling, place: str, letters: list[str]) -> None:
    """A ballot: chosen, read once more, put in. A line of one's own has none."""
    member = told.person(place)
    form = member.get(told.of_session("phieu/")).page.form(button="Xem lại phiếu")
    chosen = {f"l{number}": letter for number, letter in enumerate(letters, start=1) if f"l{number}" in form.names}
    sealed = member.post(told.of_session("phieu/xem-lai/"), {**form.fields, **chosen}).page.form(button="Bỏ phiếu")
    put = member.post(sealed.action, sealed.fields)
    told.expect(f"{place}'s ballot is sealed", (put.address, "đã niêm phong" in put.words), (told.of_session(), True))


def decision(told: Telling, *, minutes: str, number: str, day: str, money: str = "") -> None:
    """Drafted from what the council endorsed, approved, numbered, compared with its signed copy, issued and shown to everybody.

    `money`: the text that somebody opened for the amounts, where the law book leaves them to a person.
    """
    path = f"/lam-viec/quyet-dinh/moi/{told.movement}/"
    told.does("decision drafted", path, by="clerk", may=CLERKS, minutes_number=minutes, minutes_on=day)
    told.decision = told.made("decision", "Decision.objects.order_by('-pk')")
    if told.of_decision("muc-thuong/") in told.person("clerk").get(told.of_decision()).page.links:
        told.does("money", told.of_decision("muc-thuong/"), by="clerk", may=CLERKS, opened=money, opened_on=day)
    told.steps_on("decision submitted", told.of_decision("buoc/submit/"), by="clerk", may=CLERKS)
    password = told.live.cast.passwords["director"]
    told.steps_on("decision approved", told.of_decision("buoc/approve/"), by="director", may=LEADERS, password=password)
    given = {"number": number, "issued_on": day}
    told.steps_on("decision numbered", told.of_decision("buoc/number/"), by="registry", may={"registry"}, **given)
    registry = told.person("registry")
    signed = registry.get(told.of_decision("ban-xem-truoc/quyet-dinh.pdf")).body
    told.attaches("signed copy", told.of_decision("doi-chieu/"), ("da-ky.pdf", signed), by="registry")
    told.look("registry", told.of_decision("doi-chieu/"), "Bản ký khớp dữ liệu")
    told.steps_on("decision issued", told.of_decision("buoc/issue/"), by="registry", may={"registry"})
    told.live.until_done()
    told.look("visitor", f"/bang-vang/{told.decision}/", status=404)
    told.steps_on("decision shown", told.of_decision("buoc/publish/"), by="clerk", may=CLERKS)
