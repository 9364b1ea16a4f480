"""The demo as a running site with a round of dossiers on it, for the proofs 2.3 to 2.5."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import databases, live
from tests.http_client import Person
from tests.proofs import dossier_stage, planted

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@dataclass(frozen=True)
class Site:
    """The running product and the codes of what was staged on it."""

    live: live.Live
    codes: dict[str, Any]

    def line(self, name: str) -> str:
        """The address of a nomination."""
        dossier, line = self.codes["lines"][name]
        return f"/lam-viec/ho-so/{dossier}/de-nghi/{line}/"

    def dossier(self, unit: str) -> str:
        return f"/lam-viec/ho-so/{self.codes['dossiers'][unit]}/"

    def eligibility(self, name: str) -> str:
        return f"/lam-viec/dieu-kien/ca-nhan/{self.codes['people'][name]}/"

    def staged(self, username: str) -> Person:
        """A browser of an account that the stage opened."""
        person = Person(self.live.address)
        met = person.log_in(username, dossier_stage.PASSWORD)
        assert met.address == "/lam-viec/", met.words[:300]
        return person


@contextmanager
def running(fault: tuple[str, ...] = (), *, submitted: bool) -> Iterator[Site]:
    """The demo with the stage on it; a planted line is in the code that serves and works, not in what staged."""
    with tempfile.TemporaryDirectory(prefix="bv-dossiers-") as name:
        src = planted.source(Path(name), *fault)
        with live.serve(Path(name) / "live", src=src, demo=True) as site:
            words = ["-m", "tests.proofs.dossier_stage", *(["submit"] if submitted else [])]
            told = databases.python(site.database, *words, var=site.var, src=src)
            site.until_done()
            yield Site(site, json.loads(told.splitlines()[-1]))
