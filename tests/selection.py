"""Pytest plugin of `./bv test`: each of its three runs keeps the tests that belong to it.

sqlite      every test outside the browser
postgresql  the tests that touch the database
browser     the tests marked `browser`
"""

import os

import pytest

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
    "committed",  # a throw-away copy that really commits
}


def belongs(item: pytest.Item, run: str) -> bool:
    in_browser = item.get_closest_marker("browser") is not None
    if run == "browser":
        return in_browser
    if run == "postgresql":
        fixtures = set(getattr(item, "fixturenames", ()))
        touches = item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)
        return touches and not in_browser
    return not in_browser


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    run = os.environ["BV_TEST_RUN"]
    kept = [item for item in items if belongs(item, run)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept
