"""3.2 Two hundred random sessions under a thief who has everything on disk at every moment and no code."""

import logging
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import databases
from tests.proofs import Figure, Run, council_sessions, disk, leaky_ballot, proof, thief, vote_kills
from tests.proofs.council_sessions import Plan, Play, Stage
from tests.proofs.disk import Moment

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # isort: skip
from django.db import connection  # isort: skip (council_sessions sets Django up)
from django.test import Client  # isort: skip
from django.test.utils import setup_test_environment  # isort: skip
from bangvang.council import actions as council  # isort: skip
from bangvang.council import ballot, queries  # isort: skip
from bangvang.council.actions.voting import _private_key, envelope_mark  # isort: skip

SESSIONS = 100  # on each engine
SESSIONS_OF_CONTROL = 4
ON_ONE_COPY = 10  # sessions that live one after the other in one database
LEAKY = 6  # sessions of the refused design, on each engine, under the same thief
KILLED_EVERY, PAGED_EVERY, TWINNED_EVERY = 8, 10, 8
LONG = 16  # a ballot of so many lines is looked for letter by letter in every file
BACKEND = "django.contrib.auth.backends.ModelBackend"


@proof(
    "3.2",
    what="200 random sessions on two databases, with kills and restarts, under a thief of everything on disk without a code",
    bar="no vote named beyond what totals force, no key, code or ballot in any file, another ballot changes nothing but its"
    " envelope; the same thief names at least 95% in a design with counters",
    controls={
        "counters": "the refused design: roll and counters in one transaction (tests/proofs/leaky_ballot.py)",
        "letters_unsealed": "the envelope holds the letters",
        "one_sender_key": "every envelope is sealed with one sender key",
        "key_not_wrapped": "the session's private key is stored as it is",
        "cast_is_told": "a cast leaves an event with the number of lines agreed to",
    },
)
def secrecy(run: Run) -> dict[str, Figure]:
    setup_test_environment()
    with council_sessions.folder() as folder, fault(run.fault):
        return council_sessions.on_both(run, lambda part, engine, server: on_engine(part, folder, engine, server))


def on_engine(run: Run, folder: Path, engine: str, server: str) -> dict[str, Figure]:
    total: Counter[str] = Counter()
    with council_sessions.stage(engine, server, folder) as stage, written_log(stage.folder / "logs"):
        fate = random.Random(32)
        sessions = SESSIONS_OF_CONTROL if run.fault else SESSIONS
        for first in range(0, sessions, ON_ONE_COPY):
            with stage.copy() as address:
                for number in range(first, min(first + ON_ONE_COPY, sessions)):
                    plan = council_sessions.at_random(fate)
                    met = lived(run, stage, address, plan, number, fate)
                    total += met
                    run.write(
                        f"     {engine} session {number}: {plan.members} members, {len(plan.lines)} lines, {dict(met)}"
                    )
                    council_sessions.set_aside()
        shares = [] if run.fault else [leaky(stage, council_sessions.at_random(fate, members=9)) for _ in range(LEAKY)]
    run.expect(f"{engine} votes named before closing", total["named before closing"], 0)
    run.expect(f"{engine} votes named beyond the totals", total["named beyond"], 0)
    run.expect(f"{engine} forced votes named wrongly", total["named wrongly"], 0)
    run.expect(f"{engine} keys, codes or ballots in a file", total["needles"], 0)
    run.expect(f"{engine} twins told apart", total["twins told apart"], 0)
    run.expect(f"{engine} envelopes lost or doubled by a kill", total["lost"], 0)
    run.expect(f"{engine} counts unlike the ballots", total["miscounted"], 0)
    if shares:
        run.at_least(f"{engine} share named in the design with counters", min(shares), 0.95)
    kept = ("opened", "not opened", "votes", "kills", "moments", "forced")
    return {f"{engine} {name}": total[name] for name in kept} | (
        {f"{engine} leaky named %": round(100 * sum(shares) / len(shares))} if shares else {}
    )


def lived(run: Run, stage: Stage, address: str, plan: Plan, number: int, fate: random.Random) -> Counter[str]:
    """One session from the freeze to the totals, robbed at every moment."""
    met: Counter[str] = Counter()
    began = time.time() - 1
    play = council_sessions.prepared(stage, plan) if plan.members > 2 else None
    if play is None or len(plan.online) < ballot.LEAST_BALLOTS:
        return Counter({"not opened": 1})  # two members: the house convenes no such council (tests/council)
    council.freeze(play.session, by=play.clerk)
    seats = {place: seat for place, seat in enumerate(queries.seats_of(play.session))}
    marks = {seat.pk: envelope_mark(play.session, seat) for seat in seats.values()}
    lines = [line.pk for line in queries.lines_of(play.session)]
    truth = {
        (seats[member].pk, place): letter
        for member, letters in plan.ballots.items()
        for place, letter in enumerate(letters)
        if letter != ballot.NONE
    }
    if run.fault == "counters":
        leaky_ballot.prepare(play.session)
    secrets_ = needles(play)
    moments = [disk.moment(address)]
    order = list(plan.online)
    fate.shuffle(order)
    own = (seats[order[0]].pk, plan.ballots[order[0]])
    for turn, place in enumerate(order):
        if turn == 1 and number % TWINNED_EVERY == 0:
            met["twins"] += 1
            met["twins told apart"] += not twins_are_alike(stage, address, play, place)
        if turn == 2 and number % KILLED_EVERY == 0 and not run.fault:
            connection.close()
            met += vote_kills.while_casting(play, place)
            moments.append(disk.moment(address))
        if number % PAGED_EVERY == 0 and not run.fault:
            over_http(play, place)
        else:
            VOTE[run.fault == "counters"](play.session, play.choices(place), by=play.members[place])
        moments.append(disk.moment(address))
    if number % 5 == 0:
        connection.close()  # a restart: SQLite folds its -wal in, PostgreSQL begins another backend
    met["votes"] += len(order)
    met["named before closing"] += len(thief.names(moments, lines, marks, own))
    met["needles"] += found_in_files(run, address, began, stage, secrets_)
    if run.fault in {"counters", "letters_unsealed", "one_sender_key", "key_not_wrapped"}:
        return met  # nothing of that can be opened; the thief has had his chance
    council.close(play.session, by=play.clerk)
    if number % KILLED_EVERY == 0 and not run.fault:
        connection.close()
        met += vote_kills.while_opening(play)
        moments.append(disk.moment(address))
    council_sessions.opened(play, fate)
    moments.append(disk.moment(address))
    met["opened"] += 1
    met["moments"] += len(moments)
    met["needles"] += found_in_files(run, address, began, stage, secrets_)
    judged(met, play, moments, lines, marks, own, truth)
    return met


VOTE: dict[bool, Any] = {False: lambda *given, **named: council.cast(*given, **named), True: leaky_ballot.cast}


def judged(
    met: Counter[str],
    play: Play,
    moments: list[Moment],
    lines: list[int],
    marks: dict[int, str],
    own: tuple[int, str],
    truth: thief.Votes,
) -> None:
    """What the thief names when all is over, against what the published totals of the sealed ballots force by themselves."""
    totals, voters = {}, {}
    paper = [play.plan.ballots[place] for place in play.plan.paper]
    for place, line in enumerate(queries.lines_of(play.session)):
        by_hand = Counter(letters[place] for letters in paper)
        numbers = (line.agreed or 0, line.against or 0, line.invalid or 0)
        sealed = [number - by_hand[letter] for number, letter in zip(numbers, "10-", strict=True)]
        totals[place] = (sum(sealed), *sealed)
        voters[place] = {seat for seat, where in truth if where == place} - {
            seat.pk for number, seat in enumerate(queries.seats_of(play.session)) if number in play.plan.paper
        }
        cast = Counter(letter for (seat, where), letter in truth.items() if where == place and seat in voters[place])
        met["miscounted"] += [cast[letter] for letter in "10-"] != sealed
    allowed = thief.forced(totals, voters, own)  # type: ignore[arg-type]
    named = thief.names(moments, lines, marks, own)
    met["forced"] += len(allowed)
    met["named beyond"] += len(set(named) - set(allowed))
    met["named wrongly"] += sum(truth.get(place) != letter for place, letter in allowed.items())


def needles(play: Play) -> dict[str, bytes]:
    """What may lie in no file: the private key, the codes, and long ballots as letters."""
    found = {}
    for number, code in enumerate(play.codes):
        found[f"code {number}"] = code.encode()
        found[f"letters of code {number}"] = code.replace(" ", "").encode()
    try:
        private = _private_key(play.session, (play.codes[0], play.codes[1]))
        found |= {"private key": private, "private key in hex": private.hex().encode()}
    except ballot.Unopened:
        pass  # a control in which the key is not wrapped
    for place, letters in play.plan.online.items():
        if len(letters) >= LONG and len(set(letters)) > 1:
            found[f"ballot of {place}"] = letters.encode()
    return found


def found_in_files(run: Run, address: str, began: float, stage: Stage, secrets_: dict[str, bytes]) -> int:
    """How many of them lie in a file after all: database, log, dead rows, uploads, log of the program."""
    folders = (stage.folder / "logs", stage.folder / "files")
    count = 0
    for name, content in disk.bytes_of(address, began, *(folder for folder in folders if folder.exists())):
        for what, needle in secrets_.items():
            if needle in content:
                run.write(f"     {what} lies in {name}")
                count += 1
    return count


def twins_are_alike(stage: Stage, address: str, play: Play, place: int) -> bool:
    """Two copies of this moment; the member votes one way here and the opposite way there. Only the letters in the envelope may differ."""
    seen = []
    version = dict(vars(play.session))
    for other in (False, True):
        connection.close()
        with databases.Template(address, stage.folder).copy() as twin, databases.opened(twin):
            lines = queries.lines_of(play.session)
            letters = play.plan.ballots[place]
            turned = letters.translate(str.maketrans("10", "01")) if other else letters
            choices = {line.pk: letter for line, letter in zip(lines, turned, strict=True) if letter in "10"}
            council.cast(play.session, choices, by=play.members[place])
            seen.append(without_letters(disk.moment(twin)))
        vars(play.session).clear()
        vars(play.session).update(version)
    return seen[0] == seen[1]


def without_letters(moment: Moment) -> tuple[Any, ...]:
    """Everything of a moment; of an envelope its length, of an event's words what is not salt or hash."""
    hidden = {"sealed", "salt", "hash", "previous", "body_hash", "digest", "chain_head", "at"}
    rows = {
        table: [
            {
                column: len(bytes(value)) if column == "sealed" and value is not None else value  # type: ignore[call-overload]
                for column, value in row.items()
                if column == "sealed" or column not in hidden
            }
            for row in rows
        ]
        for table, rows in moment.tables.items()
    }
    return rows, moment.files


def over_http(play: Play, place: int) -> None:
    """The member votes through the pages: ballot, review, one POST. Sessions and messages of the pages lie on disk too."""
    client = Client()
    client.force_login(play.members[place].user, backend=BACKEND)
    address = f"/lam-viec/hoi-dong/phien/{play.session.code}/phieu/"
    letters = play.plan.ballots[place]
    chosen = {f"l{line}": letter for line, letter in enumerate(letters, start=1) if letter in "10"}
    if client.get(address).status_code != 200 or client.post(f"{address}xem-lai/", chosen).status_code != 200:
        raise AssertionError("the ballot was not given")
    if client.post(f"{address}bo/", chosen).status_code != 302:
        raise AssertionError("the ballot was not taken")


def leaky(stage: Stage, plan: Plan) -> float:
    """The share of other members' votes that the same thief names in the refused design."""
    while len(plan.online) < ballot.LEAST_BALLOTS:
        plan = council_sessions.at_random(random.Random(len(plan.lines)), members=9)
    with stage.copy() as address:
        play = council_sessions.prepared(stage, plan)
        council.freeze(play.session, by=play.clerk)
        leaky_ballot.prepare(play.session)
        moments = [disk.moment(address)]
        for place in plan.online:
            leaky_ballot.cast(play.session, play.choices(place), by=play.members[place])
            moments.append(disk.moment(address))
        seats = queries.seats_of(play.session)
        lines = [line.pk for line in queries.lines_of(play.session)]
        first = next(iter(plan.online))
        named = thief.names(moments, lines, {}, (seats[first].pk, plan.ballots[first]))
        truth = {
            (seats[member].pk, place): letter
            for member, letters in plan.online.items()
            for place, letter in enumerate(letters)
            if letter != ballot.NONE and member != first
        }
    return sum(named.get(place) == letter for place, letter in truth.items()) / len(truth)


@contextmanager
def written_log(folder: Path) -> Iterator[None]:
    """Everything the program logs, down to every statement it would tell, into a file that the thief reads too."""
    folder.mkdir()
    handler = logging.FileHandler(folder / "bangvang.log")
    root = logging.getLogger()
    level, others = root.level, root.handlers
    root.handlers = [handler]
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.handlers = others
        root.setLevel(level)
        handler.close()


@contextmanager
def fault(name: str | None) -> Iterator[None]:
    """Plant one in this very process."""
    plants: dict[str, tuple[Any, str, Any]] = {
        "letters_unsealed": (ballot, "seal", unsealed(ballot.seal)),
        "one_sender_key": (ballot, "X25519PrivateKey", OneKey),
        "key_not_wrapped": (ballot, "new_box", not_wrapped),
        "cast_is_told": (council, "cast", told(council.cast)),
    }
    if name not in plants:
        yield
        return
    module, attribute, wrong = plants[name]
    right = getattr(module, attribute)
    setattr(module, attribute, wrong)
    try:
        yield
    finally:
        setattr(module, attribute, right)


def unsealed(seal: Any) -> Any:
    def wrong(content: bytes, *, to: bytes, bound_to: str) -> bytes:
        return content if set(content) <= set(b"10-x") else bytes(seal(content, to=to, bound_to=bound_to))

    return wrong


ONE = X25519PrivateKey.generate()


class OneKey:
    """A key generator that always generates the same key."""

    generate = staticmethod(lambda: ONE)
    from_private_bytes = staticmethod(X25519PrivateKey.from_private_bytes)


def not_wrapped(holders: Any, bound_to: str) -> Any:
    private = X25519PrivateKey.generate()
    raw = private.private_bytes_raw()
    return private.public_key().public_bytes_raw(), dict.fromkeys(ballot.PAIRS, raw)


def told(cast: Any) -> Any:
    from bangvang.kernel import events

    def wrong(session: Any, choices: Any, *, by: Any) -> None:
        from django.db import transaction

        with transaction.atomic():
            cast(session, choices, by=by)
            agreed = sum(letter == "1" for letter in choices.values())
            events.record("session.cast", by=by, roots=[session], body={"agreed": agreed})

    return wrong
