from pathlib import Path

import pytest

from tests import live
from tests.journeys import plan_to_award
from tests.journeys.story import Story

STEPS = (
    "upload review submit approve issue roll_out acknowledge send return register paste remind send-again accept "
    "open review_unit nominate attach findings judge submit_dossier return_dossier submit_again accept_dossier"
)


def journey(tmp_path: Path, document: plan_to_award.Document) -> Story:
    with live.serve(tmp_path) as running:
        return plan_to_award.play(running, document)


def test_from_our_own_plan_document_to_nominations_taken_in(tmp_path: Path) -> None:
    story = journey(tmp_path, plan_to_award.OUR_PLAN)
    assert story.strange == []
    assert [step.replace(" ", "-") for step in story.steps] == STEPS.split()


@pytest.mark.seeds
@pytest.mark.skipif(not plan_to_award.SEED.path.is_file(), reason="the seed documents are not here")
def test_from_seed_002_to_nominations_taken_in(tmp_path: Path) -> None:
    story = journey(tmp_path, plan_to_award.SEED)
    assert story.strange == []
    assert story.seconds < 120
