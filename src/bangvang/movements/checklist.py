"""A plan beside what the law asks of one: part by part, with the sentence that answers or what is missing. It warns."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bangvang import vietnamese
from bangvang.law.book import Book
from bangvang.law.sources import cited
from bangvang.movements.models import Movement
from bangvang.movements.queries import PlanFields

MET, NOT_MET, PERSON = "ok", "bad", "human"
WORDS = {MET: "Có", NOT_MET: "Chưa thấy", PERSON: "Cần người xem"}


@dataclass(frozen=True)
class Found:
    """How a plan stands to one demand: a kind of chip, and the reason in a sentence."""

    kind: str
    reason: str


@dataclass(frozen=True)
class Item:
    """One line of the checklist with its article and what the mark of the book means."""

    label: str
    kind: str
    reason: str
    cite: str

    @property
    def word(self) -> str:
        return WORDS[self.kind]


@dataclass(frozen=True)
class Checklist:
    """The demands on a day and what the length of a thematic movement opens. `unread`: law in force that nobody has loaded."""

    day: datetime.date
    items: tuple[Item, ...]
    lengths: tuple[Item, ...]
    unread: tuple[str, ...]

    @property
    def not_met(self) -> int:
        return sum(item.kind == NOT_MET for item in self.items)

    @property
    def to_look_at(self) -> int:
        return sum(item.kind == PERSON for item in self.items)


def checklist(movement: Movement, plan: PlanFields, book: Book, day: datetime.date) -> Checklist:
    """What the book asks on the day (of issue, or today for a draft) beside what the plan says."""
    items = [
        Item(demand.label, found.kind, found.reason, cited(demand.row.cites))
        for demand in book.plans.demanded_on(day)
        for found in [LOOKS[demand.part](plan)]
    ]
    lengths = []
    if plan.kind == Movement.Kind.THEMATIC:
        for length in book.plans.lengths_on(day):
            found = _length(plan, length.years)
            label = f"Từ đủ {vietnamese.two_digits(length.years)} năm: {length.label}"
            lengths.append(Item(label, found.kind, found.reason, cited(length.row.cites)))
    unread = tuple(instrument.label for instrument in book.unread(day))
    return Checklist(day, tuple(items), tuple(lengths), unread)


def _lines(texts: Iterable[str], what: str) -> Found:
    count = len(tuple(texts))
    return Found(MET, f"{count} ý.") if count else Found(NOT_MET, f"Kế hoạch chưa ghi {what}.")


def _scope(plan: PlanFields) -> Found:
    return Found(MET, f"{Movement.Level(plan.level).label}.")


def _criteria(plan: PlanFields) -> Found:
    sides = (("tập thể", plan.collective_criteria), ("cá nhân", plan.individual_criteria))
    given = [side for side, texts in sides if texts]
    if not given:
        return Found(NOT_MET, "Kế hoạch chưa ghi tiêu chí nào.")
    if len(given) == 1:
        return Found(PERSON, f"Mới có tiêu chí đối với {given[0]}. Xin xem phong trào có dành cho cả hai không.")
    return Found(MET, "Có tiêu chí đối với tập thể và đối với cá nhân.")


def _period(plan: PlanFields) -> Found:
    if plan.starts_on is None:
        return Found(NOT_MET, "Kế hoạch chưa ghi ngày bắt đầu.")
    if plan.ends_on is not None:
        first, last = vietnamese.format_date(plan.starts_on), vietnamese.format_date(plan.ends_on)
        return Found(MET, f"Từ ngày {first} đến hết ngày {last}.")
    if plan.end_condition:
        return Found(
            PERSON, f"Kết thúc khi {plan.end_condition}: xin xem điều kiện này có rõ để biết ngày kết thúc không."
        )
    return Found(NOT_MET, "Kế hoạch chưa ghi ngày kết thúc hoặc điều kiện kết thúc.")


def _targets(plan: PlanFields) -> Found:
    for text in (*plan.contents, *plan.collective_criteria, *plan.individual_criteria):
        if any(letter.isdigit() for letter in text):
            return Found(MET, f"“{text}”")
    return Found(PERSON, "Nội dung và tiêu chí không có con số nào. Xin xem có chỉ tiêu viết bằng chữ không.")


def _said(plan: PlanFields) -> tuple[str, ...]:
    stages = tuple(one.name for one in plan.milestones)
    return (*plan.requirements, *plan.contents, *plan.solutions, *plan.procedure, *stages, *plan.duties)


def _words(*keys: str, weaker: tuple[str, ...] = (), what: str) -> Callable[[PlanFields], Found]:
    """The plan says it where one of the words stands; with a weaker word a person decides."""

    def look(plan: PlanFields) -> Found:
        for words, kind in ((keys, MET), (weaker, PERSON)):
            for text in _said(plan):
                if any(word in vietnamese.search_key(text) for word in words):
                    return Found(kind, f"“{text}”" if kind == MET else f"“{text}”: xin xem có phải {what} không.")
        return Found(NOT_MET, f"Không có câu nào nói về {what}.")

    return look


def _reviews(plan: PlanFields) -> Found:
    found = _words("so ket", "tong ket", what="sơ kết, tổng kết")(plan)
    if found.kind == MET and not plan.awards:
        return Found(NOT_MET, "Có sơ kết, tổng kết nhưng chưa ghi hình thức khen thưởng.")
    return found


def _length(plan: PlanFields, years: int) -> Found:
    if plan.starts_on is None or plan.ends_on is None:
        return Found(PERSON, "Chưa có ngày bắt đầu hoặc ngày kết thúc, nên chưa biết dài bao lâu.")
    after = plan.ends_on + datetime.timedelta(days=1)  # the last day is inclusive
    full = after.year - plan.starts_on.year - ((after.month, after.day) < (plan.starts_on.month, plan.starts_on.day))
    if full >= years:
        return Found(MET, f"Phong trào dài {full} năm.")
    return Found(NOT_MET, f"Phong trào chưa đủ {years} năm: không lấy làm căn cứ cho hình thức này.")


LOOKS: dict[str, Callable[[PlanFields], Found]] = {
    "goals": lambda plan: _lines(plan.purposes, "mục đích, mục tiêu"),
    "scope": _scope,
    "subjects": lambda plan: _lines(plan.targets, "đối tượng"),
    "contents": lambda plan: _lines(plan.contents, "nội dung thi đua"),
    "criteria": _criteria,
    "targets": _targets,
    "slogan": lambda plan: Found(MET, f"“{plan.theme}”") if plan.theme else Found(NOT_MET, "Kế hoạch chưa ghi chủ đề, khẩu hiệu."),
    "period": _period,
    "measures": lambda plan: _lines((*plan.solutions, *plan.duties), "giải pháp, tổ chức thực hiện"),
    "launch": lambda plan: _lines(plan.duties, "tổ chức thực hiện"),
    "inspection": _words("kiem tra", "giam sat", weaker=("theo doi", "don doc"), what="kiểm tra, giám sát"),
    "models": _words("tuyen truyen", "nhan rong", "dien hinh", "guong nguoi tot", what="tuyên truyền, nhân rộng điển hình"),
    "registration": _words("dang ky", what="đăng ký thi đua"),
    "reviews": _reviews,
}  # fmt: skip
"""Part of the book → how a plan is looked at; a test holds the two together."""
