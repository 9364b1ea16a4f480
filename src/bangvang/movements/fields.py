"""The parts of a plan that are more than a line of text: the superior's document, an award with its quota, a milestone.

Each is written in one line as officials write it, and read back from that line.
"""

import datetime
import re
from typing import NamedTuple

from bangvang import vietnamese

DOCUMENT = re.compile(
    r"^(?P<kind>[^\d,]+?)\s+số\s+(?P<number>.+?),?\s+ngày\s+(?P<day>\d{1,2}/\d{1,2}/\d{4}),?\s+của\s+"
    r"(?P<issuer>.+?)(?:,?\s+(?P<title>(?:về|phát động|ban hành|tổ chức)\s.+))?$",
    re.IGNORECASE,
)
SHARE = re.compile(r"(?P<count>\d[\d.]*)\s+(?P<of>tập thể|cá nhân)", re.IGNORECASE)
MONEY = re.compile(r"^(?P<amount>\d[\d.]*)(?:\s*(?:đồng|đ|VNĐ))?$", re.IGNORECASE)


class Superior(NamedTuple):
    """The document by which a superior launched the movement that this one answers. `title` may be empty."""

    kind: str
    number: str
    issued_on: datetime.date
    issuer: str
    title: str = ""

    def __str__(self) -> str:
        words = f"{self.kind} số {self.number} ngày {vietnamese.format_date(self.issued_on)} của {self.issuer}"
        return f"{words} {self.title}".strip()

    @classmethod
    def read(cls, text: str) -> "Superior":
        """From "Kế hoạch số 178/KH-UBND ngày 25/09/2025 của UBND tỉnh về …". ValueError says what is missing."""
        found = DOCUMENT.match(vietnamese.clean(text).rstrip(" .;,"))
        if found is None:
            raise ValueError(
                "Xin ghi đủ loại, số, ngày, nơi ban hành. Ví dụ: Kế hoạch số 178/KH-UBND ngày 25/09/2025 của Uỷ ban"
                " nhân dân tỉnh về phát động phong trào thi đua."
            )
        day = vietnamese.parse_date(found["day"])
        return cls(found["kind"], found["number"].replace(" ", ""), day, found["issuer"], found["title"] or "")


class PlannedAward(NamedTuple):
    """A form of award as the plan offers it: its standard, how many of each, and the money foreseen in all (đồng)."""

    text: str
    standard: str = ""
    collectives: int | None = None
    people: int | None = None
    money: int | None = None

    @property
    def quota(self) -> str:
        """ "3 tập thể, 10 cá nhân", or an empty string."""
        counts = ((self.collectives, "tập thể"), (self.people, "cá nhân"))
        return ", ".join(f"{vietnamese.format_number(count)} {of}" for count, of in counts if count is not None)

    @property
    def told(self) -> str:
        """The award as a plan says it in one sentence."""
        words = f"{self.text}: {self.standard}" if self.standard else self.text
        money = f"kinh phí {vietnamese.format_money(self.money)}" if self.money is not None else ""
        foreseen = "; ".join(part for part in (self.quota, money) if part)
        return f"{words} (dự kiến {foreseen})" if foreseen else words

    def __str__(self) -> str:
        """The line of the form: "form: standard | 3 tập thể, 10 cá nhân | 9.360.000 đồng"."""
        words = f"{self.text}: {self.standard}" if self.standard else self.text
        money = vietnamese.format_money(self.money) if self.money is not None else ""
        return " | ".join(part for part in (words, self.quota, money) if part)

    @classmethod
    def read(cls, line: str) -> "PlannedAward":
        """From a line of the form; the parts after bars may be missing. ValueError names the part not understood."""
        words, *rest = (part.strip() for part in line.split("|"))
        text, _, standard = (part.strip() for part in words.partition(":"))
        counts: dict[str, int] = {}
        money = None
        for part in filter(None, rest):
            shares = SHARE.findall(part)
            amount = MONEY.match(part)
            if shares and not SHARE.sub("", part).strip(" ,;và"):
                counts |= {of.lower(): _whole(count) for count, of in shares}
            elif amount:
                money = _whole(amount["amount"])
            else:
                raise ValueError(
                    f"Chưa hiểu “{part}”. Sau dấu | xin ghi số lượng, ví dụ 3 tập thể, 10 cá nhân; rồi dấu | và kinh phí, ví dụ"
                    " 9.360.000 đồng."
                )
        return cls(text, standard, counts.get("tập thể"), counts.get("cá nhân"), money)


class PlannedMilestone(NamedTuple):
    """A stage of the plan: what is done by which last day (inclusive)."""

    name: str
    last_day: datetime.date

    def __str__(self) -> str:
        return f"{self.name}: {vietnamese.format_date(self.last_day)}"

    @classmethod
    def read(cls, line: str) -> "PlannedMilestone":
        """From "Sơ kết: 15/07/2026". ValueError says what is missing."""
        name, _, day = line.rpartition(":")
        if not name.strip():
            raise ValueError(
                f"Mốc “{line}” chưa có ngày. Xin ghi tên mốc, dấu hai chấm, ngày. Ví dụ: Sơ kết: 15/07/2026."
            )
        return cls(name.strip(), vietnamese.parse_date(day.strip().rstrip(".")))


def _whole(text: str) -> int:
    return int(vietnamese.parse_number(text))
