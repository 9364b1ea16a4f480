"""6.6 A story published, withdrawn when consent is withdrawn, pasted as HTML; news with a picture; a valid RSS feed."""

import re
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path

from tests import live
from tests.http_client import Person
from tests.papers.test_pictures import PLACE, chunk, png
from tests.proofs import Figure, Run, planted, proof, rss

STORIES, NEWS, FEED = "/lam-viec/guong-dien-hinh/", "/lam-viec/tin/", "/tin/rss.xml"
TITLE, LEAD = "Tin thử: phong trào đã bắt đầu", "Sở mở phong trào, các phòng ký nhận ngay trong tuần."
CLEAN = {"article", "h2", "p", "strong", "blockquote", "figure", "img", "figcaption", "br", "a"}
ALLOWED = {"lang", "src", "alt", "href"}
PLANTS: dict[str, list[tuple[str, str, str]]] = {
    "consent_forgotten": [
        ("bangvang/stories/queries.py", "Consent.objects.filter(withdrawn_on__isnull=True, file__state", "Consent.objects.filter(file__state"),
        ("bangvang/stories/actions/stories.py", "if story.state == Story.State.PUBLISHED:", "if story.state is None:"),
    ],
    "half_an_address": [
        ("bangvang/web/portal/news.py", 'link=request.build_absolute_uri(reverse(f"portal:{item.kind}", args=[item.code]))',
         'link=reverse(f"portal:{item.kind}", args=[item.code])'),
    ],
    "place_told": [
        ("bangvang/stories/public.py", "pictures.without_traces(found.file.path.read_bytes())", "found.file.path.read_bytes()"),
    ],
    "dressed": [("bangvang/web/templates/staff/stories/_clean.html", "<h2>", '<h2 class="tale">')],
    "anybody_named": [("bangvang/stories/queries.py", "if name not in known]", "if not name]")],
}  # fmt: skip


class Tags(HTMLParser):
    """Tags and attributes of a piece of HTML, and its addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]


@proof(
    "6.6",
    what="News with a picture from a plan and a model story, each from the clerk's draft by a leader's word to the portal, the feed and the "
    "HTML to paste; gone from all of them when it is taken down or the consent is withdrawn",
    bar="RSS 2.0 with 0 broken rules before and after; HTML of ten plain tags with whole addresses; nothing public before a leader's word, "
    "nothing after the consent is withdrawn; nobody named without an award; no place of taking in a picture",
    controls={
        "consent_forgotten": "a withdrawn consent takes nothing down",
        "half_an_address": "the feed's items have addresses without a host",
        "place_told": "a picture is sent out as it came in",
        "dressed": "the HTML to paste has a class",
        "anybody_named": "news may name whom it likes",
    },
)
def news(run: Run) -> dict[str, Figure]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bv-news-") as name:
        src = planted.sources(Path(name), PLANTS.get(run.fault or "", []))
        with live.serve(Path(name) / "live", src=src, demo=True) as running:
            people = {role: running.person(role) for role in ("clerk", "director", "")}
            items = told(run, running, people)
            carried(run, running, people)
            run.expect("lines of a traceback in the server's log", running.log().count("Traceback"), 0)
            run.expect("what audit verify finds", running.ask("[str(found) for found in audit.verify()]"), [])
    return {"items in the feed": items, "seconds": round(time.monotonic() - began)}


def told(run: Run, running: live.Live, people: dict[str, Person]) -> int:
    """News of a plan; returns how many items the feed then has."""
    clerk, director, visitor = people["clerk"], people["director"], people[""]
    plan = running.ask("Movement.objects.filter(state='rolled_out').order_by('pk')[0].code")
    clerk.press(f"{NEWS}tu/ke-hoach/{plan}/", title=TITLE, lead=LEAD)
    code = running.ask("Article.objects.order_by('-pk')[0].code")
    page, public = f"{NEWS}{code}/", f"/tin/{code}/"
    clerk.attach(f"{page}anh-moi/", ("le.png", png(chunk(b"tEXt", PLACE))), alt="Lễ phát động")
    running.until_done()
    somebody = running.ask(
        "Person.objects.exclude(pk__in=Standing.objects.filter(register__in=['titles', 'awards'], person__gt=0).values('person'))"
        ".order_by('pk')[0].full_name"
    )
    clerk.press(f"{page}sua/", body=f"Người kể: {somebody}.")
    refused = clerk.get(f"{page}buoc/submit/")
    run.expect(
        "naming somebody without an award is refused",
        (refused.status, f"nêu tên {somebody}" in refused.words),
        (409, True),
    )
    clerk.press(f"{page}sua/", body="Đoạn một.\n\nĐoạn hai.")
    take(clerk, f"{page}buoc/submit/")
    run.expect("public before a leader's word", (visitor.get(public).status, in_feed(visitor, TITLE)), (404, False))
    take(director, f"{page}buoc/publish/")
    seen = visitor.get(public)
    run.expect("public after it", (seen.status, LEAD in seen.words, in_feed(visitor, TITLE)), (200, True, True))
    picture = next(re.finditer(rf"{public}anh/\w+/", seen.body.decode()))[0]
    run.expect("the picture as it was drawn", visitor.get(picture).body == png(), True)
    items = fed(run, running, visitor, "with the news")
    pasted(run, clerk, page, "tin.html", running.address)
    take(clerk, f"{page}buoc/withdraw/", reason="Đăng thử.")
    gone = (
        visitor.get(public).status,
        visitor.get(picture).status,
        in_feed(visitor, TITLE),
        clerk.get(f"{page}html/").status,
    )
    run.expect("public after it was taken down", gone, (404, 404, False, 404))
    return items


def carried(run: Run, running: live.Live, people: dict[str, Person]) -> None:
    """The story that waits in the demo: a leader lets it appear, its person takes the consent back."""
    clerk, director, visitor = people["clerk"], people["director"], people[""]
    code, title = running.ask("[(one.code, one.title) for one in Story.objects.filter(state='submitted')][0]")  # type: ignore[misc]
    page, public = f"{STORIES}{code}/", f"/guong-dien-hinh/{code}/"
    run.expect("the story before a leader's word", (visitor.get(public).status, in_feed(visitor, title)), (404, False))
    take(director, f"{page}buoc/publish/")
    run.expect("the story after it", (visitor.get(public).status, in_feed(visitor, title)), (200, True))
    fed(run, running, visitor, "with the story")
    html = pasted(run, clerk, page, "bai.html", running.address)
    run.keep("story.html", html)
    clerk.press(f"{page}dong-y/rut/", reason="Người được kể rút đồng ý.")
    where = {address: title in visitor.get(address).words for address in ("/", "/guong-dien-hinh/")}
    gone = (visitor.get(public).status, in_feed(visitor, title), clerk.get(f"{page}html/").status, any(where.values()))
    run.expect("the story after its consent was withdrawn", gone, (404, False, 404, False))
    fed(run, running, visitor, "after the story")


def take(person: Person, address: str, **typed: str) -> None:
    """Open the page of a step and press its button."""
    opened = person.get(address)
    person.send(opened, **{"version": opened.page.form("version").fields["version"], **typed})


def in_feed(visitor: Person, title: str) -> bool:
    return f"<title>{title}</title>" in visitor.get(FEED).body.decode()


def fed(run: Run, running: live.Live, visitor: Person, when: str) -> int:
    """The feed against the rules; returns how many items it has."""
    answer = visitor.get(FEED)
    run.keep(f"feed {when}.xml", answer.body)
    run.expect(f"the feed {when}", rss.problems(answer.body, f"{running.address}{FEED}"), [])
    run.expect(f"type of the feed {when}", answer.headers.get("content-type"), "application/rss+xml; charset=utf-8")
    return answer.body.count(b"<item>")


def pasted(run: Run, clerk: Person, page: str, file: str, site: str) -> str:
    """The HTML of the page's field and of the file are one; it is plain."""
    html = clerk.get(f"{page}{file}").body.decode()
    run.expect(
        f"{file}: the field holds what the file holds", " ".join(html.split()) in clerk.get(f"{page}html/").words, True
    )
    tags = Tags()
    tags.feed(html)
    run.expect(f"{file}: other tags", sorted(tags.tags - CLEAN), [])
    run.expect(f"{file}: other attributes", sorted(tags.attributes - ALLOWED), [])
    run.expect(f"{file}: addresses without the site", [one for one in tags.addresses if not one.startswith(site)], [])
    return html
