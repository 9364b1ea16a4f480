"""Emptying the demo's own database and folder of files. Rows are written once by design, so the whole base goes."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from bangvang.demo import accounts_file


def empty() -> None:
    """Remove every table and every stored file. The caller has made sure that this is a demo."""
    if connection.vendor == "sqlite":
        connection.close()
        name = str(connection.settings_dict["NAME"])
        for tail in ("", "-wal", "-shm"):
            Path(name + tail).unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    accounts_file.path().unlink(missing_ok=True)
