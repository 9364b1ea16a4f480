"""`manage.py demo` from outside: once, again, and where it must not."""

import re
import sqlite3
import stat

from tests.cli.conftest import Installation


def rows(installation: Installation, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(installation.database) as connection:
        found = connection.execute(question).fetchall()
    connection.close()
    return found


def test_second_run_loads_nothing_and_keeps_what_people_did(demo: Installation) -> None:
    accounts = demo.var / "tai-khoan-minh-hoa.txt"
    words = accounts.read_text()
    with sqlite3.connect(demo.database) as connection:
        connection.execute("UPDATE bangvang_notice SET read_at = '2025-12-20 08:00:00' WHERE id = 1")
    connection.close()
    again = demo.manage("demo", "--no-serve")
    assert re.fullmatch(
        r"Đơn vị: 16 · Người: 64 · Dòng sổ vàng: \d{4} · Phong trào: 15 · Thời gian: 0,0 giây\n", again.stdout
    )
    assert again.returncode == 0
    assert rows(demo, "SELECT id FROM bangvang_notice WHERE read_at IS NOT NULL") == [(1,)]
    assert accounts.read_text() == words


def test_secrets_are_for_the_owner_alone(demo: Installation) -> None:
    for name in ("tai-khoan-minh-hoa.txt", "demo-secret"):
        assert stat.S_IMODE((demo.var / name).stat().st_mode) == 0o600


def test_papers_of_every_issued_plan_are_drawn(demo: Installation) -> None:
    assert rows(demo, "SELECT format, COUNT(*) FROM bangvang_paper GROUP BY format ORDER BY 1") == [
        ("docx", 25),
        ("pdf", 26),
    ]
    assert rows(demo, "SELECT COUNT(*) FROM bangvang_joblease WHERE done_at IS NULL") == [(0,)]


def test_fresh_builds_anew_with_other_passwords(demo: Installation) -> None:
    before = (demo.var / "tai-khoan-minh-hoa.txt").read_text()
    anew = demo.manage("demo", "--no-serve", "--fresh")
    assert anew.returncode == 0, anew.stderr
    assert (demo.var / "tai-khoan-minh-hoa.txt").read_text() != before
    assert rows(demo, "SELECT COUNT(*) FROM bangvang_unit WHERE symbol = 'STC'") == [(1,)]
    assert rows(demo, "SELECT COUNT(*) FROM bangvang_notice WHERE read_at IS NOT NULL") == [(0,)]


def test_installation_that_works_for_real_is_refused(real: Installation) -> None:
    refused = real.manage("demo", "--no-serve")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("Lệnh này chỉ chạy ở bản minh hoạ (BV_DEMO=1).")


def test_database_of_somebody_else_is_left_alone(real: Installation) -> None:
    assert real.manage("migrate", "-v0").returncode == 0
    assert real.manage("shell", "-v0", "-c", "User.objects.create_user('nguoi-that')").returncode == 0
    real.environment["BV_DEMO"] = "1"
    for arguments in (["demo", "--no-serve"], ["demo", "--no-serve", "--fresh"]):
        refused = real.manage(*arguments)
        assert refused.returncode == 2
        assert refused.stderr.startswith("Cơ sở dữ liệu này đang có đơn vị hoặc tài khoản không phải của bản minh hoạ")
    assert rows(real, "SELECT username FROM bangvang_user") == [("nguoi-that",)]


def test_day_that_is_no_day_is_refused(demo: Installation) -> None:
    refused = demo.manage("demo", "--no-serve", "--today", "31/12/2025")
    assert (refused.returncode, refused.stderr) == (
        2,
        "Ngày giả định “31/12/2025” không đọc được. Xin ghi như 2025-12-20.\n",
    )
