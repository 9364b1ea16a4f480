"""`python -m bangvang.reading.roster read FILE [--json]`, without Django; `./bv roster` calls this.

Exit status 0, or 2 with {"error", "message", "what_to_do"} when the file holds no list or cannot be read.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bangvang.reading import child
from bangvang.reading.refusal import Refusal
from bangvang.reading.roster.columns import MEANINGS


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the returned number is the exit status."""
    parser = argparse.ArgumentParser(prog="bv roster", description="Đọc danh sách trong tệp Excel, Word, csv.")
    commands = parser.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read", help="đọc một tệp")
    read.add_argument("path", metavar="FILE", type=Path)
    read.add_argument("--json", action="store_true", help="in JSON")
    asked = parser.parse_args(arguments)
    heads = child.read_heads(asked.path)
    if isinstance(heads, Refusal):
        return _refused(heads, as_json=asked.json)
    rows: dict[int, list[dict[str, Any]]] = {head["sheet"]: [] for head in heads}
    for part in child.stream_rows(asked.path):
        if isinstance(part, Refusal):
            return _refused(part, as_json=asked.json)
        rows[part["sheet"]] += [
            {"number": number, "section": section, "cells": cells} for number, section, cells in part["rows"]
        ]
    if asked.json:
        print(json.dumps({"sheets": [{**head, "rows": rows[head["sheet"]]} for head in heads]}, ensure_ascii=False))
    else:
        print("\n".join(_shown(head, len(rows[head["sheet"]])) for head in heads))
    return 0


def _shown(head: dict[str, Any], count: int) -> str:
    columns = [
        f"  {column['title'] or '(không tên)'} → "
        + (f"{MEANINGS[column['meaning']][0]} ({column['confidence']:.0%})" if column["meaning"] else "chưa rõ")
        for column in head["columns"]
    ]
    said = [f"  Ghi chung cho cả bảng: {MEANINGS[name][0]} {value}" for name, value in head["defaults"].items()]
    return "\n".join([f"{head['name'] or 'Danh sách'}: {count} dòng", *columns, *said])


def _refused(why: Refusal, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(why.as_json(), ensure_ascii=False))
    else:
        print(f"{why.message} {why.what_to_do}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
