"""1.7 A plan of the demo as DOCX and PDF: the same words, pages as pictures, every place of the decree measured."""

import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.proofs import Figure, Run, demo_site, planted, proof

DRAW = """
import json, sys
from pathlib import Path
from bangvang.papers import docx, frozen, pdf
for file in map(Path, sys.argv[1:]):
    paper = frozen.from_json(json.loads(file.read_text()))
    file.with_suffix(".docx").write_bytes(docx.write(paper))
    file.with_suffix(".pdf").write_bytes(pdf.write(paper))
"""

FAULTS = {
    "narrow_left_margin": ("bangvang/papers/frame.py", "left: float = 30", "left: float = 15"),
    "last_recipient_lost": (
        "bangvang/papers/pdf.py",
        "blocks.recipient_lines(paper.recipients)",
        "blocks.recipient_lines(paper.recipients)[:-1]",
    ),
}


@proof(
    "1.7",
    what="Plans of the demo as DOCX and PDF: words equal, pages as PNG, margins, fonts and cells of the decree measured",
    bar="words of tree, DOCX and PDF equal; margins 20-25, 20-25, 30-35, 15-20 mm; ô 1-9b in size, weight and place; "
    "one page and many; signed by the director and by KT.; a draft with blank number",
    controls={
        "narrow_left_margin": "the writers of a copied tree leave 15 mm at the left",
        "last_recipient_lost": "the PDF writer of a copied tree drops the last recipient",
    },
)
def plan_paper(run: Run) -> dict[str, Figure]:
    demo_site.open_django()
    demo_site.load(run)
    from bangvang.papers import blocks, frozen

    papers = {name: frozen.from_json(json.loads(json.dumps(tree))) for name, tree in plans().items()}
    with tempfile.TemporaryDirectory(prefix="bv-plan-") as folder:
        drawn = draw(run, papers, planted.source(Path(folder), *FAULTS.get(run.fault or "", ())))
    places, pages = 0, {}
    for name, (paper, word, portable) in drawn.items():
        pages[name] = compare(run, name, paper, word, portable)
        places += measure(run, name, paper, word, portable, pages[name])
    run.expect("pages of the short plan", pages["short"], 1)
    run.at_least("pages of the long plan", pages["long"], 4)
    run.expect("the director signs for himself", drawn["director"][0].signature.on_behalf, ())
    run.expect("the deputy signs KT.", drawn["deputy"][0].signature.titles()[0], "KT. GIÁM ĐỐC")
    run.expect(
        "number of the draft", blocks.frame_lines(drawn["draft"][0].header)["number"].split(), ["Số:", "/KH-STC"]
    )
    stored = stored_as_drawn(run, drawn) if not run.fault else 0
    pictures = sum(picture(run, name) for name in drawn)
    return {
        "plans": len(drawn),
        "places measured": places,
        "pages": sum(pages.values()),
        "PNG": pictures,
        "stored": stored,
    }


def plans() -> dict[str, Any]:
    """The frozen trees: two as issued in the demo, a draft, and the draft cut short and drawn out."""
    from bangvang.movements import papers, queries
    from bangvang.movements.models import Movement
    from bangvang.papers import frozen
    from bangvang.papers.models import PaperOrder

    trees: dict[str, Any] = {}
    for name, authority in (("director", ""), ("deputy", "KT.")):
        issued = Movement.objects.filter(state="issued", signer_authority=authority).order_by("number").first()
        assert issued is not None, f"the demo has no plan signed by {name}"
        trees[name] = PaperOrder.objects.get(about_kind=issued.root_kind, about_id=issued.pk).context
    draft = Movement.objects.filter(state__in=["submitted", "returned"]).order_by("pk")[0]
    plan = queries.current_plan(draft)
    short = replace(plan, purposes=plan.purposes[:1], requirements=(), contents=plan.contents[:1])
    short = replace(
        short, bases=plan.bases[:1], individual_criteria=(), collective_criteria=plan.collective_criteria[:1]
    )
    short = replace(short, duties=plan.duties[:1], awards=plan.awards[:1])
    long = replace(plan, contents=plan.contents * 30, duties=plan.duties * 30)
    for name, fields in (("draft", plan), ("short", short), ("long", long)):
        trees[name] = frozen.to_json(papers.plan(draft, fields))
    return trees


def draw(run: Run, papers: dict[str, Any], source: Path) -> dict[str, tuple[Any, bytes, bytes]]:
    """Both files of every tree, drawn by the writers of `source` in a process of their own; kept as evidence."""
    from bangvang.papers import frozen

    kept = [
        run.keep(f"{name}.json", json.dumps(frozen.to_json(paper), ensure_ascii=False))
        for name, paper in papers.items()
    ]
    done = run.sh([sys.executable, "-c", DRAW, *kept], env={"PYTHONPATH": str(source)}, timeout=120, name="draw")
    if done.returncode:
        raise RuntimeError(done.stdout[-800:])
    files = {
        file.stem: (file.with_suffix(".docx").read_bytes(), file.with_suffix(".pdf").read_bytes()) for file in kept
    }
    return {name: (papers[name], *files[name]) for name in papers}


def compare(run: Run, name: str, paper: Any, word: bytes, portable: bytes) -> int:
    """The words of the tree, the DOCX and the PDF, read back from the files; returns the pages of the PDF."""
    from bangvang.papers import blocks
    from tests.papers.readback import docx_words, pdf_pages

    said = blocks.words(paper)
    pages = pdf_pages(portable)
    printed = tuple(word for page in pages for word in page.split())
    run.expect(f"{name}: words of the DOCX", docx_words(word) == said, True)
    run.expect(f"{name}: words of the PDF", printed == said, True)
    run.write(f"     {name}: {len(said)} words, {len(pages)} pages")
    return len(pages)


def measure(run: Run, name: str, paper: Any, word: bytes, portable: bytes, pages: int) -> int:
    from tests.proofs.decree_measures import measure_docx, measure_pdf

    return measure_docx(run, name, word, paper) + measure_pdf(run, name, portable, paper, pages)


def stored_as_drawn(run: Run, drawn: dict[str, tuple[Any, bytes, bytes]]) -> int:
    """What the demo's worker stored says the same as what was measured here."""
    from bangvang.papers import blocks
    from bangvang.papers.models import Paper
    from tests.papers.readback import docx_words, pdf_words

    readers = {"docx": docx_words, "pdf": pdf_words}
    issued = {blocks.words(drawn[name][0]): name for name in ("director", "deputy")}
    found = []
    for paper in Paper.objects.select_related("file").order_by("pk"):
        name = issued.get(readers[paper.format](paper.file.path.read_bytes()))
        found += [f"{name}.{paper.format}"] if name else []
    run.expect("stored papers", sorted(found), ["deputy.docx", "deputy.pdf", "director.docx", "director.pdf"])
    return len(found)


def picture(run: Run, name: str) -> int:
    """Every page as PNG beside the PDF; returns how many."""
    if shutil.which("pdftoppm") is None:
        run.not_run("không thấy pdftoppm (apt-get install -y poppler-utils)")
    run.sh(["pdftoppm", "-r", "70", "-png", run.dir / f"{name}.pdf", run.dir / name], name="pdftoppm", timeout=60)
    pages = list(run.dir.glob(f"{name}-*.png"))
    run.at_least(f"{name}: pages as pictures", len(pages), 1)
    return len(pages)
