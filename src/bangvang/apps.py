"""The one application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BangvangConfig(AppConfig):
    name = "bangvang"
    verbose_name = "Bảng Vàng"

    def ready(self) -> None:
        # Importing the rooms' jobs registers them by name for the worker.
        from bangvang.intake import jobs as _intake  # noqa: F401, PLC0415
        from bangvang.movements import jobs as _movements  # noqa: F401, PLC0415
        from bangvang.notices import jobs as _notices  # noqa: F401, PLC0415 (models must be loaded first)
        from bangvang.papers import jobs as _papers  # noqa: F401, PLC0415
        from bangvang.progress import jobs as _progress  # noqa: F401, PLC0415

        post_migrate.connect(remake_triggers, sender=self)


def remake_triggers(using: str = "default", **_: Any) -> None:
    """SQLite drops triggers silently when Django rebuilds a table, so they are made anew after every migrate."""
    from django.db import connections  # noqa: PLC0415 (see above)

    from bangvang.kernel import triggers  # noqa: PLC0415

    triggers.remake(connections[using])
