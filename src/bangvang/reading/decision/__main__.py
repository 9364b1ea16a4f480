"""`python -m bangvang.reading.decision read FILE [--json]`, without Django; `./bv decision` calls this.

Exit status 0, or 2 with {"error", "message", "what_to_do"} when a file cannot be read.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bangvang.reading import child
from bangvang.reading.decision.draft import SCALARS
from bangvang.reading.plan.draft import ASK_BELOW
from bangvang.reading.refusal import Refusal

NAMES = {
    "agency": "Cơ quan",
    "number": "Số văn bản",
    "symbol": "Ký hiệu",
    "date": "Ngày",
    "date_partial": "Tháng, năm",
    "place": "Địa danh",
    "title": "Trích yếu",
}
KINDS = {
    "award_decision": "Quyết định khen thưởng",
    "decision": "Quyết định về việc khác",
    "other": "Không phải quyết định",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the returned number is the exit status."""
    parser = argparse.ArgumentParser(prog="bv decision", description="Đọc quyết định khen thưởng.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("read", help="đọc một tệp")
    command.add_argument("path", metavar="FILE", type=Path)
    command.add_argument("--json", action="store_true", help="in JSON")
    asked = parser.parse_args(arguments)
    draft = child.read_decision(asked.path)
    if isinstance(draft, Refusal):
        if asked.json:
            print(json.dumps(draft.as_json(), ensure_ascii=False, indent=2))
        else:
            print(f"{draft.message} {draft.what_to_do}", file=sys.stderr)
        return 2
    print(json.dumps(draft, ensure_ascii=False, indent=2) if asked.json else _shown(draft))
    return 0


def _shown(draft: dict[str, Any]) -> str:
    lines = [KINDS[draft["kind"]]]
    for name in SCALARS:
        found = draft[name]
        value = found["value"]["name"] if isinstance(found["value"], dict) else found["value"]
        lines.append(f"{NAMES[name]}: " + (value or f"(trống) {found['reason']}"))
    lines += [f"Khen thưởng: {found['value']['text']}" for found in draft["awards"]]
    lines += [f"{found['value']['where']}: {found['value']['text']}" for found in draft["counts"]]
    lines.append(f"Danh sách: {len(draft['rows'])}")
    for row in draft["rows"]:
        who = " ".join(part for part in (row["honorific"], row["name"]) if part)
        words = ", ".join(part for part in (who, row["title"], row["unit"]) if part)
        unsure = " (cần xem)" if row["confidence"] < ASK_BELOW else ""
        lines.append(f"  {row['ordinal'] or '-'} {words} [dòng {row['line']}]{unsure}")
    lines += [f"Lưu ý: {remark['message']}" for remark in draft["warnings"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
