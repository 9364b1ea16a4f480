"""2.2 From the real plan document to nominations taken in: over HTTP, and in Chromium by keyboard."""

import tempfile
from pathlib import Path

from tests import live
from tests.journeys import plan_to_award
from tests.proofs import Figure, Run, planted, proof, seed_in_chromium
from tests.run import find_chromium

LIMIT = 120.0  # seconds from upload to an approved movement
HEAD = "if is_head_of(actor, roll_out.unit_id):"
APPROVE = 'Step("approve",  "Duyệt kế hoạch",      frozenset({S.SUBMITTED}),         S.APPROVED'
SURE = 'for one in _open(found) if one.standing == "sure"'
BUTTON = '><button class="button{% if quiet %}'
FAULTS = {
    "everybody_acknowledges": ("bangvang/movements/access.py", HEAD, "if actor.agency:"),
    "step_skipped": (
        "bangvang/movements/workflow.py",
        APPROVE,
        APPROVE.replace("frozenset({S.SUBMITTED})", "frozenset({S.DRAFT, S.SUBMITTED})"),
    ),
    "fills_silently": ("bangvang/web/staff/reviews.py", SURE, "for one in _open(found) if one.text"),
    "mouse_only": (
        "bangvang/web/templates/staff/reviews/_answer.html", BUTTON, BUTTON.replace("<button", '<button tabindex="-1"')
    ),
}  # fmt: skip
SHORT = 3  # steps after the approved movement that a control plays: issue, roll-out, acknowledgement


@proof(
    "2.2",
    what="From the real plan document to nominations taken in, each role its own login, each step refused to the others; "
    "again in Chromium, by keyboard to the approved movement",
    bar="24 steps over HTTP, every refusal a 404 or a reason; upload to approved movement by keys alone under 120 s; "
    "0 errors in Chromium",
    controls={
        "everybody_acknowledges": "every role of the agency may acknowledge for a unit",
        "step_skipped": "a plan may be approved that was never submitted",
        "fills_silently": "“confirm all sure values” takes the uncertain ones with them",
        "mouse_only": "the answers of the review cannot be reached with Tab",
    },
)
def from_plan_to_nominations(run: Run) -> dict[str, Figure]:
    document = plan_to_award.SEED
    if not document.path.is_file():
        run.not_run("the seed document 002 is not beside the repository and BV_SEEDS does not name its folder")
    if (chromium := find_chromium()) is None:
        run.not_run("không thấy Chromium (apt-get install -y chromium)")
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory(prefix="bv-seed-") as name:
        src = planted.source(Path(name), *FAULTS.get(run.fault or "", ()))
        with live.serve(Path(name) / "live", src=src) as running:
            try:
                if run.fault != "mouse_only":
                    figures |= over_http(run, running, document)
                if run.fault in {None, "mouse_only"}:
                    figures |= in_chromium(run, running, document, chromium)
                run.expect("lines of a traceback in the server's log", running.log().count("Traceback"), 0)
                run.expect("what audit verify finds", running.ask("[str(found) for found in audit.verify()]"), [])
            finally:
                run.keep("server.txt", running.log())
    return figures


def over_http(run: Run, running: live.Live, document: plan_to_award.Document) -> dict[str, Figure]:
    steps = plan_to_award.STEPS[:SHORT] if run.fault else plan_to_award.STEPS
    story = plan_to_award.play(running, document, steps=steps)
    run.keep("strange.txt", "\n".join(story.strange))
    for strange in story.strange:
        run.expect("as it should be", strange, None)
    if run.fault is None:
        run.expect("steps over HTTP", len(story.steps), 24)
    return {"steps": len(story.steps), "refused tries": story.refused, "papers read": story.papers}


def in_chromium(run: Run, running: live.Live, document: plan_to_award.Document, chromium: str) -> dict[str, Figure]:
    with seed_in_chromium.opened(run, running, chromium) as cinema:
        try:
            pages = seed_in_chromium.by_keyboard(cinema, document.path)
        except LookupError as unreachable:
            run.expect("everything is reached with keys", str(unreachable), None)
            return {}
        run.expect("seconds by keyboard, under the limit", cinema.seconds < LIMIT, True)
        seed_in_chromium.by_hand(cinema, pages)
    run.keep("browser-errors.txt", "\n".join(cinema.errors))
    run.expect("errors reported by the browser", cinema.errors, [])
    return {
        "keys": cinema.keys,
        "seconds by keyboard": round(cinema.seconds, 1),
        "browser errors": len(cinema.errors),
        "screenshots": cinema.pictures,
    }
