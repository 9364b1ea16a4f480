"""The review of a period: what it counts, whom it names, what it takes from the reports; drawn as Word and PDF."""

from bangvang.papers import docx, pdf
from bangvang.papers.blocks import Section, Table
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.progress import actions, papers
from bangvang.progress.board import indicator_rows
from bangvang.progress.models import Report
from bangvang.progress.queries import owing_units
from tests import factories
from tests.progress import scenes


def test_a_review_says_what_was_taken_in_and_who_is_silent(
    on_the_day: None, lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit, department: Unit
) -> None:
    waiting, silent = (factories.unit(name, parent=department, agency=department) for name in ("Phòng Chờ", "Phòng Im"))
    movement = scenes.followed(lan, minh, hoa, [division, waiting, silent])
    report = scenes.sent(movement, mai, scenes.filled("994.7", "1.2", "Giải ngân sớm.\nTrả hồ sơ đúng hẹn."))
    actions.accept(report, by=lan)
    scenes.sent(movement, factories.actor("Vi Văn Khải", waiting, Duty.Role.HEAD), scenes.filled("1", "9"))
    period = report.period
    rows = indicator_rows(period, (Report.State.ACCEPTED,))
    paper = papers.review(period, [report], rows, list(owing_units(period, scenes.DUE)))
    sections = {block.title: block.blocks for block in paper.body if isinstance(block, Section)}
    state = " ".join(block.text for block in sections["Tình hình thực hiện"])  # type: ignore[union-attr]
    assert "Đã tiếp nhận báo cáo của 01 đơn vị, đều gửi đúng hạn." in state
    assert "Còn 01 đơn vị chưa gửi báo cáo: Phòng Im." in state
    table = sections["Kết quả thực hiện các chỉ tiêu"][0]
    assert isinstance(table, Table)
    assert table.rows == (
        ("1", "Giải ngân", "994,7 tỷ đồng", "994,7 tỷ đồng", "Đạt 100 %"),
        ("2", "Hồ sơ trễ hẹn", "1,5 %", "1 đơn vị có số", "1 trên 1 đơn vị đạt"),
    )
    assert list(sections) == [
        "Tình hình thực hiện", "Kết quả thực hiện các chỉ tiêu", "Kết quả của các đơn vị", "Cách làm hay, gương tốt",
        "Khó khăn, kiến nghị", "Nhiệm vụ, giải pháp thời gian tới",
    ]  # fmt: skip
    assert (paper.title.kind, paper.title.abstract[:6], paper.header.number) == ("Báo cáo", "Sơ kết", "")
    assert (docx.write(paper)[:2], pdf.write(paper)[:4]) == (b"PK", b"%PDF")
    period.ends_on = movement.ends_on
    assert papers.is_final(period)
