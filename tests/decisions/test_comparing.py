"""The signed copy against the data: what is read from the very files, one change at a time, and what people say to it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from bangvang.decisions import actions, comparing, papers
from bangvang.decisions.comparing import Row, paired
from bangvang.decisions.models import Decision
from bangvang.decisions.workflow import DECISION
from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.kernel.workflow import Refused
from bangvang.papers import docx, pdf
from bangvang.papers.models import Reading
from bangvang.reading import child
from tests.decisions import round as rounds


@pytest.fixture
def decision(council_done: rounds.Round) -> Decision:
    return rounds.numbered(council_done)


def read(content: bytes, folder: Path, kind: str = "docx") -> dict[str, Any]:
    """What the limited child finds in a file with this content."""
    file = folder / f"ban-ky.{kind}"
    file.write_bytes(content)
    found = child.read_decision(file)
    assert isinstance(found, dict), found
    return found


def edited(content: bytes, change: Callable[[str], str]) -> bytes:
    """The Word file as somebody saved it after changing words."""
    document = Document(io.BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]:
        for run in paragraph.runs:
            run.text = change(run.text)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def differences(decision: Decision, found: dict[str, Any]) -> list[tuple[str, str, str]]:
    copy = rounds.with_copy(decision, found)
    met = comparing.differences(comparing.expected(decision), comparing.said_by(copy))
    return [(one.what, one.ours, one.theirs) for one in met]


@pytest.mark.parametrize(("kind", "writer"), [("docx", docx.write), ("pdf", pdf.write)])
def test_an_untouched_copy_agrees(decision: Decision, tmp_path: Path, kind: str, writer: Any) -> None:
    found = read(writer(papers.decision(decision)), tmp_path, kind)
    assert differences(decision, found) == []


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("Trần Văn Bình", "Trần Văn Binh", [("Dòng 2, họ và tên, tập thể: Ông Trần Văn Bình", "Ông Trần Văn Bình", "Ông Trần Văn Binh")]),
        ("1.410.000", "1.470.000", [("Dòng 1, số tiền: Phòng Quản lý ngân sách", "1.410.000 đồng", "1.470.000 đồng")]),
        ("Bản Nà Hin", "Bản Nà Hìn", [("Dòng 5, đơn vị: Bà Lò Thị Pha", "Bản Nà Hin, xã Nậm Lúc", "Bản Nà Hìn, xã Nậm Lúc")]),
        ("Số: 431", "Số: 437", [("Số quyết định", "431/QĐ-STC", "437/QĐ-STC")]),
        ("Lê Quang Minh", "Lê Quang Mịnh", [("Người ký", "Lê Quang Minh", "Lê Quang Mịnh")]),
        ("5.170.000", "5.710.000", [("Tổng số tiền", "5.170.000 đồng", "5.710.000 đồng")]),
    ],
    ids=["name", "amount", "unit", "number", "signer", "total"],
)  # fmt: skip
def test_one_change_in_the_signed_copy_is_one_difference(
    decision: Decision, tmp_path: Path, right: str, wrong: str, expected: list[tuple[str, str, str]]
) -> None:
    found = read(edited(docx.write(papers.decision(decision)), lambda text: text.replace(right, wrong)), tmp_path)
    met = [one for one in differences(decision, found) if one[0] != "Trong chính bản ký"]
    assert met == expected


def test_a_missing_line_and_a_strange_one_are_named() -> None:
    row = Row("Bà A", "Chuyên viên", "Phòng 1", "Giấy khen", 710_000)
    ours = (row, Row("Bà B", "Chuyên viên", "Phòng 1", "Giấy khen", 710_000))
    theirs = (Row("Ông C", "Trưởng phòng", "Phòng 9", "“Lao động tiên tiến”", 1), row)
    assert paired(ours, theirs) == [(ours[0], row), (ours[1], None), (None, theirs[0])]


def test_a_difference_is_accepted_with_a_reason_or_stops_the_issue(
    decision: Decision, council_done: rounds.Round, tmp_path: Path
) -> None:
    content = edited(docx.write(papers.decision(decision)), lambda text: text.replace("Trần Văn Bình", "Trần Văn Bính"))
    copy = rounds.with_copy(decision, read(content, tmp_path))
    (left,) = comparing.open_differences(decision, copy)
    registry = council_done.registry
    assert DECISION.verdict(decision, "issue", registry).reason == (
        "Bản đã ký còn 1 chỗ khác dữ liệu, trước hết: Dòng 2, họ và tên, tập thể: Ông Trần Văn Bình (Ông Trần Văn Bính)."
    )
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.accept_difference(copy, left.key, " ", by=registry)
    actions.accept_difference(copy, left.key, "Lỗi gõ, đã đính chính bằng công văn 12.", by=registry)
    assert DECISION.verdict(decision, "issue", registry)
    with pytest.raises(Refused, match="không còn"):
        actions.accept_difference(copy, left.key, "Lần nữa.", by=registry)
    actions.issue(decision, by=registry)


def test_an_accepted_difference_covers_no_other_one(
    decision: Decision, council_done: rounds.Round, tmp_path: Path
) -> None:
    content = edited(docx.write(papers.decision(decision)), lambda text: text.replace("431", "437"))
    copy = rounds.with_copy(decision, read(content, tmp_path))
    for left in comparing.open_differences(decision, copy):
        actions.accept_difference(copy, left.key, "Đã xem.", by=council_done.registry)
    actions.renumber(decision, reason="Ghi lại.", by=council_done.registry)
    actions.number(decision, number=438, issued_on=rounds.DAY, by=council_done.registry)
    assert [one.ours for one in comparing.open_differences(decision, copy)][:1] == ["438/QĐ-STC"]


def test_what_no_machine_reads_is_compared_field_by_field(decision: Decision, council_done: rounds.Round) -> None:
    copy = rounds.with_copy(decision)
    keys = [key for key, _ in comparing.fields_to_see(decision)]
    assert keys == ["number", "day", "signer", "counts", "total", *(f"line-{place}" for place in range(1, 6))]
    with pytest.raises(Refused, match="Còn 1 mục chưa đánh dấu đã đối chiếu"):
        actions.confirm_copy(copy, set(keys[:-1]), by=council_done.registry)
    actions.confirm_copy(copy, set(keys), by=council_done.registry)
    assert comparing.agrees(decision)
    actions.renumber(decision, reason="Ghi lại.", by=council_done.registry)
    actions.number(decision, number=438, issued_on=rounds.DAY, by=council_done.registry)
    assert not comparing.agrees(decision)


def test_a_copy_that_was_read_is_not_waved_through_by_eye(
    decision: Decision, council_done: rounds.Round, tmp_path: Path
) -> None:
    copy = rounds.with_copy(decision, read(docx.write(papers.decision(decision)), tmp_path))
    with pytest.raises(Refused, match="Máy đọc được bản ký này"):
        actions.confirm_copy(copy, set(), by=council_done.registry)


def test_the_copy_is_read_in_a_job(decision: Decision, council_done: rounds.Round) -> None:
    upload = SimpleUploadedFile("ban-ky.pdf", pdf.write(papers.decision(decision)))
    copy = actions.receive_copy(decision, upload, by=council_done.registry)
    assert comparing.agrees(decision).reason == "Máy đang đọc bản đã ký, xin đợi vài giây."
    for lease in JobLease.objects.filter(job="papers.read_decision"):
        leases.work.func(lease.pk)
    assert Reading.objects.get(pk=copy.reading_id).state == Reading.State.READ
    assert comparing.agrees(decision)


def test_a_copy_that_is_no_decision_is_left_to_the_eye(decision: Decision, council_done: rounds.Round) -> None:
    upload = SimpleUploadedFile("ban-ky.txt", "Danh sách mua giấy bút của văn phòng.\n".encode() * 30)
    copy = actions.receive_copy(decision, upload, by=council_done.registry)
    for lease in JobLease.objects.filter(job="papers.read_decision"):
        leases.work.func(lease.pk)
    assert Reading.objects.get(pk=copy.reading_id).refusal == (
        "Máy không tìm thấy danh sách người, tập thể được khen trong tệp này."
    )
