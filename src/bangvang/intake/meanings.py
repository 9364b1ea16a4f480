"""What one row of a list says, in the terms of its kind; every cell that cannot be taken is a reason in words."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bangvang import vietnamese
from bangvang.honours.findings import code_of, the_book
from bangvang.honours.models import Register
from bangvang.honours.queries import GRADES
from bangvang.intake.models import Batch
from bangvang.people.models import Person
from bangvang.reading.plan.awards import award_names
from bangvang.reading.text_cleaning import fold

FIRST_YEAR = 1945
OLDEST, YOUNGEST = 1900, 16  # year of birth; years of age
PREFIX = re.compile(r"^(ông|bà|đ/c|đồng chí|anh|chị|cô)(?:\s*[:.]\s*|\s+)", re.IGNORECASE)
BRACKETED_YEAR = re.compile(r"\s*\(\s*(?:sinh năm\s*)?((?:19|20)\d{2})\s*\)\s*$", re.IGNORECASE)
LETTERS, DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
# With their marks: Vũ and Tô are families, vụ and tổ are not. "Ban Văn Hùng" is a human, "Ban Quản lý dự án" is not.
COLLECTIVE = re.compile(
    r"(?:tập thể|phòng|văn phòng|thanh tra|trung tâm|chi cục|cục|sở|uỷ ban|ủy ban|ubnd|trường|tổ|đội|chi nhánh|công ty|trạm|hội|khối|"
    r"khoa|bệnh viện|vụ|viện|chi bộ|đảng bộ|công đoàn|ban(?! \S+(?: [A-ZĐÀ-Ỹ]\S*)+$))\b"
)
PAPER = re.compile(
    r"(?P<number>\S+(?:\s*/\s*\S+)?)[\s,;]*(?:ngày|ngay|,)?\s*(?P<day>\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4})"
)
LONG_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
VOTES = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
ISSUED_BY = ("ministry_province_commendation", "ministry_province_flag")  # words alone do not say whose they are
GRADE_WORDS = {vietnamese.search_key(label): code for code, label in GRADES.items()} | {
    "httnv": "HTTNV", "htxsnv": "HTXSNV", "htnv": "HTNV", "khtnv": "KHONG_HTNV",
    "hoan thanh xuat sac": "HTXSNV", "hoan thanh tot": "HTTNV", "hoan thanh": "HTNV", "khong hoan thanh": "KHONG_HTNV",
    "xuat sac": "HTXSNV", "tot": "HTTNV",
}  # fmt: skip

Reason = dict[str, str]
folded = lru_cache(maxsize=20_000)(vietnamese.search_key)  # a list says the same names again and again


@dataclass
class Said:
    """One row understood: who (`name` and what tells namesakes apart), what, and the reasons why it cannot be taken."""

    name: str = ""
    birth_year: int | None = None
    sex: str = ""
    title: str = ""
    unit_text: str = ""
    is_collective: bool = False
    register: str = ""
    kind: str = ""
    year: int | None = None
    paper_number: str = ""
    paper_on: datetime.date | None = None
    issuer: str = ""
    note: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def lacks(self, meaning: str, why: str) -> None:
        self.reasons.append({"field": meaning, "why": why})


def columns_of(mapping: Mapping[str, str]) -> list[tuple[int, str]]:
    """Place and meaning of the columns that mean something."""
    return [(int(at), meaning) for at, meaning in mapping.items() if meaning]


def words_of(
    cells: Sequence[str], columns: Sequence[tuple[int, str]], defaults: Mapping[str, str], corrected: Mapping[str, str]
) -> dict[str, str]:
    """Meaning → words of a row: its cells, else what was said once for the sheet; a correction comes before both."""
    words = dict(defaults)
    for at, meaning in columns:
        if at < len(cells) and (cell := cells[at]):
            words[meaning] = f"{words[meaning]}; {cell}" if meaning == "note" and meaning in words else cell
    if "name" in corrected:  # what was typed is the whole name, the whole year
        words.pop("family", None)
    if "born" in corrected:
        words |= {name: corrected["born"] for name in ("male_born", "female_born") if name in words}
    return words | dict(corrected)


def understood(kind: str, words: Mapping[str, str], section: str, today: datetime.date) -> Said:
    """What a row says; `today` bounds its years and days."""
    said = Said()
    _who(said, words, section, today)
    said.unit_text = words.get("unit", "")[:200]
    if kind == Batch.Kind.NOMINEES:
        said.unit_text = ""  # the dossier's own
    elif not said.unit_text and section and is_unit_name(section) and "tap the" not in fold(section)[:8]:
        said.unit_text = section[:200]
    said.note = words.get("note", "")[:300]
    if kind == Batch.Kind.STAFF:
        _staff(said, words, today)
    else:
        _honour(said, words, today)
        if kind == Batch.Kind.NOMINEES:
            _nominee(said, words)
        else:
            _paper(said, words, today)
    return said


@lru_cache(maxsize=20_000)
def is_unit_name(name: str) -> bool:
    """Whether a name is that of a body and not of a human, by its first word."""
    return COLLECTIVE.match(name[:1].lower() + name[1:] if not name.isupper() else name.lower()) is not None


def _who(said: Said, words: Mapping[str, str], section: str, today: datetime.date) -> None:
    name = " ".join(part for part in (words.get("family", ""), words.get("name", "")) if part)
    honorific = words.get("honorific", "")
    if prefix := PREFIX.match(name):
        honorific, name = prefix[1], name[prefix.end() :]
    born = words.get("born", "")
    if "(" in name and (bracket := BRACKETED_YEAR.search(name)):
        born, name = born or bracket[1], name[: bracket.start()]
    said.name = name.strip(" ,;.")[:200]
    if not said.name:
        said.lacks("name", "Chưa có tên.")
    elif not LETTERS.search(said.name) or (DIGIT.search(said.name) and not is_unit_name(said.name)):
        said.lacks("name", f"Tên “{said.name}” có chữ số.")
    about = folded(f"{words.get('subject', '')} {section}")
    said.is_collective = "tap the" in about if ("tap the" in about) != ("ca nhan" in about) else False
    if not words.get("subject") and is_unit_name(said.name) and not honorific:
        said.is_collective = True
    said.sex = _sex(said, words, honorific)
    born = words.get("male_born") or words.get("female_born") or born
    if born and not said.is_collective:
        said.birth_year = _birth_year(born, today)
        if said.birth_year is None:
            said.lacks("born", f"Năm sinh “{born}” chưa đúng, ví dụ 1980 hoặc 05/01/1980.")
    if said.name and not said.is_collective and " " not in said.name:
        said.lacks("name", f"Tên “{said.name}” thiếu họ.")
    said.title = words.get("title", "")[:120]


def _sex(said: Said, words: Mapping[str, str], honorific: str) -> str:
    told = words.get("sex", "").casefold().strip(". ")
    if told in ("nữ", "nu", "f", "female", "bà"):
        return Person.Sex.FEMALE.value
    if told in ("nam", "m", "male", "ông"):
        return Person.Sex.MALE.value
    if told:
        said.lacks("sex", f"Giới tính “{words['sex']}” chưa rõ. Xin ghi Nam hoặc Nữ.")
    by_word = {
        "ông": Person.Sex.MALE,
        "anh": Person.Sex.MALE,
        "bà": Person.Sex.FEMALE,
        "chị": Person.Sex.FEMALE,
        "cô": Person.Sex.FEMALE,
    }
    if sex := by_word.get(honorific.casefold().strip(". ")):
        return sex.value
    if words.get("male_born") and not words.get("female_born"):
        return Person.Sex.MALE.value
    return Person.Sex.FEMALE.value if words.get("female_born") and not words.get("male_born") else ""


@lru_cache(maxsize=4096)
def _birth_year(born: str, today: datetime.date) -> int | None:
    found = re.fullmatch(r"(?:.*[/.\-\s])?((?:19|20)\d{2})", born.strip())
    year = int(found[1]) if found else 0
    return year if OLDEST <= year <= today.year - YOUNGEST else None


def _honour(said: Said, words: Mapping[str, str], today: datetime.date) -> None:
    award, grade, issuer = words.get("award", ""), words.get("grade", ""), words.get("issuer", "")
    said.issuer = issuer[:200]
    if award:
        said.kind = award_code(award, issuer, said.is_collective)
        if said.kind:
            said.register = the_book().register_of(said.kind)
        elif (code := grade_code(award)) is not None:
            said.register, said.kind = Register.GRADES.value, code
        elif fold(award).strip() == "bang khen" or fold(award).strip() == "co thi dua":
            said.lacks("award", f"“{award}” của ai? Xin ghi đủ, ví dụ Bằng khen của Chủ tịch UBND tỉnh.")
        else:
            said.lacks("award", f"Không nhận ra danh hiệu, hình thức “{award}”.")
    elif grade:
        if (code := grade_code(grade)) is None:
            said.lacks("grade", f"Không nhận ra mức xếp loại “{grade}”.")
        said.register, said.kind = Register.GRADES.value, code or ""
    else:
        said.lacks("award", "Chưa có danh hiệu, hình thức khen thưởng.")
    year = words.get("year", "")
    said.year = _year(year)
    if not year:
        said.lacks("year", "Chưa có năm.")
    elif said.year is None:
        said.lacks("year", f"Năm “{year}” chưa đúng, ví dụ 2025.")
    elif not FIRST_YEAR <= said.year <= today.year:
        said.lacks("year", f"Năm {said.year} nằm ngoài {FIRST_YEAR} đến {today.year}.")
        said.year = None
    elif said.birth_year and said.year - said.birth_year < YOUNGEST:
        said.lacks("born", f"Năm sinh {said.birth_year} không hợp với năm khen {said.year}.")


@lru_cache(maxsize=1024)
def _year(text: str) -> int | None:
    found = re.fullmatch(r"(?:năm\s*)?((?:19|20)\d{2})", text.strip().casefold())
    return int(found[1]) if found else None


@lru_cache(maxsize=4096)
def award_code(words: str, issuer: str = "", is_collective: bool = False) -> str:
    """The book's code of an award as written: its label, short name or code, or its name with the giver. "" if unknown."""
    key = vietnamese.search_key(words)
    book = the_book()
    for code, award in book.awards.items():
        short = vietnamese.search_key(getattr(award, "short", "") or "")
        if key in (vietnamese.search_key(award.label), vietnamese.search_key(code), short, short.replace(" ", "")):
            return code
    if key in ABBREVIATED:
        return ABBREVIATED[key]
    found = [code for code in _named(words) if code]
    if found in (["ministry_province_commendation"], ["ministry_province_flag"], []) and issuer:
        found = [code for code in _named(f"{words} của {issuer}") if code] or found
    code = found[0] if len(set(found)) == 1 else ""
    if code == "advanced_worker" and is_collective:
        code = "advanced_collective"
    return code if code in book.awards and code_of(code) == code else ""


def _named(words: str) -> list[str]:
    """Codes of the awards named; one that only its giver would tell apart gives "" while no giver is named."""
    return [
        "" if one["code"] in ISSUED_BY and one["issuer"] in (None, "unit", "other") else str(one["code"])
        for _, _, one in award_names(fold(words))
    ]


ABBREVIATED = {
    "ldtt": "advanced_worker", "cstdcs": "grassroots_emulation_fighter", "cstd cs": "grassroots_emulation_fighter",
    "cstd co so": "grassroots_emulation_fighter",
    "cstd cap tinh": "ministry_province_emulation_fighter", "cstd tinh": "ministry_province_emulation_fighter",
    "cstd cap bo": "ministry_province_emulation_fighter", "cstdtq": "national_emulation_fighter",
    "cstd toan quoc": "national_emulation_fighter", "ttldtt": "advanced_collective", "ttldxs": "excellent_collective",
    "tap the ldtt": "advanced_collective", "tap the ldxs": "excellent_collective", "gk": "unit_commendation",
    "bk ttg": "prime_minister_commendation", "bk ttcp": "prime_minister_commendation",
    "bk ubnd tinh": "ministry_province_commendation", "bk tinh": "ministry_province_commendation",
    "bk bo": "ministry_province_commendation", "bk ct ubnd tinh": "ministry_province_commendation",
}  # fmt: skip


@lru_cache(maxsize=1024)
def grade_code(words: str) -> str | None:
    key = vietnamese.search_key(words)
    return GRADE_WORDS.get(key) or GRADE_WORDS.get(key.removesuffix(" nhiem vu"))


def _paper(said: Said, words: Mapping[str, str], today: datetime.date) -> None:
    number, day = words.get("paper_number", ""), words.get("paper_on", "")
    if (both := words.get("paper", "")) and not number:
        number, day = _split_paper(both, day)
    said.paper_number = number[:60]
    if day:
        said.paper_on = _day(day)
        if said.paper_on is None:
            said.lacks("paper_on", f"Ngày quyết định “{day}” chưa đúng, ví dụ 10/01/2025.")
        elif said.paper_on > today:
            said.lacks("paper_on", f"Ngày quyết định {vietnamese.format_date(said.paper_on)} ở sau ngày hôm nay.")
        elif said.year and said.paper_on.year < said.year:
            said.lacks("paper_on", f"Quyết định ký trước năm thành tích {said.year}.")


def _split_paper(both: str, day: str) -> tuple[str, str]:
    """ "12/QĐ-STC ngày 10/01/2025" → number and day; what cannot be split stays the number."""
    text = LONG_DAY.sub(r" ngày \1/\2/\3", both)
    text = re.sub(r"^(?:quyết định|qđ)?\s*(?:số\s*:?)?\s*", "", text, flags=re.IGNORECASE)
    if found := PAPER.match(text):
        return re.sub(r"\s", "", found["number"]).rstrip(",;"), found["day"]
    return text.strip(), day


@lru_cache(maxsize=4096)
def _day(text: str) -> datetime.date | None:
    try:
        return vietnamese.parse_date(LONG_DAY.sub(r"\1/\2/\3", text).strip())
    except ValueError:
        return None


def _nominee(said: Said, words: Mapping[str, str]) -> None:
    for_, total = words.get("votes_for", ""), words.get("votes_total", "")
    if both := VOTES.fullmatch(words.get("votes", "").strip()):
        for_, total = for_ or both[1], total or both[2]
    elif words.get("votes") and not for_:
        said.lacks("votes", f"Số phiếu “{words['votes']}” chưa đúng, ví dụ 12/13.")
    if for_ or total:
        if for_.isdecimal() and total.isdecimal() and int(for_) <= int(total) < 10_000:
            said.more |= {"votes_for": int(for_), "votes_total": int(total)}
        else:
            said.lacks("votes", f"Số phiếu “{for_}/{total}” chưa đúng, ví dụ 12/13.")
    said.more |= {"achievement": words.get("achievement", ""), "address": words.get("address", "")[:300]}


def _staff(said: Said, words: Mapping[str, str], today: datetime.date) -> None:
    if said.is_collective:
        said.lacks("name", f"“{said.name}” là tên tập thể, không phải tên người.")
    if not said.title:
        said.lacks("title", "Chưa có chức vụ.")
    if not said.unit_text:
        said.lacks("unit", "Chưa có đơn vị.")
    for meaning in ("recruited_on", "since"):
        if given := words.get(meaning, ""):
            if (day := _day(given)) is None or day > today:
                said.lacks(meaning, f"Ngày “{given}” chưa đúng, ví dụ 01/03/2020.")
            else:
                said.more[meaning] = day.isoformat()
