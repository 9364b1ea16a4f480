"""Over HTTP, each role its own login: from a plan document to nominations taken in (issue 2), to the verification page (issue 3).

One story, two documents: the real plan (seed 002) and our own. Whoever goes on from here adds steps to STEPS; each takes the
story, leaves what it made in it, and tries first everybody who may not take the step.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.journeys import awarding, council, nominating
from tests.journeys import plan_to_registration as first
from tests.journeys.plan_to_registration import Document
from tests.journeys.story import Story
from tests.live import Live

SEEDS = Path(os.environ.get("BV_SEEDS", Path(__file__).resolve().parents[3] / "shared" / "seeds"))
SEED = Document(
    SEEDS / "002_be401668d30c58f8.txt",
    look=frozenset({"date", "kind", "purposes", "superior"}),
    unwritten=frozenset({"number", "starts_on", "ends_on", "end_condition", "milestones"}),
)
OUR_PLAN = Document(
    Path(__file__).with_name("plan.txt"),
    look=frozenset({"date", "kind", "purposes", "superior", "targets"}),
    unwritten=frozenset({"number", "starts_on", "ends_on", "end_condition", "milestones", "procedure", "solutions"}),
)

STEPS: tuple[Callable[[Story], None], ...] = (
    first.issue,
    first.roll_out,
    first.acknowledge,
    first.register,
    first.remind,
    nominating.open_dossier,
    nominating.hold_review,
    nominating.nominate,
    nominating.attach,
    nominating.look_at_findings,
    nominating.judge,
    nominating.submit,
)
TWELVE = STEPS.index(nominating.nominate) + 1  # eight more nominations come before the dossier is submitted
TO_THE_DOSSIER = (*STEPS[:TWELVE], council.nominate_more, *STEPS[TWELVE:])
TO_THE_DECISION = (*council.STEPS, *awarding.STEPS)


def play(
    live: Live,
    document: Document,
    *,
    steps: Sequence[Callable[[Story], None]] = STEPS,
    then: Sequence[Callable[[Story], None]] = (),
    quick: bool = False,
) -> Story:
    """The story of one document, from the file to the last of `steps`, and on with `then`, which the council's members try too.

    Where it cannot go on it ends, and that is strange. `quick`: the steps before `then` are not tried by those who may not.
    """
    story = Story(live, quick=quick)
    story.tried_by = [role for role in live.cast.names if role not in live.cast.council]
    for role in [*(live.cast.names if then else story.tried_by), "visitor"]:
        story.person(role)
    try:
        first.prepare(story, document)
        for step in steps:
            step(story)
        story.quick, story.tried_by = False, [*live.cast.names]
        for step in then:
            step(story)
    except LookupError as stuck:
        story.strange.append(f"the story ends here: {stuck}")
    return story
