import os
from pathlib import Path

import pytest

from tests import live
from tests.journeys import plan_to_registration

OUR_PLAN = Path(__file__).with_name("plan.txt")
SEEDS = Path(os.environ.get("BV_SEEDS", Path(__file__).resolve().parents[3] / "shared" / "seeds"))
SEED = SEEDS / "002_be401668d30c58f8.txt"
STEPS = "upload review submit approve issue roll_out acknowledge send return register paste remind send-again accept"


def journey(tmp_path: Path, document: Path) -> plan_to_registration.Story:
    with live.serve(tmp_path) as running:
        return plan_to_registration.play(running, document)


def test_from_our_own_plan_document_to_accepted_registrations(tmp_path: Path) -> None:
    story = journey(tmp_path, OUR_PLAN)
    assert story.strange == []
    assert [step.replace(" ", "-") for step in story.steps] == STEPS.split()


@pytest.mark.seeds
@pytest.mark.skipif(not SEED.is_file(), reason="the seed documents are not here")
def test_from_seed_002_to_accepted_registrations(tmp_path: Path) -> None:
    story = journey(tmp_path, SEED)
    assert story.strange == []
    assert story.seconds < 120
