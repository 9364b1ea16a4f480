"""What the columns of a list mean, from their titles as officials write them and from the values below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bangvang.vietnamese import clean, search_key

SURE, LIKELY, GUESS = 0.98, 0.8, 0.6

# meaning: (what the person sees, titles that say exactly this, words that make it likely); on folded titles.
MEANINGS: dict[str, tuple[str, str, str]] = {
    "number": ("Số thứ tự", r"s?tt|so tt|so thu tu|thu tu", r"^stt"),
    "name": (
        "Họ và tên, tên tập thể",
        r"ho va ten|ho ten|ten goi.*|ho va ten ca nhan.*|ten ca nhan.*|ca nhan tap the|ten tap the.*|tap the ca nhan|"
        r"ten|nguoi duoc khen.*|ho va ten can bo.*|ho ten.*|tap the|ca nhan",
        r"ho (?:va )?ten(?! dem)|ten (?:ca nhan|tap the)",
    ),
    "family": ("Họ và tên đệm", r"ho|ho dem|ho va ten dem|ho lot|ho va chu lot|ho ten dem", r"ten dem|chu lot"),
    "sex": ("Giới tính", r"gioi tinh|phai|nam nu|gioi", r"gioi tinh"),
    "male_born": ("Năm sinh (nam)", r"(?:nam|ngay|ngay thang nam) sinh nam", r"sinh.* nam$"),
    "female_born": ("Năm sinh (nữ)", r"(?:nam|ngay|ngay thang nam) sinh nu", r"sinh.* nu$"),
    "born": ("Năm sinh", r"(?:nam|ngay|ngay thang nam) sinh|sinh nam|sinh ngay|ns|ngay thang nam sinh", r"\bsinh\b"),
    "honorific": ("Ông, Bà", r"ong ba|danh xung|xung ho", r"^ong ba$"),
    "title": ("Chức vụ", r"chuc vu.*|chuc danh.*|cv|chuc vu don vi.*", r"chuc (?:vu|danh)"),
    "unit": (
        "Đơn vị",
        r"don vi|don vi cong tac|phong|phong ban|noi cong tac|co quan don vi.*|don vi phong ban|co quan|phong don vi|"
        r"co quan cong tac|don vi cong tac.*|bo phan",
        r"don vi|noi cong tac|phong ban",
    ),
    "subject": ("Đối tượng", r"doi tuong|loai doi tuong|phan loai doi tuong|ca nhan hay tap the", r"doi tuong"),
    "award": (
        "Danh hiệu, hình thức",
        r"danh hieu.*|hinh thuc.*|de nghi khen thuong|khen thuong|muc khen|dh htkt|noi dung khen.*|danh hieu thi dua.*",
        r"danh hieu|hinh thuc khen|hinh thuc de nghi",
    ),
    "grade": (
        "Xếp loại năm",
        r"xep loai.*|ket qua xep loai.*|muc do hoan thanh.*|danh gia.*|ket qua danh gia.*",
        r"xep loai|hoan thanh nhiem vu",
    ),
    "year": (
        "Năm",
        r"nam|nam khen.*|nam dat.*|nam thanh tich|nam xet|nam duoc.*|nam tang.*|nam cong tac|nam danh gia",
        r"^nam\b",
    ),
    "paper": (
        "Quyết định (số và ngày)",
        r"quyet dinh|so ngay.*quyet dinh.*|so qd ngay.*|so va ngay.*|quyet dinh khen.*|so quyet dinh ngay.*|van ban|"
        r"so ngay.*|qd|so hieu ngay.*",
        r"so.*ngay.*(?:quyet dinh|qd|van ban)|quyet dinh so ngay",
    ),
    "paper_number": (
        "Số quyết định",
        r"so quyet dinh|so qd|qd so|quyet dinh so|so van ban|so ky hieu|quyet dinh khen thuong so|so hieu|"
        r"so quyet dinh khen.*|so",
        r"so (?:quyet dinh|qd|van ban|ky hieu)",
    ),
    "paper_on": (
        "Ngày quyết định",
        r"ngay quyet dinh|ngay qd|ngay ky|ngay ban hanh|ngay thang|ngay thang nam|quyet dinh ngay.*|ngay|ngay khen|"
        r"ngay van ban|ngay thang quyet dinh|ngay thang nam quyet dinh",
        r"ngay (?:quyet dinh|qd|ky|ban hanh)",
    ),
    "issuer": (
        "Nơi ban hành",
        r"co quan ban hanh|co quan quyet dinh|cap quyet dinh|cap khen.*|co quan khen.*|noi ban hanh|nguoi ky|"
        r"tham quyen.*|cap ban hanh|co quan ky|don vi ban hanh|quyet dinh co quan.*",
        r"ban hanh|cap khen|co quan quyet dinh",
    ),
    "votes": ("Phiếu (đồng ý/tổng)", r"phieu|so phieu|ty le phieu|ket qua bo phieu|ket qua bieu quyet.*", r"phieu"),
    "votes_for": ("Phiếu đồng ý", r"(?:so )?phieu (?:dong y|tan thanh)|dong y|so phieu bau|phieu so dong y", r"dong y"),
    "votes_total": (
        "Số người bỏ phiếu",
        r"tong so phieu|so nguoi bo phieu|so phieu hop le|tong phieu|phieu tong so|so nguoi du hop",
        r"tong.*phieu",
    ),
    "achievement": (
        "Tóm tắt thành tích",
        r"(?:tom tat )?thanh tich.*|ly do khen.*|ly do|noi dung thanh tich|tom tat",
        r"thanh tich",
    ),
    "address": ("Địa chỉ", r"dia chi.*|noi o|noi cu tru|thuong tru", r"dia chi"),
    "recruited_on": ("Ngày tuyển dụng", r"ngay tuyen dung.*|ngay vao nganh|ngay vao co quan.*", r"tuyen dung"),
    "since": (
        "Giữ chức vụ từ",
        r"tu ngay|ngay bo nhiem.*|ngay nhan (?:viec|cong tac|chuc vu)|tu thang nam",
        r"bo nhiem",
    ),
    "note": ("Ghi chú", r"ghi chu.*|chu thich", r"ghi chu"),
    "private": (
        "Không giữ (định danh, liên lạc)",
        r"(?:so )?(?:cccd|cmnd|cmtnd|can cuoc.*|dinh danh.*|chung minh.*)|dien thoai|sdt|so dien thoai|email|"
        r"thu dien tu|so tai khoan.*|ma so thue|bhxh|so bhxh|so cccd.*",
        r"cccd|cmnd|can cuoc|dinh danh|dien thoai|email|tai khoan",
    ),
}
_EXACT = {name: re.compile(rf"(?:{exact})") for name, (_, exact, _) in MEANINGS.items()}
_LIKELY = {name: re.compile(likely) for name, (_, _, likely) in MEANINGS.items()}

YEAR = re.compile(r"(?:19|20)\d{2}")
DAYLIKE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d{2}|(?:19|20)\d{2}")
PATTERNS = {
    "year": YEAR,
    "born": DAYLIKE,
    "male_born": DAYLIKE,
    "female_born": DAYLIKE,
    "paper_on": re.compile(r".*\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}.*|.*ngày.*tháng.*"),
    "paper_number": re.compile(r".*\d.*"),
    "number": re.compile(r"\d{1,6}\.?|[IVXLC]+\.?|[A-Z]\.?"),
    "name": re.compile(r"[^\d]{2,}.*"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, the title as written, what it means ("" unknown) and how sure (0 to 1)."""

    at: int
    title: str
    meaning: str
    confidence: float


def meanings_of(title: str) -> dict[str, float]:
    """Every meaning that a column's title may have, with its weight; empty for a title that says nothing known."""
    plain = clean(title)
    key = search_key(re.sub(r"\([^)]*\)", " ", plain)) or search_key(plain)
    if not key or len(key) > 80:
        return {}
    found = {name: SURE for name, pattern in _EXACT.items() if pattern.fullmatch(key)}
    for name, pattern in _LIKELY.items():
        if name not in found and pattern.search(key):
            found[name] = LIKELY
    if plain.casefold().split()[:1] == ["nam"]:  # Nam, not Năm: letters tell a man from a year
        found.pop("year", None)
    if re.search(r"\bnữ\b", plain.casefold()) is None:
        found.pop("female_born", None)
    if re.search(r"sinh.*\bnam\b", plain.casefold()) is None:
        found.pop("male_born", None)
    if {"votes_for", "votes_total"} & set(found):
        found.pop("votes", None)
    if "paper" in found and {"paper_number", "paper_on"} & set(found) and "ngay" in key and "so" in key.split():
        found = {"paper": found["paper"]}  # one column for number and day
    return found


def mapped(titles: Sequence[str], samples: Sequence[Sequence[str]]) -> list[Column]:
    """The columns of a list: each meaning goes to the column that fits it best, each column has one meaning."""
    offers: list[tuple[float, int, str]] = []
    for at, title in enumerate(titles):
        values = [row[at] for row in samples if at < len(row) and row[at]]
        for rank, (name, weight) in enumerate(meanings_of(title).items()):
            offers.append((weight * _fits(name, values) - rank / 1000, -at, name))
    given: dict[int, tuple[str, float]] = {}
    used: set[str] = set()
    for weight, minus_at, name in sorted(offers, reverse=True):
        if -minus_at in given or (name in used and name not in ("note", "private")) or weight < GUESS / 2:
            continue
        given[-minus_at] = (name, round(weight, 2))
        used.add(name)
    if "family" in used and "name" not in used:  # "Họ" alone is the whole name
        at = next(at for at, (name, _) in given.items() if name == "family")
        given[at] = ("name", GUESS)
    return [Column(at, title, *given.get(at, ("", 0.0))) for at, title in enumerate(titles)]


def _fits(meaning: str, values: Sequence[str]) -> float:
    """How far the values below a title speak for the meaning: 0.5 (not at all) to 1."""
    pattern = PATTERNS.get(meaning)
    if pattern is None or not values:
        return 1.0
    return 0.5 + 0.5 * sum(pattern.fullmatch(value) is not None for value in values) / len(values)
