"""Looking at what came in (in the limited child), drawing what goes out."""

from pathlib import Path
from typing import Any

from bangvang.kernel.leases import Held, job
from bangvang.papers import actions, frozen
from bangvang.papers.models import Paper, PaperOrder, Reading, StoredFile
from bangvang.reading.refusal import Refusal


@job("papers.check")
def check(held: Held, file_id: int) -> None:
    """What the file really is, found in a child process without network, memory or time to do harm."""
    from bangvang.reading import child  # noqa: PLC0415 (starts a process: only a worker needs it)

    file = StoredFile.objects.get(pk=file_id)
    found = child.inspect(file.path)
    with held.chunk():
        if isinstance(found, Refusal):
            actions.settle(file, kind="", refusal=f"{found.message} {found.what_to_do}")
        else:
            actions.settle(file, kind=found.kind)


@job("papers.read_plan")
def read_plan(held: Held, reading_id: int) -> None:
    """Lines and draft of a plan document, both from the limited child."""
    reading = Reading.objects.select_related("file").get(pk=reading_id)
    found = read_file(reading.file.path)
    with held.chunk():
        if isinstance(found, Refusal):
            actions.refuse_reading(reading, f"{found.message} {found.what_to_do}")
        else:
            actions.keep_reading(reading, lines=found[0], draft=found[1])


def read_file(path: Path) -> tuple[list[dict[str, Any]], dict[str, Any]] | Refusal:
    """Lines and draft of a file; for an article about awards received also what it tells of them, all to be proven."""
    from bangvang.reading import child  # noqa: PLC0415 (starts a process: only a worker needs it)

    text, draft = child.extract(path), child.read_plan(path)
    if isinstance(text, Refusal):
        return text
    if isinstance(draft, Refusal):
        return draft
    if draft["kind"] == "record_article":
        record = child.read_record(path)
        draft["record"] = {} if isinstance(record, Refusal) else record
    return [{"number": line.number, "page": line.page, "text": line.text} for line in text.lines], draft


@job("papers.render")
def render(held: Held, order_id: int) -> None:
    """Draw the two formats, one chunk each: a killed worker's successor draws only what is missing."""
    from bangvang.papers import docx, pdf  # noqa: PLC0415 (slow libraries: only a worker needs them)

    made = PaperOrder.objects.get(pk=order_id)
    paper = frozen.from_json(made.context)
    for format_, writer in ((Paper.Format.DOCX, docx.write), (Paper.Format.PDF, pdf.write)):
        if made.papers.filter(format=format_).exists():
            continue
        content = writer(paper)
        with held.chunk():
            actions.keep(made, format_.value, content, kind=format_.value)
