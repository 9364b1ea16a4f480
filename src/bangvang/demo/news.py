"""News in every state: of a plan with a picture, of a decision, of a good example in a report."""

import datetime
import struct
import zlib

from bangvang.decisions.models import Decision
from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import CLERK, NUMBER, YEAR, SentIn
from bangvang.movements.models import Movement
from bangvang.papers import actions as stored
from bangvang.people.actor import Actor
from bangvang.progress.models import Report
from bangvang.stories import actions as stories
from bangvang.stories import sources
from bangvang.stories.models import Article
from bangvang.stories.sources import ArticleFields

DIRECTOR = "giamdoc"
WIDTH, HEIGHT = 480, 200  # of the drawn picture, in points
BOARD, LINE = (0x63, 0x13, 0x1A), (0xEF, 0xDC, 0xAE)
EXAMPLE = ArticleFields(
    "Hẹn theo từng buổi, không phải chờ",
    "Phòng Quản lý ngân sách hẹn từng chủ đầu tư đến làm việc theo buổi, mỗi buổi nhận ba bộ hồ sơ.",
    "Lịch hẹn treo ở hành lang và gửi trước một tuần. Người đến đúng buổi được thẩm tra ngay tại chỗ.",
)


def run(department: Department) -> None:
    """Called after the decision, the reports and the accounts."""
    plan = Movement.objects.get(number=NUMBER, issued_on__year=YEAR)
    with assumed_day.on(day := datetime.date(2025, 10, 9)):
        clerk = department.actor(CLERK, day)
        first = _drafted(plan, sources.first_text(plan), clerk, "Tấm bảng lễ phát động phong trào")
        stories.submit_article(first, by=clerk)
        stories.publish_article(first, by=department.actor(DIRECTOR, day))
    decision = Decision.objects.filter(state=Decision.State.ISSUED).order_by("pk")[0]
    with assumed_day.on(day := datetime.date(2025, 12, 18)):
        clerk = department.actor(CLERK, day)
        praised = _drafted(decision, sources.first_text(decision), clerk)
        stories.submit_article(praised, by=clerk)
        early = _drafted(plan, ArticleFields("Còn ba tuần đến hạn", "Phong trào còn ba tuần.", ""), clerk)
        stories.submit_article(early, by=clerk)
        stories.publish_article(early, by=department.actor(DIRECTOR, day))
        stories.withdraw_article(early, reason="Ghi nhầm số tuần.", by=clerk)
    report = Report.objects.filter(state=Report.State.ACCEPTED).exclude(good_examples="").order_by("pk")[0]
    with assumed_day.on(day := datetime.date(2025, 12, 19)):
        _drafted(report, EXAMPLE, department.actor(CLERK, day), "Tờ lịch hẹn treo ở hành lang")


def _drafted(source: sources.Source, text: ArticleFields, clerk: Actor, alt: str = "") -> Article:
    article = stories.draft_article(source, text, by=clerk)
    if alt:
        file = stored.receive(SentIn(f"Anh {article.drafted_on:%d-%m}.png", _picture()), by=clerk)
        stored.settle(file, kind="png")  # drawn by us: there is nothing in it for the limited child to find
        stories.add_picture(article, file, alt, by=clerk)
    return article


def _picture() -> bytes:
    """A lacquer board with three gold lines, as PNG."""
    lines = {y for top in (60, 96, 132) for y in range(top, top + 8)}
    rows = (
        b"\0" + b"".join(bytes(LINE if y in lines and 90 <= x < WIDTH - 90 else BOARD) for x in range(WIDTH))
        for y in range(HEIGHT)
    )
    drawn = zlib.compress(b"".join(rows))
    parts = ((b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)), (b"IDAT", drawn), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
