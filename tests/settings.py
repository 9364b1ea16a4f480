"""The product's settings for tests: an environment of their own, a fast password hasher."""

import os
import tempfile

os.environ.setdefault("BV_SECRET_KEY", "only for tests " * 5)
os.environ.setdefault("BV_HTTPS", "0")
os.environ.setdefault("BV_VAR", tempfile.mkdtemp(prefix="bv-test-"))

from config.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 (nothing is collected for tests)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


class UnknownVariable(str):
    """Makes a template that prints a variable nobody gave fail the test."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"template prints an unknown variable: {missing}")


for engine in TEMPLATES:  # noqa: F405
    engine["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")
