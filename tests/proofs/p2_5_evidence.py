"""2.5 Broken and hostile evidence and plan files are refused in words; two people in one field see both texts; nothing typed is lost."""

from tests.proofs import Figure, Run, dossier_site, proof
from tests.reading.hostile_files import HARMLESS, HOSTILE

UNIT = "Phòng Quản lý ngân sách"
LINE = "Đinh Thị Phương Thảo: advanced_worker"
KINDS = {  # name of the file as sent → kind of hostile file
    "rong.pdf": "only blanks", "bao-cao.pdf": "windows program named pdf", "quet.pdf": "linux program", "chay.pdf": "shell script",
    "cu.doc": "rtf", "la.bin": "random bytes", "hinh.svg": "svg", "macro.docx": "docm", "nhung.docx": "ole object",
    "mau.docx": "attached template", "phong.docx": "blank bomb", "cat.docx": "cut zip",
}  # fmt: skip
FAULTS = {
    "everything_is_fine": ("bangvang/papers/jobs.py", "    found = child.inspect(file.path)", '    found = type("Fine", (), {"kind": "pdf"})()'),
    "broken_plan_goes_on": ("bangvang/web/staff/reviews.py", "    if review.reading.state == Reading.State.REFUSED:", "    if request.htmx:"),
    "last_one_wins": (
        "bangvang/kernel/workflow.py",
        "type(root)._base_manager.filter(pk=root.pk, version=expected)",
        "type(root)._base_manager.filter(pk=root.pk)",
    ),
    "forgets_late_form": ("bangvang/web/ui/sessions.py", "drafts.keep(owner, kept_form(path), fields, address=path)", "kept_form(path)"),
}  # fmt: skip


@proof(
    "2.5",
    what="Twelve kinds of broken or hostile evidence and plan files; two heads in one field; autosave and a lost session",
    bar="12 refused in words with what to do, none kept or submitted; both texts shown; nothing typed is lost",
    controls={
        "everything_is_fine": "what the limited child refuses is settled as usable",
        "broken_plan_goes_on": "a plan file that could not be read is put before a person as a draft",
        "last_one_wins": "an edit does not look at the version it was opened with",
        "forgets_late_form": "a form that came after the session ended is not kept",
    },
)
def evidence(run: Run) -> dict[str, Figure]:
    with dossier_site.running(FAULTS.get(run.fault or "", ()), submitted=False) as site:
        refused = files(run, site) if run.fault in {None, "everything_is_fine"} else 0
        plans_refused = plans(run, site) if run.fault in {None, "broken_plan_goes_on"} else 0
        if run.fault in {None, "last_one_wins"}:
            both_texts(run, site)
        if run.fault in {None, "forgets_late_form"}:
            kept(run, site)
        run.expect("tracebacks in the server's log", site.live.log().count("Traceback") if not run.fault else 0, 0)
    return {"kinds of evidence refused": refused, "kinds of plan files refused": plans_refused}


def missing_words(kind: str, words: str) -> list[str]:
    """What the page should say of such a file, reason and advice, and does not."""
    from bangvang.reading.refusal import REASONS

    said = " ".join(REASONS[HOSTILE[kind][0]])
    parts = said.replace("{name}", "|").replace("{size}", "|").replace("{limit}", "|").split("|")
    return [part.strip() for part in parts if part.strip(" .") and part.strip() not in words]


def plans(run: Run, site: dossier_site.Site) -> int:
    """The same files sent in as a plan: the page says why, no draft is shown, no movement can be made of it."""
    clerk = site.live.person("clerk")
    before, count = site.live.ask("Movement.objects.count()"), 0
    for name, kind in KINDS.items():
        sent = clerk.attach("/lam-viec/ban-doc/", (name, HOSTILE[kind][1]))
        site.live.until_done()
        page = clerk.get(sent.address)
        lost = missing_words(kind, page.words)
        run.expect(f"plan {kind}: words that are missing", lost, [])
        run.expect(f"plan {kind}: no draft is shown", "Bản nháp phong trào" in page.words, False)
        mark = page.page.form("csrfmiddlewaretoken").fields["csrfmiddlewaretoken"]
        pressed = clerk.post(f"{sent.address}lap-phong-trao/", {"csrfmiddlewaretoken": mark, "version": "1"})
        run.expect(f"plan {kind}: no movement of it", pressed.status, 409)
        count += not lost
    run.expect("movements made of broken files", site.live.ask("Movement.objects.count()"), before)
    return count


def files(run: Run, site: dossier_site.Site) -> int:
    head = site.live.person("head")
    address = site.line(LINE)
    said, count = [], 0
    for name, kind in KINDS.items():
        content = HOSTILE[kind][1]
        before = site.live.files()
        head.attach(address, (name, content), evidence_kind="report")
        site.live.until_done()
        words = head.get(address).words
        lost = missing_words(kind, words)
        run.expect(f"{kind}: words that are missing", lost, [])
        run.expect(f"{kind}: files kept", site.live.files(), before)
        said.append(f"{name} ({kind}): {words[words.find('Không nhận') : words.find('Không nhận') + 260]}\n")
        step = head.get(f"{site.dossier(UNIT)}")
        run.expect(
            f"{kind}: the dossier cannot be submitted with it", f"tệp dùng được thay cho “{name}”" in step.words, True
        )
        code_of_file = site.live.ask("list(Evidence.objects.values_list('file__code', flat=True))")
        assert isinstance(code_of_file, list)
        opened = head.get(address)
        head.post(
            f"{address}minh-chung/{code_of_file[-1]}/bo/",
            {"csrfmiddlewaretoken": opened.page.form("evidence_kind").fields["csrfmiddlewaretoken"]},
        )
        count += not lost
    head.attach(address, ("quet.png", HARMLESS["png"][1]), evidence_kind="opinion")
    site.live.until_done()
    run.expect("a scan is usable", "Dùng được" in head.get(address).words, True)
    run.keep("messages.txt", "\n".join(said))
    return count


def both_texts(run: Run, site: dossier_site.Site) -> None:
    """The head and the deputy have the same nomination open: the second is shown both texts, and may then decide."""
    head, deputy = site.live.person("head"), site.staged("ankhe")
    address = f"{site.line(LINE)}sua/"
    first, second = head.get(address), deputy.get(address)
    head.send(first, achievement="Chữ của trưởng phòng.")
    late = deputy.send(second, achievement="Chữ của phó phòng.")
    shown = "Đã lưu Chữ của trưởng phòng." in late.words and "vừa gõ Chữ của phó phòng." in late.words
    run.expect("both texts", (late.status, shown), (409, True))
    if run.fault:
        return
    run.expect(
        "the form still has what was typed", late.page.form("achievement").fields["achievement"], "Chữ của phó phòng."
    )
    deputy.send(late, achievement="Chữ của cả hai.")
    run.expect("agreed text stands", "Chữ của cả hai." in head.get(site.line(LINE)).words, True)


def kept(run: Run, site: dossier_site.Site) -> None:
    """Autosave comes back on the form; a form sent after the session is kept, offered and sent again."""
    head = site.live.person("head")
    address = f"{site.line(LINE)}sua/"
    form = head.get(address).page.form("achievement")
    told = head.post("/lam-viec/ho-so/luu-tam/", {**form.fields, "achievement": "Đang gõ dở."})
    run.expect("autosave answers", told.body.decode(), "Đã lưu tạm trên máy chủ.")
    again = head.get(f"{address}?nhap=1").page.form("achievement").fields["achievement"]
    run.expect("autosaved text", again, "Đang gõ dở.")
    opened = head.get(address)
    head.lose_session()
    asked = head.send(opened, achievement="Gõ trước khi hết phiên.")
    run.expect("asked to log in", asked.address.split("?")[0], "/dang-nhap/")
    head.log_in(site.live.cast.names["head"], site.live.cast.passwords["head"])
    late = head.get(f"{address}?giu-lai=1").page.form("achievement").fields["achievement"]
    run.expect("text of the lost session", late, "Gõ trước khi hết phiên.")
