"""From the council's result to the verification page, over HTTP: decision, signed copy, ledger, notices, portal, certificate.

Goes on from tests/journeys/council.py in the same story.
"""

import re
from collections.abc import Callable

from tests.journeys.council import HEAD, LINES, tally
from tests.journeys.nominating import STAFF
from tests.journeys.story import CLERKS, LEADERS, Story, only, papers, step, too_early

MINUTES = {"minutes_number": "05/BB-HĐTĐKT", "minutes_on": "20/12/2025"}
NUMBER = {"number": "431", "issued_on": "20/12/2025"}
DECIDED = "Quyết định số 431/QĐ-STC ngày 20/12/2025 của Giám đốc Sở Tài chính"
REFUSAL = "Hội đồng không thông qua"
WHOLE = {*CLERKS, *LEADERS, "registry"}
FIELDS = ["Tình trạng", "Tên", "Chức vụ", "Đơn vị", "Danh hiệu, hình thức", "Quyết định"]  # of the verification page


def draft(story: Story) -> None:
    """From the endorsed lines; what the council did not endorse is refused with the reason."""
    path = f"/lam-viec/quyet-dinh/moi/{story.movement}/"
    step(story, "draft", path, by="clerk", may=CLERKS, typed=MINUTES)
    found = story.live.ask("list(Decision.objects.order_by('-pk').values_list('code', flat=True)[:1])")
    story.decision = found[0] if isinstance(found, list) and found else ""
    outcomes = story.live.ask(
        f"[Decision.objects.get(code='{story.decision}').lines.filter(outcome=o).count() for o in ('award', 'refuse')]"
    )
    passed = sum(row[3] for row in tally(story.votes))
    story.expect("lines awarded and refused", outcomes, [passed, LINES - passed])
    only(story, "see the draft", story.of_decision(), {*CLERKS, *LEADERS}, None)
    too_early(
        story,
        "approve",
        story.of_decision("buoc/approve/"),
        by="director",
        because="Đang soạn",
        version=_version(story),
    )
    page = story.person("clerk").get(story.of_decision())
    if "muc-thuong/" in " ".join(page.page.links):
        opened = {"opened": "Điều 54 Nghị định số 152/2025/NĐ-CP", "opened_on": "19/12/2025"}
        step(story, "money", story.of_decision("muc-thuong/"), by="clerk", may=CLERKS, typed=opened)


def decide(story: Story) -> None:
    """Submitted with its tờ trình, returned with a reason, mended, submitted again, approved, numbered."""
    submit = story.of_decision("buoc/submit/")
    step(story, "submit decision", submit, by="clerk", may=CLERKS)
    story.live.until_done()
    papers(story, story.of_decision(), by="clerk", kinds=1)
    reason = {"reason": "Xin ghi rõ nguồn chi."}
    step(story, "return decision", story.of_decision("buoc/return/"), by="director", may=LEADERS, typed=reason)
    story.expect("the clerk reads why", reason["reason"] in story.person("clerk").get(story.of_decision()).words, True)
    fund = {"fund": "Quỹ thi đua, khen thưởng năm 2025 của Sở"}
    step(story, "edit decision", story.of_decision("sua/"), by="clerk", may=CLERKS, typed=fund)
    step(story, "submit decision again", submit, by="clerk", may=CLERKS)
    password = {"password": story.live.cast.passwords["director"]}
    step(story, "approve decision", story.of_decision("buoc/approve/"), by="director", may=LEADERS, typed=password)
    too_early(
        story,
        "issue decision",
        story.of_decision("buoc/issue/"),
        by="registry",
        because="Đã duyệt",
        version=_version(story),
    )


def compare(story: Story) -> None:
    """The paper without number is caught; the right one agrees, and only then the decision is issued."""
    made, path = story.of_decision("ban-xem-truoc/quyet-dinh.pdf"), story.of_decision("doi-chieu/")
    only(story, "read the decision's paper", made, WHOLE, None)
    early = story.person("registry").get(made).body
    step(story, "number decision", story.of_decision("buoc/number/"), by="registry", may={"registry"}, typed=NUMBER)
    registry = story.person("registry")
    only(story, "compare", path, {"registry", *CLERKS}, {})
    registry.attach(path, ("chua-so.pdf", early))
    story.live.until_done()
    story.expect("a copy without number is caught", "chỗ khác dữ liệu" in registry.get(path).words, True)
    too_early(
        story,
        "issue decision",
        story.of_decision("buoc/issue/"),
        by="registry",
        because="khác",
        version=_version(story),
    )
    registry.attach(path, ("da-ky.pdf", registry.get(made).body))
    story.live.until_done()
    words = registry.get(path).words
    story.expect(f"the signed copy agrees ({words[:300]})", "Bản ký khớp dữ liệu" in words, True)
    story.steps.append("compare")
    story.expect("hidden before issue", story.person("visitor").get(f"/bang-vang/{story.decision}/").status, 404)
    step(story, "issue decision", story.of_decision("buoc/issue/"), by="registry", may={"registry"})
    story.live.until_done()


def told(story: Story) -> None:
    """In the ledger, in the certificates' register, told to people and units, refused with a reason that few may read."""
    papers(story, story.of_decision(), by="clerk", kinds=5)  # tờ trình twice
    rows = story.live.ask(
        "sorted(list(row) for row in LedgerEntry.objects.filter(kind__in=('advanced_worker', 'unit_commendation'))"
        ".values_list('name_then', 'kind'))"
    )
    awarded = story.live.ask(
        f"Decision.objects.get(code='{story.decision}').lines.filter(outcome='award')"
        ".exclude(nomination__kind__startswith='outside').count()"
    )
    story.expect("entries in the ledger", len(rows) if isinstance(rows, list) else rows, awarded)
    story.expect(
        "the colleague's title is in the ledger",
        [STAFF, "advanced_worker"] in (rows if isinstance(rows, list) else []),
        True,
    )
    for role in ("staff", "head"):
        story.expect(f"{role} is told", "431/QĐ-STC" in story.person(role).get("/lam-viec/loi-bao/").words, True)
    for role, reads in {"clerk": True, "head": True, "member_5": False, "staff": False}.items():
        words = story.person(role).get(story.of_decision()).words
        story.expect(f"{role} reads the refusal: {reads}", REFUSAL in words, reads)
    story.steps.append("told")


def public(story: Story) -> None:
    """Published by the clerk; a visitor reads the decision and asks about a certificate."""
    address, visitor = f"/bang-vang/{story.decision}/", story.person("visitor")
    story.expect("hidden until it is published", visitor.get(address).status, 404)
    step(story, "publish", story.of_decision("buoc/publish/"), by="clerk", may=CLERKS)
    shown = visitor.get(address)
    refused = story.live.ask(
        f"list(Decision.objects.get(code='{story.decision}').lines.filter(outcome='refuse').values_list('name', flat=True))"
    )
    hidden = [*(refused if isinstance(refused, list) else []), REFUSAL, "710.000", "phiếu"]
    story.expect("lines refused", len(hidden), 4)
    story.expect("on the public page", (shown.status, STAFF in shown.words, HEAD in shown.words), (200, True, True))
    story.expect("not on the public page", [words for words in hidden if words in shown.words], [])
    verify(story)


def verify(story: Story) -> None:
    """Name, title, unit, award, decision, status; nothing else."""
    code = story.live.ask(
        f"list(Certificate.objects.filter(line__decision__code='{story.decision}', line__name='{STAFF}')"
        ".values_list('code', flat=True)[:1])[0]"
    )
    visitor = story.person("visitor")
    page = visitor.get(f"/xac-minh/?ma={code}")
    body = page.body.decode().partition("<main")[2]
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", body, re.DOTALL)
    values = [" ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", value, flags=re.DOTALL).split()) for _, value in pairs]
    story.expect("the typed code leads to the certificate", (page.status, page.address), (200, f"/xac-minh/{code}/"))
    story.expect("fields of the verification page", [name for name, _ in pairs], FIELDS)
    story.expect(
        "what the verification page says", values,
        ["Còn hiệu lực", f"Ông {STAFF}", "Chuyên viên", "Phòng Quản lý ngân sách", "“Lao động tiên tiến”", DECIDED],
    )  # fmt: skip
    wrong = visitor.get(f"/xac-minh/{str(code)[::-1]}/")
    story.expect("a wrong code", wrong.status, 404)
    story.steps.append("verify")


def _version(story: Story) -> object:
    return story.live.ask(f"Decision.objects.get(code='{story.decision}').version")


STEPS: tuple[Callable[[Story], None], ...] = (draft, decide, compare, told, public)
