"""The demo department, loaded once for all tests of this folder and rolled back after the last one."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bangvang.demo import build


@pytest.fixture(scope="package")
def passwords(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """Loads the demo; gives the accounts' passwords."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build.build()
        transaction.set_rollback(True)
