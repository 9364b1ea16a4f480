"""What `manage.py demo` does before it serves: the assumed day, the tables, the department, the papers."""

import datetime
import os
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from bangvang.demo import accounts_file, build, fresh

USUAL_DAY = "2025-12-20"


def require_demo() -> None:
    """NotADemo in an installation that works for real."""
    if not settings.DEMO:
        raise build.NotADemo(
            "Lệnh này chỉ chạy ở bản minh hoạ (BV_DEMO=1). Máy đang chạy thật thì không nạp dữ liệu minh hoạ."
        )


def assume(day: str | None) -> None:
    """Settings read the assumed day when they load: with another day wanted, this process starts itself again."""
    wanted = day or os.environ.get("BV_TODAY") or USUAL_DAY
    try:
        datetime.date.fromisoformat(wanted)
    except ValueError:
        raise build.NotADemo(f"Ngày giả định “{wanted}” không đọc được. Xin ghi như 2025-12-20.") from None
    if os.environ.get("BV_TODAY") != wanted:
        os.environ["BV_TODAY"] = wanted
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 (the same command, no shell)


def prepare(today: str | None, *, anew: bool = False) -> build.Summary:
    """Tables and department, once; a second call finds them. NotADemo where the demo has no business."""
    require_demo()
    assume(today)
    began = time.monotonic()
    if "bangvang_unit" in connection.introspection.table_names():
        build.require_ours()
        if anew:
            fresh.empty()
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        if build.is_built():
            return build.summary()
        accounts_file.write(build.build())
    # Papers are drawn by the usual worker; a load without them would show "đang lập" everywhere.
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    return build.summary(time.monotonic() - began)
