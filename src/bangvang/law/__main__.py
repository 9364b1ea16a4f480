"""``python -m bangvang.law check | show | diff | coverage | judge``: the book on the command line, without Django."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bangvang.law.book import Book, load
from bangvang.law.nodes import BookError
from bangvang.law.sources import NoLaw


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bv law", description="Quy định thi đua, khen thưởng: kiểm tra, tra cứu, xét thử."
    )
    parser.add_argument(
        "--local", type=Path, action="append", default=[], help="thư mục quy định của địa phương, đơn vị"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="đọc toàn bộ sổ luật và đếm")
    show = commands.add_parser("show", help="một danh hiệu, hình thức vào một ngày")
    show.add_argument("code")
    show.add_argument("--on", type=date.fromisoformat, required=True)
    show.add_argument("--under", default="vn", help="nơi ban hành, cấp trên trước, cách nhau dấu phẩy")
    diff = commands.add_parser("diff", help="khác nhau giữa hai ngày")
    diff.add_argument("code")
    diff.add_argument("first", type=date.fromisoformat)
    diff.add_argument("second", type=date.fromisoformat)
    diff.add_argument("--under", default="vn")
    coverage = commands.add_parser("coverage", help="mỗi con số của luật có ca thử ở hai phía chưa")
    coverage.add_argument("cases", type=Path, nargs="?", default=Path("docs/examples/cases.yaml"))
    judge = commands.add_parser("judge", help="xét các ca trong một tệp")
    judge.add_argument("cases", type=Path)
    for command in (check, show, diff, coverage, judge):
        command.add_argument("--json", action="store_true", help="in ra JSON")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 well, 1 a difference or a bare number, 2 a file that cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        book = load(*options.local)
        return {"check": _check, "show": _show, "diff": _diff, "coverage": _coverage, "judge": _judge}[options.command](
            book, options
        )
    except (BookError, NoLaw, OSError) as reason:
        print(reason, file=sys.stderr)
        return 2


def _print(value: Any, *, as_json: bool, lines: list[str]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) if as_json else "\n".join(lines)
    sys.stdout.write(text + "\n")


def _check(book: Book, options: argparse.Namespace) -> int:
    from bangvang.law.shows import counts  # noqa: PLC0415 - each command loads only what it prints

    found = counts(book)
    _print(found, as_json=options.json, lines=[f"{key}: {value}" for key, value in found.items()])
    return 0


def _show(book: Book, options: argparse.Namespace) -> int:
    from bangvang.law.shows import show, show_lines  # noqa: PLC0415

    found = show(book, options.code, options.on, tuple(options.under.split(",")))
    _print(found, as_json=options.json, lines=show_lines(found))
    return 0


def _diff(book: Book, options: argparse.Namespace) -> int:
    from bangvang.law.shows import diff  # noqa: PLC0415

    found = diff(book, options.code, options.first, options.second, tuple(options.under.split(",")))
    lines = [f"{item['aspect']}: {item['before']} → {item['after']}" for item in found] or ["Không khác nhau."]
    _print(found, as_json=options.json, lines=lines)
    return 0


def _coverage(book: Book, options: argparse.Namespace) -> int:
    from bangvang.law.cases import read_cases  # noqa: PLC0415
    from bangvang.law.coverage import cover  # noqa: PLC0415

    found = cover(book, read_cases(options.cases, book))
    bare = [item for item in found if item["bare"]]
    lines = [f"{item['where']} {item['what']}: dưới {item['below']}, trên {item['at']}" for item in bare]
    _print(found, as_json=options.json, lines=[*lines, f"{len(found)} số, {len(bare)} số chưa có ca thử ở cả hai phía"])
    return 1 if bare else 0


def _judge(book: Book, options: argparse.Namespace) -> int:
    from bangvang.law.cases import read_cases  # noqa: PLC0415

    answers = [case.answered(book) for case in read_cases(options.cases, book)]
    wrong = [answer for answer in answers if "differs" in answer]
    lines = [
        f"{answer['id']}: {answer['outcome']}" + (f"  KHÁC: {answer['differs']}" if "differs" in answer else "")
        for answer in answers
    ]
    _print(answers, as_json=options.json, lines=[*lines, f"{len(answers)} ca, {len(wrong)} ca khác điều mong đợi"])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
