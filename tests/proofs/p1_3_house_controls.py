"""1.3 The house's own controls: faults planted in a copy of the repository, each named by the check that should."""

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.proofs import ROOT, Figure, Run, proof


@dataclass(frozen=True)
class Planted:
    """A fault: the file that gets it and what is added there, the check that must notice, and what it must name."""

    file: str
    added: str
    check: tuple[str, ...]
    named: tuple[str, ...]


PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
FAULTS = {
    "an upward import": Planted(
        "src/bangvang/people/queries.py",
        "\n\nfrom bangvang.movements import queries as upward  # noqa\n",
        ("lint-imports",),
        ("Imports go down the stairs BROKEN", "bangvang.people.queries -> bangvang.movements.queries"),
    ),
    "a view that writes": Planted(
        "src/bangvang/web/staff/units.py",
        "\n\ndef planted(unit):\n    unit.save()\n",
        (*PYTEST, "tests/house/test_doors.py::test_no_view_writes_by_itself"),
        ("web/staff/units.py",),
    ),
    "an unknown template variable": Planted(
        "src/bangvang/web/templates/portal/help.html",
        "{% block crumbs %}{{ nobody_gave_this }}{% endblock %}\n",
        (*PYTEST, "tests/web/test_portal.py::test_nothing_published_is_said_and_no_cookie_is_set"),
        ("template prints an unknown variable: nobody_gave_this",),
    ),
    "an unlisted anonymous URL": Planted(
        "src/bangvang/web/staff/units.py",
        "\n\nfrom django.contrib.auth.decorators import login_not_required  # noqa\n\none = login_not_required(one)\n",
        (*PYTEST, "tests/house/test_doors.py::test_only_the_listed_addresses_are_open_to_everybody"),
        ("units:one",),
    ),
}
LOST = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from bangvang.kernel import triggers
call_command("migrate", verbosity=0)
lost = sorted(triggers.present(connection))[0]
if {planted}:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {{lost}}")
print("lost:", lost, flush=True)
call_command("audit", "verify")
"""


LINT = ("lint-imports",)
ALL = (LINT, (*PYTEST, *(fault.check[-1] for fault in FAULTS.values() if fault.check != LINT)))


@proof(
    "1.3",
    what="An upward import, a view that writes, an unknown template variable, an unlisted public address, a lost trigger",
    bar="5 of 5 planted faults are named by their check; none of the checks complains about the unchanged copy",
    controls={
        "nothing_planted": "no fault is planted, so no check may name one",
        "broken_before": "the copy has the faults from the start, so its checks complain before anything is planted",
    },
)
def house_controls(run: Run) -> dict[str, Figure]:
    named = 0
    with tempfile.TemporaryDirectory(prefix="bv-house-") as name:
        copy = Path(name) / "copy"
        copy_repository(copy)
        if run.fault == "broken_before":
            plant(copy, *FAULTS.values())
        if run.fault != "nothing_planted":
            before = [check(run, copy, words).returncode for words in ALL]
            run.expect("the checks of the unchanged copy", before, [0] * len(ALL))
        if run.fault == "broken_before":
            return {}
        for what, fault in FAULTS.items():
            whole = (copy / fault.file).read_text(encoding="utf-8")
            if run.fault != "nothing_planted":
                plant(copy, fault)
            met = check(run, copy, fault.check)
            unnamed = [words for words in fault.named if words not in met.stdout]
            run.expect(f"{what}: not named by {fault.check[-1]}", unnamed, [])
            run.expect(f"{what}: the check fails", met.returncode != 0, True)
            named += not unnamed
            (copy / fault.file).write_text(whole, encoding="utf-8")
        named += lost_trigger(run, copy, Path(name))
    return {"faults named": named}


def copy_repository(target: Path) -> None:
    """What git would commit, as files."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for part in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / part).is_file():
            (target / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / part, target / part)


def plant(copy: Path, *faults: Planted) -> None:
    for fault in faults:
        with (copy / fault.file).open("a", encoding="utf-8") as file:
            file.write(fault.added)


def check(run: Run, copy: Path, words: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """Run a check in the copy, with nothing of this repository on its path."""
    lint = str(Path(sysconfig.get_path("scripts")) / "lint-imports")
    command = [lint] if words == LINT else [sys.executable, *words]
    return run.sh(
        command, cwd=copy, env={"PYTHONPATH": f"{copy / 'src'}:{copy}", "BV_VAR": None}, timeout=170, name="check"
    )


def lost_trigger(run: Run, copy: Path, folder: Path) -> int:
    """A database loses one of its triggers: `audit verify` names it and fails."""
    named = 0
    for planted in (False, True) if run.fault is None else (False,):
        environment = {
            "PYTHONPATH": f"{copy / 'src'}:{copy}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "BV_DATABASE": f"sqlite:///{folder / f'lost-{planted}.sqlite3'}",
            "BV_VAR": str(folder),
        }
        done = run.sh([sys.executable, "-c", LOST.format(planted=planted)], cwd=copy, env=environment, name="trigger")
        lost = done.stdout.partition("lost: ")[2].split()[0]
        says = f"Mất khoá chống sửa trong cơ sở dữ liệu: {lost}." in done.stdout
        run.expect(f"audit verify names the lost trigger (planted: {planted})", says, planted)
        run.expect(f"audit verify is content (planted: {planted})", done.returncode == 0, not planted)
        named += says
    if run.fault == "nothing_planted":
        run.expect("a lost trigger is named", named, 1)
    return named
