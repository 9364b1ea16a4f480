"""What a file is, by its bytes; what is refused, and in which words."""

import re

import pytest

from bangvang.reading import guard
from bangvang.reading.refusal import REASONS, RefusedFile, refusal
from tests.reading.hostile_files import HARMLESS, HOSTILE


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_its_reason(name):
    code, content = HOSTILE[name]

    with pytest.raises(RefusedFile) as refused:
        guard.kind_of(content)

    assert refused.value.refusal.code == code


@pytest.mark.parametrize("name", HARMLESS)
def test_kind_is_told_by_content(name):
    kind, content = HARMLESS[name]

    assert guard.kind_of(content) == kind


def test_identify_ignores_the_name_and_measures_the_file(tmp_path):
    path = tmp_path / "ke-hoach.pdf"
    path.write_bytes(HARMLESS["plain docx"][1])

    facts = guard.identify(path)

    assert (facts.kind, facts.size, len(facts.sha256)) == ("docx", path.stat().st_size, 64)
    assert facts.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_large_file_is_refused_with_both_sizes(tmp_path):
    path = tmp_path / "lon.pdf"
    with path.open("wb") as file:
        file.truncate(60 * 1024 * 1024)

    with pytest.raises(RefusedFile) as refused:
        guard.identify(path)

    assert refused.value.refusal.message == "Tệp nặng 60 MB, quá mức 25 MB."


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(RefusedFile) as refused:
        guard.identify(tmp_path / "khong-co.docx")

    assert refused.value.refusal.message == "Không tìm thấy tệp khong-co.docx."


@pytest.mark.parametrize("code", REASONS)
def test_reasons_are_sentences_without_jargon(code):
    words = refusal(code, name="a.docx", size=60, limit=25)

    for sentence in (words.message, words.what_to_do):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert not re.search(r"lỗi hệ thống|vui lòng|!|\{", sentence, re.IGNORECASE)
