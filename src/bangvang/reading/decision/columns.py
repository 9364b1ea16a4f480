"""What each column of a list of the honoured holds, told from its heading; headings are never expected in one order."""

import re
from dataclasses import dataclass, field

from bangvang.reading.text_cleaning import fold

# On folded headings; the first that matches counts, so the narrower stands before the wider.
ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ordinal", re.compile(r"^(?:s\.?t\.?t\.?|tt|so tt|so thu tu|no\.?)$")),
    ("honorific", re.compile(r"^(?:ong ?[/,]? ?ba|ong \(ba\)|danh xung|ong, ba)$")),
    ("amount", re.compile(r"so tien|tien thuong|muc thuong|muc tien|muc khen|thanh tien")),
    ("award", re.compile(r"danh hieu|hinh thuc|khen thuong|muc do")),
    ("title_unit", re.compile(r"(?:chuc vu|chuc danh|nghe nghiep).*(?:don vi|noi cong tac|co quan|noi o|dia chi)")),
    ("title", re.compile(r"chuc vu|chuc danh|nghe nghiep|chuc vu, chuc danh")),
    (
        "name",
        re.compile(r"ho (?:va )?ten|ho, ten|ten (?:ca nhan|tap the|don vi|co quan|ho|gia dinh)|^ca nhan|^tap the"),
    ),
    ("unit", re.compile(r"don vi|noi cong tac|co quan|phong|ban|to chuc|dia chi|noi o|cong doan|chi bo|thon|xa")),
    (
        "note",
        re.compile(r"ghi chu|thanh tich|noi dung|nam sinh|ngay sinh|gioi tinh|^nam$|^nu$|so so vang|cccd|dien thoai"),
    ),
)
NOT_MONEY = re.compile(r"\blan\b|he so|muc luong")
NUMBERS = re.compile(r"\(?\d{1,2}\)?")


@dataclass(slots=True)
class Columns:
    """The roles of the columns in order; `money` is what one unit of the money column is worth in đồng."""

    roles: list[str] = field(default_factory=list)
    subject: str | None = None
    money: int = 1

    def cell(self, cells: list[str], role: str) -> str:
        """The words of the column with that role; "" where there is none."""
        return next((cells[at] for at, one in enumerate(self.roles) if one == role and at < len(cells)), "")


def heading(cells: list[str]) -> Columns | None:
    """The columns when the cells are headings (two roles or more, no value among them); else None."""
    words = [fold(cell).strip(" .:") for cell in cells]
    if together := re.match(r"(stt|tt)\s+(?=\w)", words[0]):  # narrow columns that a PDF sets without a gap
        words[:1] = [together[1], words[0][together.end() :]]
    if any(NUMBERS.fullmatch(word) for word in words[:1]) or any(len(word) > 90 for word in words):
        return None
    roles = [next((role for role, named in ROLES if named.search(word)), "") if word else "" for word in words]
    sure = sum(bool(role) for role in roles)
    if sure < 2 or sure * 2 < sum(map(bool, words)) or ("ordinal" not in roles and "name" not in roles):
        return None
    columns = Columns(roles)
    if "name" not in roles:  # "Ông (Bà)" or "Đơn vị" alone heads the names
        for stand_in in ("honorific", "unit", "title_unit"):
            if stand_in in roles:
                roles[roles.index(stand_in)] = "name"
                break
        else:
            if len(roles) > 1 and not roles[1]:
                roles[1] = "name"
    named = columns.cell(words, "name")
    if "tap the" in named and "ca nhan" not in named and "ho" not in named.split():
        columns.subject = "collective"
    money = columns.cell(words, "amount")
    if NOT_MONEY.search(money):
        roles[roles.index("amount")] = "note"
    elif re.search(r"nghin|ngan|1\.?000 ?d", money):
        columns.money = 1_000
    elif "trieu" in money:
        columns.money = 1_000_000
    return columns


def numbers_the_columns(cells: list[str]) -> bool:
    """The row "(1) (2) (3)" below a heading."""
    words = [cell.strip() for cell in cells if cell.strip()]
    return len(words) > 1 and all(NUMBERS.fullmatch(word) for word in words) and words[0].strip("()") == "1"
