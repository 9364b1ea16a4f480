"""`./bv prove [ID …] [--jobs N] [--json] [--list] [--no-controls] [--write-docs]`: run proofs, each in its own process."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.proofs import ROOT, Figure, NotRun, Proof, Run, end_group, load, order

# Every line of the "Must show" lists of the issues begun so far.
KNOWN = [
    f"{issue}.{line}"
    for issue, lines in ((1, 9), (2, 5), (3, 6), (4, 6), (5, 6), (6, 6))
    for line in range(1, lines + 1)
]
RESOLVED = ROOT / "tests" / "proofs" / "resolved.txt"  # what CI runs: the ids of resolved issues
EVIDENCE = ROOT / "build" / "proofs"
LIMIT_SECONDS = 3000  # one run of one proof
PASSED, FAILED, NOT_RUN = "ok", "FAIL", "not run"


@dataclass
class Outcome:
    """How one run in its own process ended. `judged`: an expectation of the proof failed; a crash is no catch."""

    verdict: str
    why: str = ""
    figures: dict[str, Figure] = field(default_factory=dict)
    judged: bool = False


@dataclass
class Result:
    """The verdict of one proof, as printed and as JSON."""

    id: str
    what: str
    bar: str
    verdict: str
    why: str = ""
    figures: dict[str, Figure] = field(default_factory=dict)
    controls: dict[str, str] = field(default_factory=dict)  # name → "caught", or what happened instead

    def line(self) -> str:
        figures = ", ".join(f"{name} {value}" for name, value in self.figures.items())
        verdict = f"{self.verdict}: {self.why}" if self.why else self.verdict
        return " | ".join([self.id, self.what, figures or "-", self.bar or "-", verdict])


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse(arguments)
    if options.one:
        return child(options.package, options.one, Path(options.dir), options.fault or None)
    registry = load(options.package)
    known = sorted({*registry, *(KNOWN if options.package == "tests.proofs" else [])}, key=order)
    if options.write_docs:
        (ROOT / "docs" / "proofs.md").write_text(docs(registry, known), encoding="utf-8")
        return 0
    ids = select(known, options.ids)
    if options.list:
        for id_ in ids:
            print(f"{id_} | {registry[id_].what if id_ in registry else 'no proof yet'}")
        return 0
    results = []
    for result in judge_all(ids, registry, options):
        results.append(result)
        if not options.json:
            print(result.line(), flush=True)
    if options.json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1))
    verdicts = {result.verdict for result in results}
    return 1 if FAILED in verdicts else 3 if NOT_RUN in verdicts else 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bv prove", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="an id such as 1.4, or a prefix such as 1")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.add_argument("--list", action="store_true", help="list the proofs, run none")
    parser.add_argument("--no-controls", action="store_true", help="skip the planted faults (counts as not run)")
    at_once = min(2, os.cpu_count() or 1)
    parser.add_argument("--jobs", type=int, default=at_once, help="proofs at once (%(default)s)")
    parser.add_argument("--write-docs", action="store_true", help="print docs/proofs.md from the registry")
    parser.add_argument("--package", default="tests.proofs", help=argparse.SUPPRESS)
    parser.add_argument("--evidence", default=str(EVIDENCE), help=argparse.SUPPRESS)
    for inner in ("--one", "--dir", "--fault"):  # how a proof is run in its own process
        parser.add_argument(inner, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def select(known: list[str], wanted: list[str]) -> list[str]:
    """The ids that the words name; in CI and without words, those of resolved issues."""
    if not wanted and os.environ.get("CI") == "true":
        lines = RESOLVED.read_text(encoding="utf-8").splitlines() if RESOLVED.exists() else []
        wanted = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        chosen = [id_ for id_ in known if any(id_ == word or id_.startswith(word + ".") for word in wanted)]
    else:
        for word in wanted:
            if not any(id_ == word or id_.startswith(word + ".") for id_ in known):
                sys.exit(f"Không có chứng minh “{word}”. Các mã đang có: {', '.join(known)}.")
        chosen = [
            id_ for id_ in known if not wanted or any(id_ == word or id_.startswith(word + ".") for word in wanted)
        ]
    skipped = os.environ.get("BV_PROVE_SKIP", "").split()
    return [id_ for id_ in chosen if id_ not in skipped]


def judge_all(ids: list[str], registry: dict[str, Proof], options: argparse.Namespace) -> Iterator[Result]:
    """The results in the order of ids. As many at once as asked for; those that measure time come last, one by one."""
    alone = [id_ for id_ in ids if id_ in registry and registry[id_].alone]
    beside = [id_ for id_ in ids if id_ not in alone]
    with ThreadPoolExecutor(options.jobs) as pool:
        yield from pool.map(lambda id_: judge(id_, registry.get(id_), options), beside)
    for id_ in alone:
        yield judge(id_, registry.get(id_), options)


def judge(id_: str, proof: Proof | None, options: argparse.Namespace) -> Result:
    """Run a proof plainly, then with each of its faults, and put the answers together."""
    if proof is None:
        return Result(id_, "-", "-", NOT_RUN, "no proof yet")
    folder = Path(options.evidence) / id_
    shutil.rmtree(folder, ignore_errors=True)
    plain = run_apart(proof, folder, None, options.package)
    result = Result(id_, proof.what, proof.bar, plain.verdict, plain.why, plain.figures)
    if result.verdict != PASSED:
        return result
    if not proof.controls:
        result.verdict, result.why = NOT_RUN, "no control"
    elif options.no_controls:
        result.verdict, result.why = NOT_RUN, "controls left out"
    else:
        for name in proof.controls:
            met = run_apart(proof, folder / f"control-{name}", name, options.package)
            caught = met.verdict == FAILED and met.judged
            result.controls[name] = "caught" if caught else f"{met.verdict} {met.why}".strip()
        missed = {name: says for name, says in result.controls.items() if says != "caught"}
        if missed:
            result.verdict = FAILED
            result.why = "; ".join(f"đối chứng {name} không bị phát hiện ({says})" for name, says in missed.items())
        else:
            result.figures["controls"] = f"{len(proof.controls)} caught"
    (folder / "result.json").write_text(json.dumps(asdict(result), ensure_ascii=False, indent=1), encoding="utf-8")
    return result


def run_apart(proof: Proof, folder: Path, fault: str | None, package: str) -> Outcome:
    """One run in a process of its own with its own data directory and SQLite; killed as a group when it hangs."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="bv-proof-") as var:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("BV_") or key in KEPT}
        roots = [str(ROOT), str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment |= {"BV_VAR": var, "BV_DATABASE": "", "PYTHONPATH": os.pathsep.join(roots)}
        command = [sys.executable, "-m", "tests.proofs", "--package", package, "--one", proof.id, "--dir", str(folder)]
        with (folder / "output.txt").open("wb") as output:
            process = subprocess.Popen(
                [*command, "--fault", fault or ""],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                process.wait(timeout=LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                return Outcome(FAILED, f"stopped after {LIMIT_SECONDS} s")
            finally:
                end_group(process)
    answer = folder / "answer.json"
    if not answer.exists():
        return Outcome(FAILED, f"died with code {process.returncode}, see {folder / 'output.txt'}")
    return Outcome(**json.loads(answer.read_text(encoding="utf-8")))


KEPT = {"BV_SEEDS", "BV_TEST_PG"}  # of the caller's BV_* only these reach a proof


def child(package: str, id_: str, folder: Path, fault: str | None) -> int:
    run = Run(folder, fault)
    try:
        figures = dict(load(package)[id_].function(run))
        verdict = FAILED if run.failures else PASSED
        answer = Outcome(verdict, "; ".join(run.failures[:3]), figures, bool(run.failures))
    except NotRun as reason:
        answer = Outcome(NOT_RUN, str(reason))
    except Exception as problem:
        run.write(traceback.format_exc())
        why = "; ".join([*run.failures[:3], f"{type(problem).__name__}: {problem}"])
        answer = Outcome(FAILED, why, judged=bool(run.failures) or isinstance(problem, AssertionError))
    (folder / "answer.json").write_text(json.dumps(asdict(answer), ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def docs(registry: dict[str, Proof], known: list[str]) -> str:
    lines = ["# Proofs", "", "Printed by `./bv prove --write-docs`; do not edit. Run them with `./bv prove [ID …]`."]
    for id_ in known:
        proof = registry.get(id_)
        if proof is None:
            lines += ["", f"## {id_}", "", "No proof yet."]
            continue
        lines += [
            "",
            f"## {id_} {proof.what}",
            "",
            f"Bar: {proof.bar}.",
            "",
            "Controls, each a planted fault it catches:",
            "",
        ]
        lines += [f"- `{name}`: {planted}" for name, planted in proof.controls.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
