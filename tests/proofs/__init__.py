"""The proof harness: one function per line of a "Must show", run by `./bv prove` with its planted faults.

A proof runs the real thing and returns figures. It runs once plainly and once per control, with `run.fault` set to
the control's name: then it plants that fault, and must fail. A control that goes unnoticed fails the whole proof.
"""

import importlib
import os
import pkgutil
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Figure = str | int | float
Figures = Mapping[str, Figure]


class NotRun(Exception):
    """The proof could not take place here; the words say why."""


@dataclass(frozen=True)
class Proof:
    """One line of a "Must show": its id, what it shows, the bar in words, and its planted faults by name.

    `alone`: it measures time, so no other proof runs beside it.
    """

    id: str
    what: str
    bar: str
    controls: Mapping[str, str]  # name → what is planted
    function: Callable[["Run"], Figures]
    alone: bool = False


REGISTRY: dict[str, Proof] = {}


def proof(
    id_: str, *, what: str, bar: str, controls: Mapping[str, str], alone: bool = False
) -> Callable[[Callable[["Run"], Figures]], Callable[["Run"], Figures]]:
    """Enter the function below into the registry under an id such as "1.4"."""

    def enter(function: Callable[["Run"], Figures]) -> Callable[["Run"], Figures]:
        if id_ in REGISTRY:
            raise ValueError(f"two proofs named {id_}")
        REGISTRY[id_] = Proof(id_, what, bar, dict(controls), function, alone)
        return function

    return enter


def load(package: str = "tests.proofs") -> dict[str, Proof]:
    """Import every module `p*` of the package and return its proofs in the order of ids."""
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        if module.name.startswith("p"):
            importlib.import_module(f"{package}.{module.name}")
    own = [entry for entry in REGISTRY.values() if entry.function.__module__.startswith(f"{package}.")]
    return {entry.id: entry for entry in sorted(own, key=lambda entry: order(entry.id))}


def order(id_: str) -> tuple[int, ...]:
    """1.10 comes after 1.9."""
    return tuple(int(part) for part in id_.split("."))


@dataclass
class Run:
    """One execution of a proof: where its evidence goes, which fault is planted, what was expected and met."""

    dir: Path
    fault: str | None = None
    failures: list[str] = field(default_factory=list)

    def expect(self, name: str, got: object, want: object) -> None:
        """Equality. A difference marks the proof as failed and lets it go on."""
        self._judge(got == want, f"{name}: {got!r}, expected {want!r}")

    def at_most(self, name: str, got: float, bar: float) -> None:
        self._judge(got <= bar, f"{name}: {got:g}, at most {bar:g}")

    def at_least(self, name: str, got: float, bar: float) -> None:
        self._judge(got >= bar, f"{name}: {got:g}, at least {bar:g}")

    def _judge(self, holds: bool, words: str) -> None:
        self.write(f"{'ok  ' if holds else 'FAIL'} {words}")
        if not holds:
            self.failures.append(words)

    def write(self, line: str) -> None:
        """One line into the evidence log."""
        with (self.dir / "log.txt").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def keep(self, name: str, evidence: bytes | str | Path) -> Path:
        """Put bytes, text or a copy of a file into the evidence folder under this name; returns where it stands."""
        target = self.dir / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(evidence, Path):
            shutil.copyfile(evidence, target)
        else:
            target.write_bytes(evidence.encode() if isinstance(evidence, str) else evidence)
        return target

    def sh(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path = ROOT,
        env: Mapping[str, str | None] | None = None,
        timeout: float = 600,
        name: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; output is returned, kept as `NAME.log`, and the whole group killed at the timeout.

        `env` is laid over the present environment; None removes a name. A timeout gives return code 124.
        """
        words = [str(part) for part in command]
        environment = {**os.environ, **(env or {})}
        target = self.dir / f"{name or Path(words[0]).name}-{len(list(self.dir.glob('*.log')))}.log"
        began = time.monotonic()
        with target.open("w+b") as output:
            process = subprocess.Popen(
                words,
                cwd=cwd,
                env={key: value for key, value in environment.items() if value is not None},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                code = process.wait(timeout=timeout)
            except subprocess.TimeoutExpired:
                code = 124
            finally:
                end_group(process)
        text = target.read_text(errors="replace")
        self.write(f"     $ {' '.join(words)} → {code} in {time.monotonic() - began:.1f} s ({target.name})")
        return subprocess.CompletedProcess(words, code, text, "")

    def not_run(self, reason: str) -> None:
        """End here: something this machine lacks. Never for something the product lacks."""
        raise NotRun(reason)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Nothing that a proof started may outlive it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
