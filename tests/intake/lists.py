"""Lists as tests need them: xlsx files, batches taken through their jobs without a queue."""

import io
import uuid
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import xlsxwriter

from bangvang.intake import actions, jobs
from bangvang.intake.models import Batch
from bangvang.people.actor import Actor

AWARD_TITLES = (
    "STT", "Họ và tên", "Giới tính", "Năm sinh", "Chức vụ", "Đơn vị", "Danh hiệu", "Năm", "Số quyết định",
    "Ngày quyết định", "Cơ quan ban hành",
)  # fmt: skip


def workbook(rows: Sequence[Sequence[object]], *, sheet: str = "Danh sách") -> bytes:
    """An Excel file with these rows from the top."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for place, row in enumerate(rows):
        page.write_row(place, 0, row)
    book.close()
    return kept.getvalue()


def award_rows(*people: tuple[str, str, int | str, str, str, int | str]) -> bytes:
    """A list of awards with one decision: (name, sex, birth year, unit, award, year)."""
    rows: list[Sequence[object]] = [["DANH SÁCH KHEN THƯỞNG"], [], AWARD_TITLES]
    for place, (name, sex, born, unit, award, year) in enumerate(people, start=1):
        paper = ["12/QĐ-STC", "10/01/2026", "Giám đốc Sở Tài chính"]
        rows.append([place, name, sex, born, "Chuyên viên", unit, award, year, *paper])
    return workbook(rows)


class Upload:
    """What a web upload looks like."""

    def __init__(self, content: bytes, name: str = "danh-sach.xlsx") -> None:
        self.content, self.name = content, name

    def chunks(self) -> list[bytes]:
        return [self.content]


class Holding:
    """A lease that nobody contests: the job runs in the test's own transaction."""

    lease_id, token = 0, uuid.UUID(int=0)

    def chunk(self) -> Any:
        return nullcontext()


def read(content: bytes, by: Actor, kind: str = "awards", **given: Any) -> Batch:
    """A batch whose columns are known and wait for a person."""
    known = {"source": "Văn phòng Sở", "dossier": None, **given}
    batch = actions.receive(Upload(content), kind, by=by, **known)
    jobs.read(Holding(), batch.pk)  # type: ignore[arg-type]
    batch.refresh_from_db()
    return batch


def checked(content: bytes, by: Actor, kind: str = "awards", **given: Any) -> Batch:
    """A batch whose rows are staged and checked with the columns as the reader offers them."""
    batch = read(content, by, kind, **given)
    assert batch.state == Batch.State.READ, batch.state
    actions.agree(batch, batch.mapping, batch.defaults, version=batch.version, by=by)
    jobs.stage(Holding(), batch.pk)  # type: ignore[arg-type]
    batch.refresh_from_db()
    return batch


def file(folder: Path, content: bytes, name: str = "danh-sach.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
