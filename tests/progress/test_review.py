"""The review of a period: what it counts and names, who writes, approves and numbers it; what was submitted is what is issued."""

import datetime
from pathlib import Path

import pytest

from bangvang.kernel import audit
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.papers import docx, frozen, pdf
from bangvang.papers.actions import papers_of
from bangvang.papers.blocks import Paragraph, Section, Table
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.progress import actions, papers, queries
from bangvang.progress.access import movement_reviews_visible_to
from bangvang.progress.models import Report, Review
from bangvang.progress.periods import Span
from bangvang.progress.queries import ReviewFields
from tests import factories
from tests.progress import scenes

DAY = datetime.timedelta(days=1)
THIRD = (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30), datetime.date(2026, 10, 5))
WORDS = ReviewFields(
    "Giải ngân sớm hai tuần.", "Trực cả thứ Bảy.", "Hai phòng gửi muộn.", "Thiếu người.", "Đôn đốc hằng tuần."
)


def test_a_review_says_what_was_taken_in_and_who_is_silent(
    on_the_day: None, lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit, department: Unit
) -> None:
    waiting, silent = (factories.unit(name, parent=department, agency=department) for name in ("Phòng Chờ", "Phòng Im"))
    movement = scenes.followed(lan, minh, hoa, [division, waiting, silent])
    report = scenes.sent(movement, mai, scenes.filled("994.7", "1.2", "Giải ngân sớm.\nTrả hồ sơ đúng hẹn."))
    actions.accept(report, by=lan)
    scenes.sent(movement, factories.actor("Vi Văn Khải", waiting, Duty.Role.HEAD), scenes.filled("1", "9"))
    review = actions.draft_review(report.period, by=lan)
    paper = papers.paper(review, scenes.DUE)
    sections = {block.title: block.blocks for block in paper.body if isinstance(block, Section)}
    state = " ".join(block.text for block in sections["Tình hình thực hiện"])  # type: ignore[union-attr]
    assert "Đã tiếp nhận báo cáo của 01 đơn vị, đều gửi đúng hạn." in state
    assert "Còn 01 đơn vị chưa gửi báo cáo: Phòng Im." in state
    table = sections["Các chỉ tiêu"][0]
    assert isinstance(table, Table)
    assert table.rows == (
        ("1", "Giải ngân", "994,7 tỷ đồng", "994,7 tỷ đồng", "Đạt 100 %"),
        ("2", "Hồ sơ trễ hẹn", "1,5 %", "1 đơn vị có số", "1 trên 1 đơn vị đạt"),
    )
    assert sections["Kết quả thực hiện"] == (Paragraph("Phòng Quản lý ngân sách: Giải ngân sớm. Trả hồ sơ đúng hẹn."),)
    assert list(sections) == [
        "Tình hình thực hiện",
        "Các chỉ tiêu",
        "Kết quả thực hiện",
        "Cách làm hay, gương tốt",
        "Hạn chế",
    ]
    assert (paper.title.kind, paper.title.abstract[:6], paper.header.number) == ("Báo cáo", "Sơ kết", "")
    assert (docx.write(paper)[:2], pdf.write(paper)[:4]) == (b"PK", b"%PDF")
    review.period.ends_on = movement.ends_on
    assert review.kind_words == "Tổng kết"


@pytest.fixture
def review(on_the_day: None, lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit, media: Path) -> Review:
    movement = scenes.followed(lan, minh, hoa, [division])
    report = scenes.sent(movement, mai)
    with pytest.raises(Refused, match="Chưa tiếp nhận báo cáo nào"):
        actions.draft_review(report.period, by=lan)
    actions.accept(report, by=lan)
    return actions.draft_review(report.period, by=lan)


def approved(review: Review, lan: Actor, minh: Actor) -> Review:
    actions.edit_review(review, WORDS, version=review.version, by=lan)
    actions.submit_review(review, by=lan)
    actions.approve_review(review, by=minh)
    return review


def test_a_review_goes_from_draft_to_the_register(
    review: Review, lan: Actor, minh: Actor, hoa: Actor, mai: Actor
) -> None:
    with pytest.raises(Refused, match="đã có"):
        actions.draft_review(review.period, by=lan)
    with pytest.raises(Refused, match="còn thiếu phần: nguyên nhân; nhiệm vụ thời gian tới"):
        actions.submit_review(review, by=lan)
    approved(review, lan, minh)
    actions.issue_review(review, number=57, issued_on=lan.day, by=hoa)
    order = papers_of(review)[0]
    paper = frozen.from_json(order.context)
    assert (paper.header.number, paper.signature.name, order.name) == (
        "57",
        "Lê Quang Minh",
        "Bao-cao-so-ket-57-BC-STC",
    )
    assert paper.seal
    verbs = ["draft", "edit", "submit", "approve", "issue"]
    assert factories.verbs_of(review) == [f"movement_review.{verb}" for verb in verbs]
    assert factories.verbs_of(review.period.movement)[-1] == "movement_review.issue"
    assert (review.document_number, audit.verify()) == ("57/BC-STC", [])


def test_what_was_submitted_is_what_is_issued(
    review: Review, lan: Actor, minh: Actor, hoa: Actor, department: Unit
) -> None:
    actions.edit_review(review, WORDS, version=review.version, by=lan)
    actions.submit_review(review, by=lan)
    before = papers.paper(review, lan.day).body
    Report.objects.update(state=Report.State.SENT)  # as if the report were not taken in any more
    assert papers.paper(review, lan.day).body == before
    actions.recall_review(review, by=lan)
    assert papers.paper(review, lan.day).body != before


def test_a_number_is_given_once_a_year(
    review: Review, lan: Actor, minh: Actor, hoa: Actor, division: Unit, mai: Actor
) -> None:
    approved(review, lan, minh)
    actions.issue_review(review, number=57, issued_on=lan.day, by=hoa)
    period = actions.open_period(review.period.movement, Span("Quý III/2026", *THIRD), by=lan)
    report = Report.objects.select_related("unit", "period__movement__agency").get(period=period)
    actions.write(report, scenes.filled(), by=mai)
    actions.send(report, by=mai)
    actions.accept(report, by=lan)
    second = approved(actions.draft_review(report.period, by=lan), lan, minh)
    assert queries.review_number_warning(second, 56, lan.day).startswith("Số 56 nhỏ hơn số 57/BC-STC")
    assert queries.review_number_warning(second, 58, lan.day - DAY).startswith("Số 58 lớn hơn số 57/BC-STC")
    assert queries.review_number_warning(second, 58, lan.day) == ""
    with pytest.raises(Refused, match="Số 57/BC-STC năm 2026 đã ghi cho một báo cáo khác"):
        actions.issue_review(second, number=57, issued_on=lan.day, by=hoa)


def test_each_does_only_what_is_theirs(
    review: Review, lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, quan: Actor
) -> None:
    def seen() -> list[int]:
        return [movement_reviews_visible_to(actor).count() for actor in (lan, minh, hoa, mai, quan)]

    assert seen() == [1, 1, 0, 0, 0]
    with pytest.raises(Refused, match="thường trực"):
        actions.draft_review(review.period, by=mai)
    actions.edit_review(review, WORDS, version=review.version, by=lan)
    with pytest.raises(Overtaken):
        actions.edit_review(Review.objects.get(), WORDS, version=1, by=lan)
    actions.submit_review(review, by=lan)
    with pytest.raises(Refused, match="không sửa được nữa"):
        actions.edit_review(review, WORDS, version=review.version, by=lan)
    with pytest.raises(Refused, match="Giám đốc"):
        actions.approve_review(review, by=lan)
    actions.return_review(review, reason="Thiếu số liệu.", by=minh)
    actions.submit_review(review, by=lan)
    actions.approve_review(review, by=minh)
    assert seen() == [1, 1, 1, 0, 0]
    actions.withdraw_review(review, reason="Sai tên đơn vị.", by=minh)
    assert (review.signer_name, review.state) == ("", "returned")
    actions.submit_review(review, by=lan)
    actions.approve_review(review, by=minh)
    with pytest.raises(Refused, match="do văn thư ghi"):
        actions.issue_review(review, number=1, issued_on=lan.day, by=lan)
    actions.issue_review(review, number=1, issued_on=lan.day, by=hoa)
    assert seen() == [1, 1, 1, 1, 0]
