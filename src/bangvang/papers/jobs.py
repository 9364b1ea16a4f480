"""Looking at what came in (in the limited child), drawing what goes out."""

from pathlib import Path
from typing import Any

from bangvang.kernel.leases import Held, job
from bangvang.papers import actions, certificates, frozen
from bangvang.papers.models import Paper, PaperOrder, Reading, StoredFile, path_of
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
            reading.file.refresh_from_db()  # the check may have refused the file before, and removed its content
            actions.refuse_reading(reading, reading.file.refusal or f"{found.message} {found.what_to_do}")
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


@job("papers.read_decision")
def read_decision(held: Held, reading_id: int) -> None:
    """What a decision says, line by line, from the limited child. Without a list of the honoured nothing was read."""
    from bangvang.reading import child  # noqa: PLC0415 (starts a process: only a worker needs it)

    reading = Reading.objects.select_related("file").get(pk=reading_id)
    draft = child.read_decision(reading.file.path)
    with held.chunk():
        if isinstance(draft, Refusal):
            actions.refuse_reading(reading, f"{draft.message} {draft.what_to_do}")
        elif not draft["rows"]:
            actions.refuse_reading(reading, "Máy không tìm thấy danh sách người, tập thể được khen trong tệp này.")
        else:
            actions.keep_reading(reading, lines=[], draft=draft)


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


@job("papers.draw_certificates")
def draw_certificates(held: Held, order_id: int) -> None:
    """Draw a batch in parts, then join them: a killed worker's successor draws only the parts that are missing."""
    made = PaperOrder.objects.get(pk=order_id)
    if made.papers.exists() or made.refusal:
        return
    layout = certificates.Layout.from_json(made.context["layout"])
    whole = [certificates.CertificateFacts.from_json(kept) for kept in made.context["certificates"]]
    drawn = set(made.parts.values_list("first", flat=True))
    for first in range(0, len(whole), actions.PAGES_OF_A_PART):
        if first in drawn:
            continue
        pages = whole[first : first + actions.PAGES_OF_A_PART]
        try:
            content = certificates.draw(pages, layout)
        except ValueError as problem:  # words that do not fit, a letter the font lacks: for people, not for another try
            with held.chunk():
                actions.refuse_order(made, str(problem))
                actions.drop_parts(made)
            return
        with held.chunk():
            actions.keep_part(made, first, len(pages), content)
    joined = certificates.join([path_of(part.sha256).read_bytes() for part in made.parts.all()])
    with held.chunk():
        actions.keep(made, Paper.Format.PDF.value, joined, kind=Paper.Format.PDF.value)
        actions.drop_parts(made)
