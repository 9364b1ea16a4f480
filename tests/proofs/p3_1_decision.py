"""3.1 From the real plan document to the verification page: over HTTP, and in Chromium with nine members in nine browsers."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests import live
from tests.journeys import awarding, council, plan_to_award
from tests.journeys.story import Story
from tests.proofs import Figure, Run, council_in_chromium, planted, proof, seed_in_chromium
from tests.run import find_chromium

CAST = "    actions.cast(session, _chosen(request, queries.lines_of(session)), by=request.actor)\n"
TELL = (
    CAST + '    if request.POST.get("l1") == "1":\n'
    '        Session.objects.filter(pk=session.pk).update(place=f"{session.place}, thêm 1 phiếu đồng ý")\n'
)
TWO = """    if len(held) != 2:
        raise Refused(no("Cần mã của hai người khác nhau trong ban kiểm phiếu."))
    one, other = sorted(held)
    wrapped = session.wrapped_keys.get(one=one, other=other)
"""
ONE = """    one, other = min(held), max(held)
    wrapped = session.wrapped_keys.filter(one=one)[0]
"""
SEAL = "seal(seal(raw, to=holders[other], bound_to=bound_to), to=holders[one], bound_to=bound_to)"
REGISTRY = "    if actor.role == Role.REGISTRY and actor.agency == decision.agency:\n"
FAULTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "tells_the_secretary": (("bangvang/web/staff/council_vote.py", CAST, TELL),),
    "one_code_opens": (
        ("bangvang/council/actions/voting.py", TWO, ONE),
        ("bangvang/council/ballot.py", SEAL, "seal(raw, to=holders[one], bound_to=bound_to)"),
        ("bangvang/council/ballot.py", "_open(_open(wrapped, _holder(one), bound_to), _holder(other), bound_to)",
         "_open(wrapped, _holder(one), bound_to)"),
    ),
    "everybody_issues": (
        ("bangvang/decisions/access.py", REGISTRY, "    if actor.agency == decision.agency:\n"),
    ),
    "one_field_more": (
        ("bangvang/web/templates/portal/certificate.html", "<dt>Quyết định</dt>",
         "<dt>Số phiếu</dt><dd>8/9</dd></div><div><dt>Quyết định</dt>"),
    ),
}  # fmt: skip
PREPARED = (council.establish, council.prepare)
BEFORE: dict[str, tuple[Callable[[Story], None], ...]] = {  # what a control plays quickly; then what must catch it
    "tells_the_secretary": (*PREPARED, council.declare),
    "one_code_opens": (*PREPARED, council.declare, council.vote),
    "everybody_issues": (*council.STEPS, awarding.draft, awarding.decide),
    "one_field_more": (*council.STEPS, *awarding.STEPS[:-1]),
}
CATCHES = {
    "tells_the_secretary": council.vote,
    "one_code_opens": council.open_box,
    "everybody_issues": awarding.compare,
    "one_field_more": awarding.public,
}


@proof(
    "3.1",
    what="From the real plan document to the verification page, each step refused to every other role; nine members vote on "
    "twelve lines in nine browser sessions; again in Chromium from the convened council on",
    bar="no page tells more than who took part before two codes are given; counts = an independent count; six fields on the "
    "verification page; 0 errors in Chromium",
    controls={
        "tells_the_secretary": "a ballot that agrees leaves a word on the secretary's page",
        "one_code_opens": "the key is wrapped for one holder alone as well",
        "everybody_issues": "everybody of the agency may number and issue",
        "one_field_more": "the verification page shows the votes",
    },
)
def from_nominations_to_verification(run: Run) -> dict[str, Figure]:
    document = plan_to_award.SEED
    if not document.path.is_file():
        run.not_run("the seed document 002 is not beside the repository and BV_SEEDS does not name its folder")
    if (chromium := find_chromium()) is None:
        run.not_run("không thấy Chromium (apt-get install -y chromium)")
    began = time.monotonic()
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory(prefix="bv-decision-") as name:
        src = planted.sources(Path(name), FAULTS.get(run.fault or "", ()))
        with live.serve(Path(name) / "http", src=src) as running:
            figures |= over_http(run, running, document)
            held(run, running)
        if run.fault is None:
            with live.serve(Path(name) / "chromium", src=src) as running:
                figures |= in_chromium(run, running, document, chromium)
                held(run, running)
    return {**figures, "seconds": round(time.monotonic() - began)}


def held(run: Run, running: live.Live) -> None:
    run.keep(f"{running.log_file.parent.name}-server.txt", running.log())
    run.expect("lines of a traceback in the server's log", running.log().count("Traceback"), 0)
    run.expect("what audit verify finds", running.ask("[str(found) for found in audit.verify()]"), [])


def over_http(run: Run, running: live.Live, document: plan_to_award.Document) -> dict[str, Figure]:
    if run.fault:
        steps, then = (*plan_to_award.TO_THE_DOSSIER, *BEFORE[run.fault]), (CATCHES[run.fault],)
    else:
        steps, then = plan_to_award.TO_THE_DOSSIER, plan_to_award.TO_THE_DECISION
    story = plan_to_award.play(running, document, steps=steps, then=then, quick=bool(run.fault))
    run.keep("strange.txt", "\n".join(story.strange))
    for strange in story.strange:
        run.expect("as it should be", strange, None)
    run.expect("ballots cast over HTTP", len(story.votes), 9)
    return {"steps": len(story.steps), "refused tries": story.refused, "papers read": story.papers}


def in_chromium(run: Run, running: live.Live, document: plan_to_award.Document, chromium: str) -> dict[str, Figure]:
    story = plan_to_award.play(running, document, steps=(*plan_to_award.TO_THE_DOSSIER, *PREPARED), quick=True)
    run.expect("strange on the way to Chromium", story.strange, [])
    with seed_in_chromium.opened(run, running, chromium) as cinema:
        hall = council_in_chromium.Hall(cinema, story)
        council_in_chromium.session(hall)
        council_in_chromium.decision(hall)
    run.keep("browser-errors.txt", "\n".join(cinema.errors))
    run.expect("errors reported by the browser", cinema.errors, [])
    return {"browsers": len(hall.pages), "browser errors": len(cinema.errors), "screenshots": cinema.pictures}
