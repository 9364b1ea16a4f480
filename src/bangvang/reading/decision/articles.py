"""What the articles of a decision say: which awards, for how many, with what money, and recipients named in a sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bangvang.reading.decision.draft import Award, Honoured
from bangvang.reading.decision.people import BODY, WORD, amount_in, entry_of
from bangvang.reading.plan.awards import award_names
from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.passages import Passage
from bangvang.reading.text_cleaning import fold

ARTICLE = re.compile(r"^Điều\s+(?P<number>\d{1,2})\s*[.:]?\s*")
GIVES = re.compile(
    r"^(?:nay\s|quyet dinh\s)?(?:tang|truy tang|cong nhan|khen thuong|phong tang|bieu duong|trao tang|khen tang)\b"
)
POSTHUMOUS = re.compile(r"\btruy tang\b")
# Where the sentence goes on to tell what was done: numbers there count no recipients.
DEEDS = re.compile(r"\b(?:da co|da dat|da dong gop|co thanh tich|dat thanh tich|co nhieu|vi da|da hoan thanh)\b")
COUNT = re.compile(
    r"(?:\b(?:cho|va|gom|tang|thuong|cong nhan|la)|[,;:])\s+(?:cac\s)?(?P<number>\d{1,4})\s*(?:\([^)\d]{1,40}\)\s*)?(?:luot\s)?"
    r"(?P<what>(?P<any>tap the,? (?:va )?ca nhan|tap the, ho gia dinh, ca nhan)|(?P<household>ho gia dinh|gia dinh|ho dan"
    r"|ho\b)|(?P<collective>tap the|don vi|to chuc|doanh nghiep|co quan|phong\b|thon\b|xa\b|truong\b|chi bo|to dan pho)"
    r"|(?P<individual>ca nhan|ong|ba\b|dong chi|can bo|cong chuc|vien chuc|nguoi\b|chi\b|anh\b|doan vien|hoc sinh"
    r"|sinh vien|giao vien|nha giao|hoi vien|chien si|cong nhan\b|lao dong\b))"
)
LISTED = re.compile(
    r"(?:danh sach|ban danh sach|tong cong|tong so|an dinh)[^.;]{0,60}?(?P<number>\d{1,4})\s*(?:\([^)\d]{1,40}\)\s*)?"
    r"(?P<what>(?P<collective>tap the|don vi)|(?P<individual>ca nhan|nguoi|ong|dong chi))"
)
KINDS = ("any", "household", "collective", "individual")
MONEY = re.compile(r"(?P<figure>\d[\d.]*(?:,\d+)?)\s*(?P<unit>triệu đồng|nghìn đồng|ngàn đồng|đồng|đ\b)")
SHORT = {
    "ldtt": "advanced_worker",
    "ttldtt": "advanced_collective",
    "ttldxs": "excellent_collective",
    "cstdcs": "grassroots_emulation_fighter",
    "cstd co so": "grassroots_emulation_fighter",
    "cstdtq": "national_emulation_fighter",
    "cstd toan quoc": "national_emulation_fighter",
    "gk": "unit_commendation",
    "bk": "ministry_province_commendation",
}
NAMED = re.compile(
    r"(?:\bcho|\bvà|[,;])\s+(?P<entry>(?:ông|bà|đồng chí|đ/c|anh|chị|cụ|em|hộ gia đình ông|hộ gia đình bà|gia đình ông"
    rf"|gia đình bà)\s*:?\s*{WORD}(?:\s{WORD}){{1,5}}[^;]*?)"
    r"(?=,?\s+(?:đã|vì|có thành tích|do có|là người)\b|;|\.\s|\./|\.$|,?\s+và\s+(?:ông|bà|đồng chí)\s|$)"
)
NAMED_BODY = re.compile(
    rf"\bcho\s+(?:tập thể\s+)?(?P<entry>{BODY.pattern}[^;]*?)(?=,?\s+(?:đã|vì|có thành tích|do có)\b|;|\.\s|\./|\.$|$)"
)


@dataclass(slots=True)
class Article:
    """One article with the passages below it; `awards` in the order named, with where in the first passage."""

    number: int
    passages: list[Passage]
    gives: bool = False
    awards: list[tuple[int, Award]] = field(default_factory=list)

    @property
    def head(self) -> Passage:
        """The passage that opens the article."""
        return self.passages[0]


def articles_of(passages: Iterable[Passage]) -> list[Article]:
    """The articles in order; what stands before the first is left out."""
    found: list[Article] = []
    for passage in passages:
        match = ARTICLE.match(passage.text)
        if match:
            found.append(Article(int(match["number"]), [passage]))
        elif found:
            found[-1].passages.append(passage)
    return found


def find_awards(articles: list[Article], issuer: str | None) -> None:
    """Mark the articles that give awards; `issuer` is who decides (unit, province, ministry), for awards without giver."""
    for article in articles:
        folded = article.head.folded
        begins = ARTICLE.match(article.head.text)
        start = begins.end() if begins else 0
        if not GIVES.match(folded[start:]):
            continue
        article.awards = [(at, award) for at, _end, award in awards_in(folded, issuer)]
        article.gives = bool(article.awards)


def awards_in(folded: str, issuer: str | None) -> list[tuple[int, int, Award]]:
    """Awards named in folded text with their places; an award without giver is the issuer's own."""
    found: list[tuple[int, int, Award]] = []
    for start, end, named in award_names(folded):
        code = str(named["code"])
        giver = named["issuer"]
        if giver in (None, "other") and code in (
            "unit_commendation",
            "ministry_province_commendation",
            "ministry_province_flag",
        ):
            giver = "unit" if code == "unit_commendation" else issuer if issuer in ("ministry", "province") else giver
        level = named["class"] if isinstance(named["class"], int) else None
        posthumous = bool(POSTHUMOUS.search(folded[max(0, start - 40) : start]))
        found.append((start, end, Award(code, str(giver) if giver else None, level, posthumous)))
    return found


def award_of_cell(text: str, issuer: str | None) -> Award | None:
    """The award named in a cell, spelt out or by its initials; None when the cell names none."""
    folded = fold(text)
    spelt = awards_in(folded, issuer)
    if spelt:
        return spelt[0][2]
    code = SHORT.get(folded.strip(" .\"'"))
    return Award(code, "unit" if code == "unit_commendation" else None) if code else None


def award_items(articles: list[Article]) -> list[Found]:
    """The awards given, once each: {code, issuer, class, posthumous, text, amount}; amount where one sum is named."""
    found: dict[tuple[str, int | None, bool], Found] = {}
    for article in articles:
        if not article.gives:
            continue
        per_award = [one for one in money_of([article]) if one.value["per"] != "total"]
        amount = (
            per_award[0].value["amount"]
            if len(per_award) == 1 and len({one for _at, one in article.awards}) == 1
            else None
        )
        for at, award in article.awards:
            key = (award.code, award.level, award.posthumous)
            if key in found:
                continue
            words = article.head.text[at:]
            stop = re.search(r"\s(?:cho|năm|của cá nhân)\b|[,;:.(”\"]", words)
            text = words[: stop.start() if stop else len(words)].strip(' “"')
            value = {**award.as_json(), "posthumous": award.posthumous, "text": text, "amount": amount}
            found[key] = article.head.found(value, at, None, 0.92)
    return list(found.values())


def counts_of(articles: list[Article]) -> list[Found]:
    """How many the articles say: {text, number, what, award, where}; what is collective, individual, household or any."""
    found: list[Found] = []
    for article in articles:
        if not article.gives:
            continue
        folded = article.head.folded
        deeds = DEEDS.search(folded)
        until = deeds.start() if deeds else len(folded)
        for match in COUNT.finditer(folded, 0, until):
            before = [award for at, award in article.awards if at < match.start()]
            found.append(
                _count(article.head, match, before[-1] if before else article.awards[0][1], f"Điều {article.number}")
            )
    return found


def count_listed(passage: Passage, award: Award | None) -> list[Found]:
    """How many the list itself says it holds ("Danh sách này gồm 03 tập thể")."""
    return [_count(passage, match, award, "Danh sách") for match in LISTED.finditer(passage.folded)]


def _count(passage: Passage, match: re.Match[str], award: Award | None, where: str) -> Found:
    kinds = match.groupdict()
    value = {
        "text": passage.text[match.start("number") : match.end()],
        "number": int(match["number"]),
        "what": next(kind for kind in KINDS if kinds.get(kind)),
        "award": award.as_json() if award else None,
        "posthumous": bool(award and award.posthumous),
        "where": where,
    }
    return passage.found(value, match.start("number"), match.end(), 0.9)


def money_of(articles: list[Article]) -> list[Found]:
    """Sums named in the articles: {text, amount, per}; per is collective, individual, household, total or None."""
    found: list[Found] = []
    for article in articles:
        for passage in article.passages:
            for match in MONEY.finditer(passage.text):
                amount = amount_in(f"{match['figure']} {match['unit']}")
                if amount is None:
                    continue
                value = {"text": match[0], "amount": amount, "per": _per(passage.folded, match)}
                found.append(passage.found(value, max(0, match.start() - 60), match.end(), 0.85))
    return found


def _per(folded: str, match: re.Match[str]) -> str | None:
    before, after = folded[max(0, match.start() - 60) : match.start()], folded[match.end() : match.end() + 20]
    if re.search(r"tong (?:so|cong|kinh phi|gia tri)[^;]*$", before):
        return "total"
    if near := re.match(r"\s*(?:/|cho moi|cho 0?1|moi)\s*(tap the|ca nhan|ho|nguoi)", after):
        said = near[1]
    elif led := list(re.finditer(r"(tap the|ca nhan|ho gia dinh|nguoi)[^;.]{0,30}$", before)):
        said = led[-1][1]
    else:
        return None
    return {"tap the": "collective", "ho": "household", "ho gia dinh": "household"}.get(said, "individual")


def named_in_sentence(article: Article) -> list[Honoured]:
    """Recipients named in the article's own sentence: "… cho ông Nguyễn Văn A, Trưởng phòng B, đã có thành tích …"."""
    rows: list[Honoured] = []
    passage = article.head
    sums = [one.value["amount"] for one in money_of([article]) if one.value["per"] != "total"]
    amount = sums[0] if len(sums) == 1 else None
    for pattern in (NAMED, NAMED_BODY):
        for match in pattern.finditer(passage.text):
            entry = entry_of(match["entry"][0].upper() + match["entry"][1:])
            if entry is None or re.match(r"\d", entry.name):
                continue
            award = [one for at, one in article.awards if at < match.start()] or [article.awards[0][1]]
            line = passage.line_at(match.start("entry"))
            rows.append(
                Honoured(
                    entry.name,
                    match["entry"].strip(" ,"),
                    line.page,
                    line.number,
                    0.78 * passage.trust,
                    subject="household" if entry.household else "individual" if entry.is_person else "collective",
                    honorific=entry.honorific,
                    title=entry.title,
                    unit=entry.unit,
                    award=award[-1],
                    amount=amount,
                )
            )
        if rows:
            break
    return rows
