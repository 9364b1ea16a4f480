"""3.4 Papers from the council to the certificates say the same, read from the files; a signed copy with one change is caught."""

import io
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import databases, live
from tests.papers.readback import docx_words
from tests.proofs import Figure, Run, award_papers, decision_stage, planted, proof
from tests.proofs.p2_4_papers import difference, pictures, words_of

FAULTS = {
    "row_dropped": (
        "bangvang/decisions/papers.py",
        "_tables(lines, (*WHO, AMOUNT), _amounts(lines))",
        "_tables(lines[:-1], (*WHO, AMOUNT), _amounts(lines))",
    ),
    "paid_unrounded": ("bangvang/decisions/papers.py", "_multiple(line, decision), line.amount)", "_multiple(line, decision), line.raw)"),
    "line_left_out": (
        "bangvang/council/papers.py", "return Table(MINUTES_COLUMNS, tuple(rows))", "return Table(MINUTES_COLUMNS, tuple(rows[1:]))"
    ),
    "another_name": (
        "bangvang/decisions/papers.py",
        '"honoured_name": line.name,',
        '"honoured_name": decision.lines.get(is_live=True, place=max(line.place - 1, 1)).name,',
    ),
    "names_not_compared": ("bangvang/decisions/comparing.py", '    ("name", "Họ và tên, tập thể"),\n', ""),
}  # fmt: skip
OF_COPIES = "names_not_compared"
FORMS = ["award_decision", "award_submission", "council_minutes", "counting_record", "payment_list", "refusal_notice"]
NUMBER, DAY = f"{decision_stage.NUMBER}/QĐ-STC", "ngày 20 tháng 12 năm 2025"
VOTERS = 5  # of six with a vote one is away


@proof(
    "3.4",
    what="Minutes, counting record, tờ trình, decision, annex, payment list, certificates read from the files; signed copies with one"
    " change",
    bar="names, titles, units, awards, amounts and counts equal in every file; DOCX and PDF word for word; every certificate says"
    " its row, number, day, and its square leads to its page; one changed name, amount, date shown as that one difference, in Word"
    " and in PDF; nothing issued before",
    controls={
        "row_dropped": "the annex loses its last line",
        "paid_unrounded": "the payment list pays the amount before rounding",
        "line_left_out": "the council's minutes leave a line out",
        "another_name": "a certificate is printed with the name of its neighbour",
        "names_not_compared": "the comparison leaves names out",
    },
)
def decision_papers(run: Run) -> dict[str, Figure]:
    with site(FAULTS.get(run.fault or "", ())) as (at, session, code):
        registry, clerk = at.person("registry"), at.person("clerk")
        page = f"/lam-viec/quyet-dinh/{code}/"
        tree = at.ask(tree_of(code))
        copies = 0
        if run.fault in (None, OF_COPIES):  # the other controls are about what is printed later
            copies = signed_copies(run, at, registry, page, tree)
        if run.fault == OF_COPIES:
            return {}
        if not run.fault:
            photographed(run, at, registry, page, tree)
        run.expect("issued before the copy agreed", at.ask(f"Decision.objects.get(code='{code}').state"), "numbered")
        send(at, registry, page, "ban-ky.pdf", pdf_of(tree))
        run.expect("a true copy agrees", "Bản ký khớp dữ liệu" in registry.get(f"{page}doi-chieu/").words, True)
        registry.press(f"{page}buoc/issue/")
        run.expect("issued", at.ask(f"Decision.objects.get(code='{code}').state"), "issued")
        at.until_done()
        clerk.press(f"{page}buoc/publish/")
        files, words, pages = papers_of(run, at, clerk, page, f"/lam-viec/hoi-dong/phien/{session}/")
        annex = compare_papers(run, at, clerk, page, code, files)
        judge_council(run, files, annex)
        printed = judge_certificates(run, at, clerk, page, code, annex)
    figures = {"rows": len(annex), "words compared": words, "pages": pages, "copies with one change": copies}
    return figures | {"certificates read": printed}


def tree_of(code: str) -> str:
    """The decision's paper as data, as an expression for the onlooker."""
    module = "__import__('bangvang.{}', fromlist=['x'])"
    paper = f"{module.format('decisions.papers')}.decision(Decision.objects.get(code='{code}'))"
    return f"{module.format('papers.frozen')}.to_json({paper})"


@contextmanager
def site(fault: tuple[str, ...]) -> Iterator[tuple[live.Live, str, str]]:
    """The demo with a session of its council and a numbered decision, by their codes; a planted line is in all code from there on."""
    with tempfile.TemporaryDirectory(prefix="bv-decision-") as name:
        src = planted.source(Path(name), *fault)
        with live.serve(Path(name) / "live", src=src, demo=True) as at:
            databases.python(at.database, "-m", "tests.proofs.dossier_stage", "submit", var=at.var)
            told = databases.python(at.database, "-m", "tests.proofs.decision_stage", var=at.var, src=src)
            session, decision = told.split()
            yield at, session, decision


def send(at: live.Live, registry: Any, page: str, name: str, content: bytes) -> None:
    """The registry sends in a signed copy; the worker reads it."""
    registry.attach(f"{page}doi-chieu/", (name, content))
    at.until_done()


def signed_copies(run: Run, at: live.Live, registry: Any, page: str, tree: Any) -> int:
    """Each copy has one change in its words; the page must show that one difference and no other."""
    rows = tree["annexes"][0]["blocks"][-1]["blocks"][0]["rows"]
    name = rows[0][1]
    amount = next(row[5] for row in rows if row[5] != "0")
    changes: list[tuple[str, Callable[[str], str], str, str]] = [
        ("name", lambda text: text.replace(name, misspelt(name)), name, misspelt(name)),
        ("amount", lambda text: raised(amount) if text == amount else text, amount, raised(amount)),
        ("date", lambda text: text, "20/12/2025", "21/12/2025"),
    ]
    kinds = [("docx", docx_of), ("pdf", pdf_of)][: 1 if run.fault else 2]  # a control needs no second format
    for what, change, ours, theirs in changes:
        changed = once(tree, change) if what != "date" else other_day(tree)
        for kind, draw in kinds:
            content = draw(changed)
            run.keep(f"ban-ky-{what}.{kind}", content)
            send(at, registry, page, f"ban-ky-{what}.{kind}", content)
            words = registry.get(f"{page}doi-chieu/").words
            run.expect(f"{what} in {kind} is caught", (ours in words, theirs in words), (True, True))
            run.expect(f"{what} in {kind}: number of differences", differences_in(words), 1)
            run.expect(f"{what} in {kind}: issue refused", registry.get(f"{page}buoc/issue/").status, 409)
    return len(changes) * len(kinds)


def photographed(run: Run, at: live.Live, registry: Any, page: str, tree: Any) -> None:
    """A photo of the first page only: no machine can say that it agrees, so a person is asked for every field."""
    pictures(run, "anh-chup", pdf_of(tree))
    send(at, registry, page, "anh-chup.png", (run.dir / "anh-chup-1.png").read_bytes())
    words = registry.get(f"{page}doi-chieu/").words
    run.expect("a photo is compared by eye", "Máy không đọc được bản này" in words, True)
    run.expect("a photo: issue refused", registry.get(f"{page}buoc/issue/").status, 409)


def differences_in(words: str) -> int:
    """How many open differences the page counts; 0 when it says that the copy agrees."""
    _, _, after = words.partition("Bản ký có ")
    return int(after.split()[0]) if after else 0


def misspelt(name: str) -> str:
    """The same name with its last letter another one."""
    return name[:-1] + ("a" if name[-1] != "a" else "o")


def raised(amount: str) -> str:
    """Ten thousand more."""
    return f"{int(amount.replace('.', '')) + 10_000:,}".replace(",", ".")


def once(tree: Any, change: Callable[[str], str]) -> Any:
    """A copy of the tree in which the first text that the change touches is changed."""
    done = False

    def walk(value: Any) -> Any:
        nonlocal done
        if isinstance(value, dict):
            return {key: walk(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner) for inner in value]
        if isinstance(value, str) and not done and (new := change(value)) != value:
            done = True
            return new
        return value

    return walk(tree)


def other_day(tree: Any) -> Any:
    """A copy of the tree that is dated one day later."""
    changed = json.loads(json.dumps(tree))
    changed["header"]["issued"]["day"] += 1
    return changed


def docx_of(tree: Any) -> bytes:
    from bangvang.papers import docx, frozen

    return docx.write(frozen.from_json(tree))


def pdf_of(tree: Any) -> bytes:
    from bangvang.papers import frozen, pdf

    return pdf.write(frozen.from_json(tree))


def papers_of(run: Run, at: live.Live, clerk: Any, *opened: str) -> tuple[dict[str, bytes], int, int]:
    """Every paper that these pages offer: form → Word file, each held against its PDF; words and pages."""
    files = {}
    words = pages = 0
    links = [link for page in opened for link in clerk.get(page).page.links]
    for link in [link for link in links if "/van-ban/" in link and link.endswith(".docx")]:
        word, portable = clerk.get(link).body, clerk.get(link.removesuffix("docx") + "pdf").body
        name = at.ask(f"PaperOrder.objects.get(code='{link.rsplit('/', 1)[1].removesuffix('.docx')}').form")
        files[str(name)] = word
        run.keep(f"{name}.docx", word)
        run.keep(f"{name}.pdf", portable)
        run.expect(f"{name}: words of DOCX and PDF differ", sorted_difference(word, portable), "")
        words += len(docx_words(word))
        pages += 0 if run.fault else pictures(run, str(name), portable)
    run.expect("papers", sorted(files), FORMS)
    return files, words, pages


def compare_papers(
    run: Run, at: live.Live, clerk: Any, page: str, code: str, files: dict[str, bytes]
) -> list[award_papers.Row]:
    """Every paper of the decision against its annex, from the files as they are given out; the annex."""
    annex = award_papers.of_word(files["award_decision"])
    for name in ("award_submission", "payment_list"):
        run.expect(f"rows of {name}", award_papers.of_word(files[name]), annex)
    sheet = clerk.get(f"{page}chi-thuong.xlsx").body
    run.keep("chi-thuong.xlsx", sheet)
    run.expect("rows of the Excel list", award_papers.of_excel(sheet), annex)
    for name in ("award_decision", "award_submission"):
        counted = award_papers.counts_in(award_papers.text_of_word(files[name]))
        run.expect(f"counts of {name}", counted, counts_of(annex))
    total = f"{sum(int(row.amount.replace('.', '')) for row in annex):,}".replace(",", ".")
    for name in ("award_decision", "award_submission", "payment_list"):
        run.expect(f"total of {name}", award_papers.totals_in(award_papers.text_of_word(files[name])), {total})
    register = f"Certificate.objects.filter(line__decision__code='{code}').order_by('number')"
    codes = at.ask(f"list({register}.values_list('code', flat=True))")
    assert isinstance(codes, list)
    visitor = at.person()
    said = [award_papers.of_certificate_page(visitor.get(f"/xac-minh/{one}/").body) for one in codes]
    run.expect("certificates", said, [row.without_amount() for row in annex])
    public = award_papers.of_public_page(visitor.get(f"/bang-vang/{code}/").body)
    joined = [(row.name, " · ".join(part for part in (row.award, row.title, row.unit) if part)) for row in annex]
    run.expect("the public page", public, joined)
    refused = award_papers.of_word(files["refusal_notice"])
    run.expect("somebody both honoured and refused", Counter(annex_key(annex)) & Counter(annex_key(refused)), Counter())
    return annex


def judge_council(run: Run, files: dict[str, bytes], annex: list[award_papers.Row]) -> None:
    """Minutes and counting record: who passed is the annex, who did not is the notice; sums and counts are those of the rows."""
    minutes, record = files["council_minutes"], files["counting_record"]
    refused = award_papers.of_word(files["refusal_notice"])
    voted = award_papers.of_minutes(minutes)
    for result, rows in (("Đạt", annex), ("Không đạt", refused)):
        wanted = sorted((row.bare_name, row.post, row.award) for row in rows)
        run.expect(f"minutes: {result}", voted.get(result, []), wanted)
    total, people = len(annex) + len(refused), sum(is_person(row) for row in (*annex, *refused))
    made = [tuple(map(int, numbers)) for numbers in award_papers.MADE.findall(award_papers.text_of_word(minutes))]
    run.expect("minutes: counts", made, [(total, people, total - people)])
    for name, content in (("minutes", minutes), ("counting record", record)):
        passed = award_papers.PASSED.findall(award_papers.text_of_word(content))
        run.expect(f"{name}: passed of all", passed, [(str(len(annex)), str(total))])
    both = [(row, "Đạt") for row in annex] + [(row, "Không đạt") for row in refused]
    wanted = sorted((in_one_string(row), row.award, result) for row, result in both)
    run.expect("counting record: results", award_papers.of_counting_record(record, "Kết quả"), wanted)
    ballots = [(who, award, str(VOTERS if result == "Đạt" else 0)) for who, award, result in wanted]
    run.expect("counting record: ballots for", award_papers.of_counting_record(record, "Đồng ý"), sorted(ballots))


def judge_certificates(run: Run, at: live.Live, clerk: Any, page: str, code: str, annex: list[award_papers.Row]) -> int:
    """Both PDFs as the job drew them, on full pages and on a blank: a page a row, in its order; how many pages."""
    rows = f"Certificate.objects.filter(line__decision__code='{code}').order_by('line__place').values_list('code', flat=True)"
    codes = at.ask(f"list({rows})")
    assert isinstance(codes, list)
    count = 0
    for name, paper in (
        ("full", ""),
        ("blank", at.ask(f"CertificateBlank.objects.get(name='{decision_stage.BLANK}').code")),
    ):
        ordered = clerk.press(f"{page}in-giay-khen/", paper=str(paper))
        at.until_done()
        pdf = clerk.get(f"{ordered.address}tai-ve/").body
        run.keep(f"giay-khen-{name}.pdf", pdf)
        award_words = [row.award.strip("“”").upper() if name == "full" else "" for row in annex]
        wanted = [
            award_papers.Printed(
                award, f"{row.name} {row.post}", NUMBER, DAY, str(place), f"{at.address}/xac-minh/{one}/"
            )
            for place, (award, row, one) in enumerate(zip(award_words, annex, codes, strict=True), start=1)
        ]
        printed = award_papers.of_certificates(pdf)
        run.expect(f"pages of certificates on {name}", len(printed), len(annex))
        differing = [f"{got} ≠ {want}" for got, want in zip(printed, wanted, strict=False) if got != want]
        run.expect(f"certificates on {name} that differ from the annex", differing, [])
        count += len(printed)
    return count


def is_person(row: award_papers.Row) -> bool:
    """A collective has no Ông or Bà before its name."""
    return row.name != row.bare_name


def in_one_string(row: award_papers.Row) -> str:
    """As the counting record names somebody; people from outside keep Ông or Bà, a collective stands without its agency."""
    name = row.name if not row.title else row.bare_name
    return f"{name}, {row.post}" if is_person(row) else name


def annex_key(rows: list[award_papers.Row]) -> list[tuple[str, str]]:
    return [(row.name, row.award) for row in rows]


def counts_of(rows: list[award_papers.Row]) -> dict[str, tuple[int, int]]:
    """Award → (collectives, individuals) by counting rows."""
    counted: dict[str, tuple[int, int]] = {}
    for row in rows:
        collectives, individuals = counted.get(row.award, (0, 0))
        counted[row.award] = (collectives + (not is_person(row)), individuals + is_person(row))
    return counted


def sorted_difference(word: bytes, portable: bytes) -> str:
    """The first place where Word and PDF part; titles that a table repeats on its next pages are left out."""
    from docx import Document

    numbered = [table for table in Document(io.BytesIO(word)).tables if table.rows[0].cells[0].text == "TT"]
    titles = {tuple(" ".join(cell.text for cell in table.rows[0].cells).split()) for table in numbered}
    return difference(docx_words(word), words_of(portable, titles))
