"""`audit` and `honours` from outside, with a forged byte as the control."""

import shutil
import sqlite3
from pathlib import Path

from tests.cli.conftest import Installation


def test_whole_ledger_verifies_and_fits_its_own_seal(demo: Installation) -> None:
    sealed = demo.manage("audit", "seal")
    assert sealed.returncode == 0
    mailed = sealed.stdout.removeprefix("Đã niêm phong: ")[:16]
    checked = demo.manage("audit", "verify", "--seal", mailed)
    assert (checked.returncode, checked.stdout) == (0, "Sổ sự kiện nguyên vẹn: không có gì bị sửa, cắt hay mất.\n")


def test_foreign_seal_and_changed_byte_are_named(demo: Installation, tmp_path: Path) -> None:
    forged = Installation(tmp_path, BV_DEMO="1")
    shutil.copy(demo.database, forged.database)
    with sqlite3.connect(forged.database) as connection:
        connection.execute("DROP TRIGGER bangvang_event_no_update")
        connection.execute("UPDATE bangvang_event SET duty = duty || '.' WHERE id = 3")
    connection.close()
    checked = forged.manage("audit", "verify", "--seal", "0123456789abcdef")
    assert checked.returncode == 1
    assert checked.stdout.splitlines() == [
        "Mất khoá chống sửa trong cơ sở dữ liệu: bangvang_event_no_update.",
        "Sự kiện 3 (unit.open) đã bị sửa sau khi ghi.",
        *[line for line in checked.stdout.splitlines() if line.startswith("Mắt xích 1 của chuỗi unit 3 ")],
        "Niêm phong 0123456789abcdef không có trong sổ: sổ này không phải sổ đã niêm phong.",
    ]


def test_expunge_removes_words_and_the_rest_still_verifies(demo: Installation, tmp_path: Path) -> None:
    copy = Installation(tmp_path, BV_DEMO="1")
    shutil.copy(demo.database, copy.database)
    gone = copy.manage("audit", "expunge", "--decision", "Quyết định số 5/QĐ-STC ngày 02/12/2025", "3", "4", "999999")
    assert (gone.returncode, gone.stdout) == (
        0,
        "Đã xoá nội dung của 2 sự kiện theo Quyết định số 5/QĐ-STC ngày 02/12/2025.\n",
    )
    assert copy.manage("audit", "verify").returncode == 0


def test_rebuild_gives_the_same_standing_facts(demo: Installation) -> None:
    def standing() -> list[tuple[object, ...]]:
        with sqlite3.connect(demo.database) as connection:
            found = connection.execute("SELECT * FROM bangvang_standing ORDER BY entry_id").fetchall()
        connection.close()
        return found

    before = standing()
    rebuilt = demo.manage("honours", "rebuild")
    assert (rebuilt.returncode, rebuilt.stdout) == (0, f"Đã dựng lại {len(before)} dòng thành tích hiện có.\n")
    assert standing() == before
