"""The council and the decision in Chromium: nine members in nine browsers of their own, the secretary looking between two ballots."""

from typing import Any

from tests.journeys import awarding, council
from tests.journeys.council import HEAD, NINE, TELLERS
from tests.journeys.nominating import STAFF
from tests.journeys.story import Story
from tests.proofs.seed_in_chromium import Cinema, click, take

CHOSEN = "main [type=radio]:checked"


class Hall:
    """Everybody's page, each in a context of its own, opened when first needed."""

    def __init__(self, cinema: Cinema, story: Story) -> None:
        self.cinema, self.story, self.pages = cinema, story, dict[str, Any]()

    def page(self, role: str) -> Any:
        if role not in self.pages:
            page = self.pages[role] = self.cinema.page()
            if role != "visitor":
                self.cinema.go(page, "/dang-nhap/")
                cast = self.cinema.running.cast
                take(self.cinema, page, "", username=cast.names[role], password=cast.passwords[role])
        return self.pages[role]

    def at(self, role: str, path: str) -> Any:
        page = self.page(role)
        self.cinema.go(page, path)
        return page

    def take(self, role: str, path: str, **typed: str) -> Any:
        page = self.page(role)
        take(self.cinema, page, path, **typed)
        return page

    def words(self, role: str, path: str) -> str:
        return " ".join(self.at(role, path).locator("main").inner_text().split())


def session(hall: Hall) -> None:
    """Declarations, roll, codes, freeze, nine ballots, two codes, the result."""
    story, run = hall.story, hall.cinema.run
    for role in NINE:
        page = hall.at(role, story.of_session("khai/"))
        page.locator("[name=sure]").check()
        take(hall.cinema, page, "")
    hall.take("clerk", story.of_session("diem-danh/"))
    codes = [_code(hall, role) for role in TELLERS.values()]
    hall.take("clerk", story.of_session("buoc/freeze/"), password=story.live.cast.passwords["clerk"])
    clean = _seen(hall)
    for place, role in enumerate(NINE):
        _cast(hall, role, council.letters_of(place))
        run.expect(
            f"after ballot {place + 1} the secretary sees",
            _seen(hall, last=role == NINE[-1]),
            _acts(clean, role == NINE[-1]),
        )
        if place == 5:
            hall.cinema.picture(hall.page("clerk"), "secretary-before-closing")
    hall.take("clerk", story.of_session("buoc/close/"))
    hall.cinema.picture(hall.at("registry", story.of_session("mo-phieu/")), "two-codes")
    page = hall.take("registry", "", first=codes[0], second=codes[2])
    run.expect("two codes open", page.get_by_text("11 trên 12 trường hợp đạt tỷ lệ").count(), 1)
    story.live.until_done()
    hall.cinema.picture(hall.at("clerk", story.of_session()), "result")
    page = hall.at("clerk", story.of_session("bien-ban/"))
    page.locator("[name=discussion]").fill("Các thành viên nhất trí với danh sách.")
    take(hall.cinema, page, "", conclusion="Trình Giám đốc Sở quyết định.")
    hall.take("director", story.of_session("buoc/conclude/"), password=story.live.cast.passwords["director"])
    story.live.until_done()


def _code(hall: Hall, role: str) -> str:
    words = " ".join(hall.take(role, hall.story.of_session("ma/")).locator("main").inner_text().split())
    return council.CODE.findall(words)[0]


def _seen(hall: Hall, *, last: bool = False) -> str:
    """The secretary's page without who took part; equal before every ballot and after it."""
    return _acts(council.without_who(hall.words("clerk", hall.story.of_session())), last)


def _acts(words: str, last: bool) -> str:
    return council.ACTS.sub("", words) if last else words


def _cast(hall: Hall, role: str, letters: str) -> None:
    """Nothing is preset; each line by its radio, the review, the ballot put in."""
    run, story = hall.cinema.run, hall.story
    page = hall.at(role, story.of_session("phieu/"))
    run.expect(f"{role}: choices preset", page.locator(CHOSEN).count(), 0)
    own = 0
    for place, letter in enumerate(letters, start=1):
        pick = page.locator(f"[name=l{place}][value='{letter}']")
        if letter == "-":
            continue
        if pick.count() == 0:
            own += 1
            continue
        pick.check()
    run.expect(f"{role}: lines without a ballot", own, int(role == "head"))
    if role == NINE[1]:
        hall.cinema.picture(page, "ballot")
    click(page, page.get_by_role("button", name="Xem lại phiếu"))
    if role == NINE[5]:
        hall.cinema.picture(page, "ballot-review")
    click(page, page.get_by_role("button", name="Bỏ phiếu"))
    run.expect(f"{role}: sealed", page.get_by_text("đã niêm phong").count() > 0, True)


def decision(hall: Hall) -> None:
    """Drafted, returned, approved, numbered, compared, issued, published; a visitor verifies."""
    story, run, cinema = hall.story, hall.cinema.run, hall.cinema
    page = hall.take("clerk", f"/lam-viec/quyet-dinh/moi/{story.movement}/", **awarding.MINUTES)
    story.decision = str(page.url).rstrip("/").rpartition("/")[2]
    cinema.picture(page, "decision")
    hall.take("clerk", story.of_decision("buoc/submit/"))
    hall.take("director", story.of_decision("buoc/return/"), reason="Xin ghi rõ nguồn chi.")
    hall.take("clerk", story.of_decision("sua/"), fund="Quỹ thi đua, khen thưởng năm 2025 của Sở")
    hall.take("clerk", story.of_decision("buoc/submit/"))
    hall.take("director", story.of_decision("buoc/approve/"), password=story.live.cast.passwords["director"])
    early = _paper(hall)
    hall.take("registry", story.of_decision("buoc/number/"), **awarding.NUMBER)
    _send(hall, "chua-so.pdf", early)
    cinema.picture(hall.at("registry", story.of_decision("doi-chieu/")), "compare-differs")
    _send(hall, "da-ky.pdf", _paper(hall))
    page = hall.at("registry", story.of_decision("doi-chieu/"))
    run.expect("the signed copy agrees", page.get_by_text("Bản ký khớp dữ liệu").count(), 1)
    cinema.picture(page, "compare-agrees")
    hall.take("registry", story.of_decision("buoc/issue/"))
    story.live.until_done()
    cinema.picture(hall.at("registry", story.of_decision()), "decision-issued")
    hall.take("clerk", story.of_decision("buoc/publish/"))
    visitor = hall.at("visitor", f"/bang-vang/{story.decision}/")
    for name, shown in ((STAFF, True), (HEAD, True), ("710.000", False)):
        run.expect(f"the public reads {name}", name in visitor.locator("main").inner_text(), shown)
    cinema.picture(visitor, "public-decision")
    _verify(hall)


def _paper(hall: Hall) -> bytes:
    """The product's own PDF, through the same person's browser."""
    address = hall.cinema.running.address + hall.story.of_decision("ban-xem-truoc/quyet-dinh.pdf")
    return bytes(hall.page("registry").request.get(address).body())


def _send(hall: Hall, name: str, paper: bytes) -> None:
    file = hall.cinema.run.keep(name, paper)
    page = hall.at("registry", hall.story.of_decision("doi-chieu/"))
    page.locator("[name=file]").set_input_files(file)
    click(page, page.get_by_role("button", name="Gửi bản ký để máy đọc"))
    hall.story.live.until_done()


def _verify(hall: Hall) -> None:
    """Typed by a visitor from the certificate in the hand."""
    code = hall.story.live.ask(
        f"list(Certificate.objects.filter(line__decision__code='{hall.story.decision}', line__name='{STAFF}')"
        ".values_list('code', flat=True)[:1])[0]"
    )
    page = hall.at("visitor", "/xac-minh/")
    page.locator("[name=ma]").fill(str(code))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    names = page.locator("main dt").all_inner_texts()
    hall.cinema.run.expect("fields of the verification page", [name.strip() for name in names], awarding.FIELDS)
    hall.cinema.run.expect(
        "it is real", page.get_by_role("heading", level=1).inner_text(), "Giấy này có thật và còn hiệu lực"
    )
    hall.cinema.picture(page, "verification")
