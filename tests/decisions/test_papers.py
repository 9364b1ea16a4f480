"""Papers of a decision: counts and sums are those of the rows, the articles read as officials write them."""

from bangvang.decisions import papers
from bangvang.decisions.models import Certificate
from bangvang.papers import blocks
from tests.decisions import round as rounds


def lines_of(paper: blocks.Paper) -> list[str]:
    return [line.text for line in blocks.body_lines(paper.body, ending=blocks.ENDING) if isinstance(line, blocks.Line)]


def test_articles_count_each_award_and_name_the_sum(council_done: rounds.Round) -> None:
    paper = papers.decision(rounds.drafted(council_done, merit="đã có thành tích xuất sắc năm 2025"))
    assert lines_of(paper) == [
        "QUYẾT ĐỊNH:",
        "Điều 1. Tặng Giấy khen cho 01 tập thể, 01 cá nhân; công nhận danh hiệu “Lao động tiên tiến” cho 02 cá nhân; công nhận"
        " danh hiệu “Chiến sĩ thi đua cơ sở” cho 01 cá nhân đã có thành tích xuất sắc năm 2025 (có danh sách kèm theo).",
        "Điều 2. Tiền thưởng kèm theo có tổng số tiền 5.170.000 đồng, chi từ Quỹ thi đua, khen thưởng của cơ quan.",
        "Điều 3. Chánh Văn phòng, người đứng đầu các phòng, đơn vị có liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu"
        " trách nhiệm thi hành Quyết định này./.",
    ]
    assert (paper.title.authority, blocks.frame_lines(paper.header)["number"]) == (
        "Giám đốc Sở Tài chính", "Số: \u00a0\u00a0\u00a0\u00a0\u00a0/QĐ-STC",
    )  # fmt: skip


def test_the_payment_list_shows_how_each_amount_came_about(council_done: rounds.Round) -> None:
    decision = rounds.numbered(council_done)
    rows = papers.payment_rows(decision)
    assert [row[-2:] for row in rows] == [
        ("0,6 × 2.340.000 = 1.404.000", 1_410_000),
        ("0,3 × 2.340.000 = 702.000", 710_000),
        ("hưởng mức cao nhất", 0),
        ("1 × 2.340.000 = 2.340.000", 2_340_000),
        ("0,3 × 2.340.000 = 702.000", 710_000),
    ]
    opening, counted = lines_of(papers.payment_list(decision))
    assert opening == (
        "Theo Quyết định số 431/QĐ-STC ngày 02 tháng 3 năm 2026; mức thưởng theo Điều 50 đến Điều 55 NĐ 152/2025/NĐ-CP; khoản 2 Điều 3"
        " NĐ 73/2024/NĐ-CP; Điều 49 NĐ 152/2025/NĐ-CP; làm tròn số lên hàng chục nghìn đồng (Điều 49 NĐ 152/2025/NĐ-CP)."
    )
    assert counted.startswith("Có 01 tập thể, 04 cá nhân, tổng số tiền 5.170.000 đồng")


def test_refusals_stand_with_their_reasons(council_done: rounds.Round) -> None:
    (annex,) = papers.refusals(rounds.numbered(council_done)).annexes
    (table,) = (block for block in annex.blocks if isinstance(block, blocks.Table))
    assert table.rows == (
        ("1", "Ông Trần Văn Bình", "Chuyên viên", "Phòng Quản lý ngân sách", "Giấy khen", "Hội đồng không thông qua"),
    )


def test_a_certificate_says_what_the_decision_says(council_done: rounds.Round) -> None:
    decision = rounds.issued(council_done)
    made = Certificate.objects.select_related("line__decision__agency", "line__nomination").get(number=4)
    assert papers.certificate_fields(made, "https://x.test/xac-minh/abc/") == {
        "code": made.code,
        "honoured_name": "Đặng Thị Én",
        "honorific": "Ông",
        "title": "Chuyên viên",
        "unit": "Phòng Quản lý ngân sách",
        "award_words": "Danh hiệu Chiến sĩ thi đua cơ sở",
        "achievement": decision.merit,
        "decision_number": "431/QĐ-STC",
        "decided_on": rounds.DAY,
        "place": "Sông Lam",
        "agency": "Sở Tài chính",
        "signer_title": "GIÁM ĐỐC",
        "signer_name": "Lê Quang Minh",
        "register_number": "4",
        "verify_url": "https://x.test/xac-minh/abc/",
    }
