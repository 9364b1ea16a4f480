"""The corpus, built once for all tests of this folder; where the seeds are."""

import os
from pathlib import Path

import pytest

from bangvang.reading import child
from tests.reading.corpus_builder import build


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    return build(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def read(corpus):
    """The draft (or refusal) of one document of the corpus, by the start of its name."""
    drafts = {}

    def reader(number):
        if number not in drafts:
            path = next(path for path in corpus.glob(f"{number}*") if path.suffix != ".json")
            drafts[number] = child.read_plan(path)
        return drafts[number]

    return reader


@pytest.fixture(scope="session")
def seed():
    """The path of a seed document by the start of its name; the test is skipped where they are not."""
    beside = Path(__file__).parents[3] / "shared" / "seeds"
    folder = Path(os.environ.get("BV_SEEDS", beside))

    def path(number):
        found = sorted(folder.glob(f"{number}_*.txt"))
        if not found:
            pytest.skip(f"no seed {number} at BV_SEEDS or beside the repository; its twin on our own documents runs")
        return found[0]

    return path
