"""6.1 One story for each seed over HTTP with its own people: what the five departments did, done here from beginning to end."""

import tempfile
from pathlib import Path

from tests.journeys import seeds
from tests.proofs import Figure, Run, proof
from tests.proofs.planted import source

STORIES = seeds.stories()
PLANTED = {f"{seed}_{name}": (seed, fault) for seed, story in STORIES.items() for name, fault in story.faults.items()}
FEWEST_STEPS, FEWEST_REFUSALS = 30, 100  # of one story: less is no story of a movement's life


@proof(
    "6.1",
    what="; ".join(f"{seed}: {story.about}" for seed, story in STORIES.items())
    + "; each role its own login, each step refused to all others, each page read for what it must say",
    bar=f"{len(STORIES)} stories, in each at least {FEWEST_STEPS} steps and {FEWEST_REFUSALS} refused tries, nothing strange, 0 audit findings, "
    "0 tracebacks",
    controls={name: f"{seed}: {fault.what}" for name, (seed, fault) in PLANTED.items()},
)
def seed_stories(run: Run) -> dict[str, Figure]:
    if any(story.file is None for story in STORIES.values()):
        run.not_run("the seed documents are not beside the repository and BV_SEEDS does not name their folder")
    if run.fault:
        seed, fault = PLANTED[run.fault]
        with tempfile.TemporaryDirectory(prefix="bv-story-") as name:
            told_of(run, seed, Path(name), source(Path(name), fault.file, fault.right, fault.wrong), quick=True)
        return {}
    figures: dict[str, Figure] = {"stories": len(STORIES)}
    for seed in STORIES:
        with tempfile.TemporaryDirectory(prefix="bv-story-") as name:
            told = told_of(run, seed, Path(name), source(Path(name)), quick=False)
        run.at_least(f"{seed}: steps", len(told.steps), FEWEST_STEPS)
        run.at_least(f"{seed}: refused tries", told.refused, FEWEST_REFUSALS)
        counted = (
            ("steps", len(told.steps)),
            ("refused tries", told.refused),
            ("pages read", told.pages),
            ("papers read", told.papers),
        )
        figures |= {f"{seed} {what}": count for what, count in counted}
    return figures


def told_of(run: Run, seed: str, folder: Path, src: Path, *, quick: bool) -> seeds.Telling:
    """One story on a site of its own. `quick`: nobody tries what is not theirs; a control needs the pages only."""
    with seeds.opened(STORIES[seed], folder, src) as told:
        told.quick = quick
        try:
            seeds.play(told, to_the_end=not quick)
            for strange in told.strange:
                run.expect(f"{seed}: as it should be", strange, None)
            run.expect(f"{seed}: lines of a traceback in the server's log", told.live.log().count("Traceback"), 0)
            run.expect(
                f"{seed}: what audit verify finds", told.live.ask("[str(found) for found in audit.verify()]"), []
            )
        finally:
            run.keep(f"{seed}.txt", "\n".join([*told.steps, "", *told.strange]))
            run.keep(f"{seed}-server.txt", told.live.log())
    return told
