"""6.3 Reminders of 2025 and 2026, day by day: each drafted exactly once, each letter at most once on the wire, on two databases."""

import json
import tempfile
from pathlib import Path

from tests import databases, postgresql
from tests.proofs import Figure, Run, proof
from tests.proofs.planted import sources

POST, REMINDING = "bangvang/notices/jobs.py", "bangvang/progress/reminding.py"
END_OF_CONTROL = "2025-07-31"  # the holidays of Tết and of May, kills, and the days off lie before
Change = tuple[str, str, str]
FAULTS: dict[str, list[Change]] = {
    "holidays_not_counted": [
        (
            REMINDING,
            "    return day, not certain\n",
            "    return period.due_on + datetime.timedelta(days=rule.days), not certain\n",
        )
    ],
    "days_off_not_made_up_for": [
        ("bangvang/progress/jobs.py", "since <= day_of(rule, period)[0] <= today", "day_of(rule, period)[0] == today")
    ],
    "drafted_whenever_asked": [
        ("bangvang/progress/jobs.py", "(period.pk, period.due_on) not in drafted and since <=", "since <=")
    ],
    "said_after_the_answer": [
        (
            POST,
            "        if begun:\n            outcome = mailing.hand_over(server, mail)\n            with held.chunk():\n"
            "                actions.settle(mail, outcome)\n",
            "            outcome = mailing.hand_over(server, mail)\n            actions.settle(mail, outcome)\n",
        )
    ],
    "a_vanished_letter_stays_on_its_way": [
        (POST, "    if mail.outcome == Mail.Outcome.SENDING:", "    if False:"),
    ],
}


@proof(
    "6.3",
    what="722 days of 2025 and 2026 with the real clock and worker, four rules on 24 periods, the day's job ordered twice, a machine"
    " off for seven days, workers killed between the mail server's answer and the commit",
    bar="every occasion drafted once on its day; 0 letters twice on the wire; a killed letter is one letter and a row that says unsure",
    controls={
        "holidays_not_counted": "working days are counted as calendar days",
        "days_off_not_made_up_for": "only the occasions of the very day are drafted",
        "drafted_whenever_asked": "the job does not look at what was drafted",
        "said_after_the_answer": "a letter is marked as being sent in the transaction that says what came of it",
        "a_vanished_letter_stays_on_its_way": "nobody settles a letter whose worker vanished",
    },
)
def reminders(run: Run) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="bv-reminders-") as name:
        folder = Path(name)
        src = sources(folder, FAULTS[run.fault] if run.fault else [])
        figures = on_engine(run, folder, src, "", "SQLite")
        if not run.fault:
            try:
                with postgresql.server() as address:
                    figures |= on_engine(run, folder, src, address, "PostgreSQL")
            except postgresql.NoServer as reason:
                run.not_run(str(reason))
    return figures


def on_engine(run: Run, folder: Path, src: Path, server: str, engine: str) -> dict[str, Figure]:
    with databases.template(folder, server) as template, template.copy() as address:
        try:
            words = ("-m", "tests.proofs.reminded_years", *([END_OF_CONTROL] if run.fault else []))
            printed = databases.python(address, *words, var=folder, src=src, timeout=500)
        except RuntimeError as broken:
            run.expect(f"{engine} the two years", str(broken)[-300:], "lived to their end")
            return {}
    told = json.loads(printed.strip().splitlines()[-1])
    run.write(f"     {engine}: {json.dumps(told, ensure_ascii=False)}")
    outcomes = told["outcomes"]
    run.at_least(f"{engine} occasions", told["occasions"], 24 if run.fault else 90)
    run.expect(f"{engine} drafts that are missing, twice or on another day", told["wrong drafts"], [])
    run.expect(f"{engine} reminders", told["reminders"], told["occasions"])
    run.expect(f"{engine} jobs that failed", told["jobs that failed"], 0)
    run.at_least(f"{engine} workers killed at the answer", told["kills"], 2 if run.fault else 6)
    run.expect(f"{engine} letters twice on the wire", told["twice on the wire"], 0)
    run.expect(f"{engine} rows without a letter", told["rows without a letter"], 0)
    run.expect(f"{engine} letters that were killed say unsure", outcomes.get("unsure", 0), told["kills"])
    run.expect(f"{engine} any other outcome", set(outcomes) - {"sent", "unsure"}, set())
    run.expect(f"{engine} letters to each division", told["to each division"], told["owed by each division"])
    run.expect(f"{engine} audit findings", told["audit findings"], 0)
    return {
        f"{engine} occasions, each drafted once": told["occasions"],
        f"{engine} letters": told["letters taken"],
        f"{engine} kills at the answer": told["kills"],
    }
