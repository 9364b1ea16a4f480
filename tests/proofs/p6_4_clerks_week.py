"""6.4 A clerk's week in Chromium by keyboard alone, from the launch to the preliminary review as a Word file."""

import tempfile
from pathlib import Path

from tests import databases, live
from tests.proofs import Figure, Run, clerks_week, planted, proof, seed_in_chromium
from tests.proofs.moved_clock import MovedClock
from tests.proofs.week_stage import ISSUED_ON
from tests.run import find_chromium

A_MINUTE = 120  # keys that a clerk presses who types neither fast nor slowly
LONGEST = 30  # minutes at the keyboard in the whole week, at that pace
FAULTS = {
    "mouse_only": (
        "bangvang/web/templates/staff/progress/board.html",
        """<button class="button">
                        Soạn lời nhắc""",
        """<button class="button" tabindex="-1">
                        Soạn lời nhắc""",
    ),
    "the_silent_stand_last": (
        "bangvang/movements/board.py", 'order_by("weight", answered', 'order_by("-weight", answered'
    ),
    "reminds_everybody": (
        "bangvang/progress/queries.py",
        "silent = owed_on(day).filter(period=period, state=Report.State.DRAFT)",
        "silent = Report.objects.filter(period=period)",
    ),
    "figures_move_after_submission": ("bangvang/progress/papers.py", "if review.facts is None:", "if True:"),
    "wider_than_the_window": (
        "bangvang/web/templates/staff/progress/board.html",
        """đủ các kỳ.</p>
                <div class="scroll" """,
        """đủ các kỳ.</p>
                <div """,
    ),
}  # fmt: skip


@proof(
    "6.4",
    what="A clerk's week by keyboard alone in Chromium: launch, silent units, two reminders, six reports read, the preliminary review as docx",
    bar="every control reached by Tab; 30 minutes at 120 keys a minute; exactly the silent are reminded; the Word file says what "
    "was taken in until it was submitted; no page wider than its window at 1280 and 360 px; 0 errors in the browser",
    controls={
        "mouse_only": "the button that drafts the reminder cannot be reached with Tab",
        "the_silent_stand_last": "the board puts who has answered first",
        "reminds_everybody": "a reminder of reports goes to whoever was asked",
        "figures_move_after_submission": "the figures of a submitted review are counted anew",
        "wider_than_the_window": "the board of reports does not scroll inside the page",
    },
)
def clerks_week_(run: Run) -> dict[str, Figure]:
    if (chromium := find_chromium()) is None:
        run.not_run("không thấy Chromium (apt-get install -y chromium)")
    with tempfile.TemporaryDirectory(prefix="bv-week-") as name:
        folder = Path(name)
        src = planted.source(folder, *FAULTS[run.fault]) if run.fault else databases.SRC
        clock = MovedClock(folder, src)
        with live.serve(folder / "site", src=src, **clock.environment) as site:
            try:
                clock.set(ISSUED_ON)
                stage = ("-m", "tests.proofs.week_stage")
                movement = databases.python(site.database, *stage, var=site.var, also=clock.environment).split()[-1]
                with seed_in_chromium.opened(run, site, chromium) as cinema:
                    week = clerks_week.Week(run, cinema, site, clock, movement)
                    try:
                        week.play()
                    except LookupError as unreachable:
                        run.expect("everything is reached with keys", str(unreachable), None)
                run.keep("keys.txt", week.list_of_keys())
                run.expect("errors reported by the browser", cinema.errors, [])
                run.expect("lines of a traceback in the server's log", site.log().count("Traceback"), 0)
                run.expect("what audit verify finds", site.ask("[str(found) for found in audit.verify()]"), [])
            finally:
                run.keep("server.txt", site.log())
    minutes = round(week.keys / A_MINUTE, 1)
    run.at_most("minutes at the keyboard", minutes, LONGEST)
    return {
        "keys": week.keys,
        "minutes at 120 keys a minute": minutes,
        "seconds in the browser": round(week.seconds),
        "screenshots": cinema.pictures,
    }
