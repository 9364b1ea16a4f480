"""3.6 What secrecy.md says is so in the code; the chain of events holds; one page tells a dossier's story to its end."""

import re
import sqlite3
import tempfile
import time
from pathlib import Path

from tests import databases, live
from tests.journeys import awarding, council, plan_to_award
from tests.proofs import ROOT, Figure, Run, planted, proof

PAGE = ROOT / "docs" / "how-it-works" / "secrecy.md"
HEADINGS = ["How it works", "Protected", "Not protected", "Checked"]
AGAINST = ("secretary", "code-holder", "administrator", "thief", "network", "envelope")  # each has a row of the table
UNPROTECTED = ("server's memory", "Two code-holders", "totals imply", "When a member voted", "own screen", "Written opinions",
               "Deleted envelopes")  # fmt: skip
LINKED = 'roots=[session, *wanted, *{one.dossier for one in wanted}], body={"lines": codes}'
STORY = (  # the acts of council and decision as the dossier's page tells them
    "đưa đề nghị vào chương trình phiên họp Hội đồng", "ghi Hội đồng thông qua đề nghị", "ghi đề nghị được khen thưởng",
)  # fmt: skip
VERBS = ("session.add_lines", "nomination.endorse", "nomination.decline", "nomination.award", "nomination.refuse")
FAULTS = {"roots_forgotten": ("bangvang/council/actions/meeting.py", LINKED, 'roots=[session], body={"lines": codes}')}


@proof(
    "3.6",
    what="docs/how-it-works/secrecy.md names against whom what is protected and what is not, and names only what exists; "
    "`./bv manage audit verify` after a council and a decision; a dossier's story on one page",
    bar="every file and every table named is there; audit verify ends with 0; council's and decision's events on the dossier's page",
    controls={
        "event_removed": "one event is deleted from the database below the product",
        "roots_forgotten": "the agenda's event is not linked to the dossiers it speaks of",
        "page_forgets": "the page no longer says what is not protected",
    },
)
def secrecy_page(run: Run) -> dict[str, Figure]:
    began = time.monotonic()
    figures = said(run, PAGE.read_text(encoding="utf-8"))
    if run.fault == "page_forgets":
        return figures
    with tempfile.TemporaryDirectory(prefix="bv-secrecy-") as name:
        src = planted.source(Path(name), *FAULTS.get(run.fault or "", ()))
        with live.serve(Path(name) / "live", src=src) as running:
            then = (*council.STEPS, *awarding.STEPS)
            steps = (*plan_to_award.TO_THE_DOSSIER, *(then if run.fault is None else then[:2]))
            story = plan_to_award.play(running, plan_to_award.OUR_PLAN, steps=steps, quick=True)
            run.expect("strange in the journey", story.strange, [])
            events = story.live.ask("Event.objects.count()")
            figures |= {"events": events if isinstance(events, int) else 0}
            if run.fault != "event_removed":
                figures |= told(run, story)
            if run.fault == "event_removed":
                removed(running)
            verified(run, running)
    return {**figures, "seconds": round(time.monotonic() - began)}


def said(run: Run, text: str) -> dict[str, Figure]:
    """Headings, rows and files of the page against the house."""
    if run.fault == "page_forgets":
        text = re.sub(r"## Not protected.*?(?=## Checked)", "", text, flags=re.DOTALL)
    run.expect("headings", re.findall(r"^## (.+)$", text, re.MULTILINE), HEADINGS)
    protected, _, open_ = text.partition("## Not protected")
    rows = [line for line in protected.splitlines() if line.startswith("| ") and "---" not in line][1:]
    run.expect("against whom nothing is said", [who for who in AGAINST if not any(who in row for row in rows)], [])
    run.expect("rows without an answer", [row for row in rows if len(row.strip("|").split("|")) != 3], [])
    run.expect("what is not said to be open", [what for what in UNPROTECTED if what not in open_], [])
    linked = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    run.expect("linked from the index", "how-it-works/secrecy.md" in linked, True)
    files = re.findall(r"`((?:src/bangvang/)?council/[\w/]+\.py)`", text)
    missing = [name for name in files if not (ROOT / "src" / "bangvang" / name.removeprefix("src/bangvang/")).is_file()]
    run.expect("files named that are not there", missing, [])
    return {
        "rows": len(rows),
        "not protected": len(re.findall(r"^- \*\*", open_, re.MULTILINE)),
        "files named": len(files),
    }


def told(run: Run, story: plan_to_award.Story) -> dict[str, Figure]:
    """The dossier's one page has every event of it, the council's and the decision's too."""
    verbs = story.live.ask(
        f"list(Event.objects.filter(links__root_kind='dossier', links__root_id=Dossier.objects.get(code='{story.dossier}').pk)"
        ".values_list('verb', flat=True))"
    )
    verbs = verbs if isinstance(verbs, list) else []
    wanted = VERBS if run.fault is None else VERBS[:1]
    run.expect("events missing in the dossier's story", [verb for verb in wanted if verb not in verbs], [])
    page = story.person("clerk").get(story.of_dossier())
    run.keep("dossier.html", page.body)
    if run.fault is None:
        run.expect("missing on the dossier's page", [act for act in STORY if act not in page.words], [])
    return {"events of the dossier": len(verbs)}


def verified(run: Run, running: live.Live) -> None:
    """The command itself, on the database of the journey."""
    env = databases.environment(running.database, var=running.var)
    done = run.sh(["./bv", "manage", "audit", "verify"], env=env, name="audit-verify")
    run.expect("`./bv manage audit verify` ends with", done.returncode, 0)


def removed(running: live.Live) -> None:
    """As somebody with the file in hand would: triggers dropped, one event gone."""
    with sqlite3.connect(databases.path_of(running.database), timeout=30) as file:
        for (name,) in file.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            file.execute(f'drop trigger "{name}"')
        event, link = (str(running.ask(f"{model}._meta.db_table")) for model in ("Event", "EventLink"))
        (one,) = file.execute(f"select id from {event} order by id desc limit 1 offset 3").fetchone()  # noqa: S608
        file.execute(f"delete from {link} where event_id = ?", (one,))  # noqa: S608
        file.execute(f"delete from {event} where id = ?", (one,))  # noqa: S608
    file.close()
