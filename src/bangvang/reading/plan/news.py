"""News pages about a plan: the noise of the page is cut, and the plan's own number is told from its basis."""

import re
from dataclasses import dataclass, field

from bangvang.reading.plan.citations import Citation, citations_in
from bangvang.reading.plan.dates import DAY, iso_day
from bangvang.reading.plan.draft import Found, missing
from bangvang.reading.plan.header import theme_in
from bangvang.reading.plan.passages import Passage
from bangvang.reading.text_cleaning import fold

NOISE = re.compile(
    r"^(?:trang chu|gioi thieu|tin chuyen nganh|tin tuc|lien he|so do|dang nhap|video|album|album anh"
    r"|in bai viet|chia se|co chu|mac dinh|null|xem them|doc them"
    r"|ban in|gui email|facebook|zalo|twitter|quay lai|ve dau trang|ngon ngu|tieng viet|english|rss|tags?"
    r"|tu khoa|hotline|ban quyen|thu dien tu|dien thoai"
    r"|van ban moi|thong bao|lich cong tac|hinh anh|thu vien|menu|tim kiem|home)\b[\s:.0-9|>/-]*(?:\S+\s?){0,4}$"
)
TAIL = re.compile(
    r"^(?:cac )?(?:tin|bai)(?: viet)? (?:khac|lien quan|cung chuyen muc|da dua|moi|cu hon|moi hon)|^binh luan"
    r"|^y kien ban doc|^tin video|^thong ke truy cap|^so luot truy cap|^lien ket website"
    r"|^hien dang co|^gui binh luan|^bai viet khac|^tin noi bat|^xem nhieu|^co the ban quan tam"
    r"|^danh gia bai viet|^tong so luot"
)
STAMP = re.compile(
    r"luot xem|luot doc|ngay dang|dang ngay|cap nhat|\d{1,2}:\d{2}|cap nhat luc|^thu (?:hai|ba|tu|nam|sau|bay"
    r"|[2-7]),?|^chu nhat,?"
)
LINK = re.compile(
    r"^(?:link xem|xem chi tiet|tai ve|tep dinh kem|file dinh kem|van ban dinh kem|chi tiet xem|noi dung chi tiet)"
)
ONLY_DATE = re.compile(r"^\W*(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\W*(?:\d{1,2}[:h]\d{2}\W*)?(?:(?:AM|PM)\W*)?$")
OWN_VERB = re.compile(
    r"(?:ban hành|ký ban hành|ký|xây dựng|có|triển khai|phát hành|ra|công bố)(?:\s(?:và triển khai|thực hiện))?\s*$"
)
BASIS_VERB = re.compile(
    r"(?:[Tt]hực hiện|[Cc]ăn cứ|[Tt]heo|[Hh]ưởng ứng|[Tt]riển khai thực hiện|[Tt]hi hành|[Tt]rên cơ sở"
    r"|[Cc]ụ thể hóa|[Qq]uán triệt|tại|[Tt]iếp tục thực hiện)(?:\s(?:tinh thần|nội dung|các|chỉ đạo tại"
    r"|nghiêm))*\s*$"
)
DATE_BEFORE = re.compile(rf"(?:[Nn]gày|[Vv]ào ngày|ngày)\s*{DAY.pattern}[^.;]{{0,140}}$")
PARTIAL_BEFORE = re.compile(r"[Nn]gày\s*(\d{1,2})\s*[/-]\s*(\d{1,2})(?![/\d-])[^.;]{0,140}$")


@dataclass(slots=True)
class Page:
    """A page without its noise."""

    headline: Passage | None = None
    above: list[Passage] = field(
        default_factory=list
    )  # short lines before the first paragraph, the headline among them
    body: list[Passage] = field(default_factory=list)


def cut_noise(passages: list[Passage]) -> Page:
    """Headline and body of a page: menus before, other news after, counters and stamps between left out."""
    end = next((i for i, one in enumerate(passages) if i > 1 and TAIL.match(one.folded.strip(" •-*:"))), len(passages))
    kept = [one for one in passages[:end] if not _is_noise(one)]
    start = next((i for i, one in enumerate(kept) if len(one.text) > 160 or one.text.rstrip().endswith(":")), len(kept))
    heads = [one for one in kept[:start] if len(one.text.split()) >= 6 and not one.text.isdigit()]
    headline = max(heads, key=lambda one: ("thi đua" in one.text.lower(), len(one.text)), default=None)
    body = kept[start:]
    if headline is None and body and len(body[0].text) < 300:
        headline = body[0]
    return Page(headline, kept[:start], [one for one in body if one is not headline])


def _is_noise(passage: Passage) -> bool:
    folded = passage.folded.strip(" •-*|>:")
    short = len(folded) < 80  # menus and counters are; the pattern would also be slow on a long line
    if not folded or (short and NOISE.match(folded)) or LINK.match(folded) or ONLY_DATE.match(passage.text):
        return True
    return len(passage.text) < 140 and bool(STAMP.search(folded)) and "thi dua" not in folded


@dataclass(slots=True)
class Roles:
    """Which reference is the plan itself, which it rests on, which are only mentioned."""

    own: tuple[Passage, Citation] | None = None
    bases: list[tuple[Passage, Citation]] = field(default_factory=list)
    others: list[tuple[Passage, Citation]] = field(default_factory=list)


def roles_of(page: Page) -> Roles:
    """Sort the references by the verb before them; a reference inside the title of another is only mentioned."""
    roles = Roles()
    seen: set[str] = set()
    passages = ([page.headline] if page.headline else []) + page.body
    for passage in passages:
        until = 0
        for cited in citations_in(passage.text):
            key = cited.number or f"{cited.type}{cited.date}{cited.title}"
            before = passage.text[max(0, cited.start - 70) : cited.start]
            own = cited.number and _is_own(cited, passage, before)
            if own and roles.own is None and cited.start >= 0:
                roles.own = (passage, cited)
                roles.bases = [pair for pair in roles.bases if pair[1].number != cited.number]
                roles.others = [pair for pair in roles.others if pair[1].number != cited.number]
                seen.add(key)
                until = cited.end
                continue
            if key in seen:
                continue
            seen.add(key)
            nested = cited.start < until
            follows = roles.bases and roles.bases[-1][0] is passage and re.search(r"(?:;|,|và)\s*$", before)
            led = BASIS_VERB.search(before) or (follows and not roles.own)
            if (led and not nested) or _carried_out_by_own(roles, passage, cited):
                roles.bases.append((passage, cited))
            else:
                roles.others.append((passage, cited))
            until = max(until, _end_of_title(passage.text, cited))
    return roles


def _carried_out_by_own(roles: Roles, passage: Passage, cited: Citation) -> bool:
    """ "ban hành Kế hoạch số … triển khai Kế hoạch số …": what the plan carries out is its basis, not just a title."""
    if roles.own is None or roles.own[0] is not passage:
        return False
    between = passage.text[roles.own[1].end : cited.start]
    return bool(re.fullmatch(r"\s*(?:về việc\s)?(?:để\s)?(?:triển khai|thực hiện|triển khai thực hiện)\s*", between))


def adopt_by_initials(roles: Roles, agency: str) -> None:
    """ "Sở … phát động … theo Kế hoạch số 06/KH-S…": a plan whose symbol ends in the agency's initials is its own."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", agency)).upper()
    if roles.own is not None or len(initials) < 2:
        return
    for pair in roles.bases + roles.others:
        symbol = pair[1].symbol or ""
        if symbol.startswith(("KH-", "CT-")) and symbol.split("-", 1)[1].replace("-", "").upper() == initials:
            roles.own = pair
            roles.bases = [one for one in roles.bases if one is not pair]
            roles.others = [one for one in roles.others if one is not pair]
            return


def _is_own(cited: Citation, passage: Passage, before: str) -> bool:
    if cited.type not in ("Kế hoạch", "Chỉ thị", "Công văn", "Hướng dẫn", "Quyết định", "Văn bản", None):
        return False
    if not OWN_VERB.search(before.rstrip(" ,")) or BASIS_VERB.search(before):
        return False
    # "Quyết định số … của Bộ … về việc ban hành Kế hoạch số …" speaks of somebody else's plan.
    return not re.search(r"(?:về việc|về)\s(?:ban hành|triển khai)\s*$", before.rstrip())


def _end_of_title(text: str, cited: Citation) -> int:
    if not cited.title:
        return cited.end
    at = text.find(cited.title[:40], cited.end)
    return at + len(cited.title) if at >= 0 else cited.end


def own_number(roles: Roles, scalars: dict[str, Found]) -> None:
    """Fill number, symbol, date and date_partial of the plan that the page tells of."""
    if roles.own is None:
        for name in ("number", "symbol"):
            scalars[name] = missing("Bài không ghi số của kế hoạch này; số có trong bài là của văn bản căn cứ.")
        scalars["date"] = missing("Bài không ghi ngày ban hành của kế hoạch này; ngày có trong bài là ngày khác.")
        scalars["date_partial"] = missing("Bài không ghi ngày ban hành của kế hoạch này.")
        return
    passage, cited = roles.own
    scalars["number"] = passage.found(cited.number, cited.start, cited.end, 0.88)
    scalars["symbol"] = passage.found(cited.symbol, cited.start, cited.end, 0.88)
    day, start = cited.date, cited.start
    if day is None:
        sentence = max(passage.text.rfind(". ", 0, cited.start), passage.text.rfind("; ", 0, cited.start)) + 1
        before = passage.text[sentence : cited.start]
        dated = [match for match in DAY.finditer(before) if not _dates_another(before, match)]
        if dated:
            day, start = iso_day(dated[-1]), sentence + dated[-1].start()
    if day is None:
        scalars["date"] = missing("Bài không ghi đủ ngày, tháng, năm ban hành của kế hoạch này.")
        scalars["date_partial"] = missing("Bài không ghi đủ tháng, năm ban hành của kế hoạch này.")
        return
    scalars["date"] = passage.found(day, start, cited.end, 0.86)
    scalars["date_partial"] = passage.found(day[:7], start, cited.end, 0.86)


def _dates_another(before: str, match: re.Match[str]) -> bool:
    """Whether a date belongs to a reference that stands before the plan in the same sentence."""
    return any(cited.start <= match.start() < cited.end for cited in citations_in(before))


def theme_of_news(page: Page, roles: Roles) -> Found:
    """The plan's own theme: quoted after its number; else in a sentence that launches; else in the headline."""
    if roles.own is not None:
        passage, cited = roles.own
        tail = re.split(r"\.\s+(?=[A-ZĐ])", passage.text[cited.end :])[0]
        named = re.search(r"với chủ đề[^“\".;]{0,40}[“\"]", tail)
        found = theme_in(tail[named.start() :] if named else tail, passage)
        if (found.value and "“" in tail) or '"' in tail:
            return found
    basis_titles = [fold(cited.title or "") for _passage, cited in roles.bases]
    for passage in [page.headline] if page.headline else []:
        found = theme_in(passage.text, passage)
        if found.value and not any(fold(found.value) in title for title in basis_titles):
            return found
    for passage in page.body:
        match = re.search(r"(?:chủ đề|phát động|phong trào thi đua|đợt thi đua)[^“\".;]{0,60}[“\"]", passage.text)
        if match:
            found = theme_in(passage.text[match.start() :], passage)
            if found.value and not any(fold(found.value) in title for title in basis_titles):
                return found
    if page.headline is not None:
        found = theme_in(page.headline.text, page.headline)
        if found.value:  # the basis has the same theme: the movement answers it under its own name
            return Found(found.value, found.quote, found.page, found.line, min(found.confidence, 0.7))
    return missing("Bài không ghi chủ đề trong ngoặc kép.")
