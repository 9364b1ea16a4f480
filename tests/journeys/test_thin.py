from pathlib import Path

from tests import live
from tests.journeys import thin


def test_from_a_typed_plan_to_the_portal(tmp_path: Path) -> None:
    with live.serve(tmp_path) as running:
        story = thin.play(running)
    assert story.strange == []
    names = "draft submit return edit submit approve issue papers publish portal"
    assert (story.steps, story.refused) == (names.split(), 210)
