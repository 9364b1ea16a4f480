"""`python -m bangvang.reading read FILE [--json]` and `score DIR [--json]`, without Django; `./bv plan` calls this.

Exit status 0, or 2 with {"error", "message", "what_to_do"} when a file cannot be read.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bangvang.reading import child
from bangvang.reading.plan.draft import ASK_BELOW, LISTS, SCALARS
from bangvang.reading.refusal import Refusal, refusal

NAMES = {
    "agency": "Cơ quan",
    "number": "Số văn bản",
    "symbol": "Ký hiệu",
    "date": "Ngày",
    "date_partial": "Tháng, năm",
    "place": "Địa danh",
    "title": "Tên kế hoạch",
    "theme": "Chủ đề",
    "procedure": "Trình tự, thủ tục",
    "purposes": "Mục đích",
    "requirements": "Yêu cầu",
    "targets": "Đối tượng",
    "contents": "Nội dung",
    "solutions": "Giải pháp",
    "slogans": "Khẩu hiệu",
    "legal_bases": "Căn cứ",
    "other_references": "Văn bản khác nhắc đến",
    "indicators": "Chỉ tiêu",
    "award_forms": "Hình thức khen thưởng",
    "quotas": "Số lượng khen thưởng",
    "milestones": "Mốc",
    "deadlines": "Hạn",
    "duties": "Phân công",
    "recipients": "Nơi nhận",
    "signer": "Người ký",
}
KINDS = {
    "plan_full": "Kế hoạch",
    "plan_news": "Bài viết về một kế hoạch",
    "launch_call": "Lời phát động",
    "record_article": "Bài về thành tích đã đạt, không phải kế hoạch",
    "other": "Văn bản khác",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the returned number is the exit status."""
    parser = argparse.ArgumentParser(prog="bv plan", description="Đọc kế hoạch thi đua.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what, argument in (("read", "đọc một tệp", "FILE"), ("score", "chấm cách đọc trên một thư mục", "DIR")):
        command = commands.add_parser(name, help=what)
        command.add_argument("path", metavar=argument, type=Path)
        command.add_argument("--json", action="store_true", help="in JSON")
    asked = parser.parse_args(arguments)
    if asked.command == "score":
        return _score(asked.path, as_json=asked.json)
    return _read(asked.path, as_json=asked.json)


def _read(path: Path, *, as_json: bool) -> int:
    draft = child.read_plan(path)
    if isinstance(draft, Refusal):
        return _refused(draft, as_json=as_json)
    print(_json(draft) if as_json else _shown(draft))
    return 0


def _score(folder: Path, *, as_json: bool) -> int:
    from bangvang.reading.score import score_folder  # noqa: PLC0415 - reading one file does not need it

    if not folder.is_dir():
        return _refused(refusal("not_found", name=folder.name), as_json=as_json)
    result = score_folder(folder)
    if as_json:
        print(_json(result))
        return 0
    for stratum, fields in result.items():
        if stratum == "hard_failures":
            continue
        print(f"{stratum}: macro-F1 {fields['macro_f1']:.3f}")
        for field, figures in fields.items():
            if field != "macro_f1":
                print(
                    f"  {field:18} P {figures['precision']:.2f}  R {figures['recall']:.2f}  F1 "
                    f"{figures['f1']:.2f}  n {figures['n']}"
                )
    for failure in result["hard_failures"]:
        print(f"SAI: {failure['file']} {failure['field']}: {failure['read']!r}, đúng là {failure['truth']!r}")
    return 0


def _refused(why: Refusal, *, as_json: bool) -> int:
    if as_json:
        print(_json(why.as_json()))
    else:
        print(f"{why.message} {why.what_to_do}", file=sys.stderr)
    return 2


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _shown(draft: dict[str, Any]) -> str:
    lines = [KINDS[draft["kind"]]]
    for name in SCALARS:
        found = draft[name]
        lines.append(
            f"{NAMES[name]}: " + (_value(found) if found["value"] is not None else f"(trống) {found['reason']}")
        )
    for name in LISTS:
        if draft[name]:
            lines.append(f"{NAMES[name]}: {len(draft[name])}")
            lines += [f"  - {_value(found)}" for found in draft[name]]
    for end, name in (("start", "Từ"), ("end", "Đến")):
        found = draft["period"][end]
        lines.append(f"{name}: {found['value'] or found['condition'] or '(trống)'}")
    lines += [f"Lưu ý: {remark['message']}" for remark in draft["warnings"]]
    return "\n".join(lines)


def _value(found: dict[str, Any]) -> str:
    value = found["value"]
    words = ", ".join(str(part) for part in value.values() if part) if isinstance(value, dict) else str(value)
    place = f" [dòng {found['line']}" + (f", trang {found['page']}" if found["page"] else "") + "]"
    return words.replace("\n", " / ") + place + (" (cần xem)" if found["confidence"] < ASK_BELOW else "")


if __name__ == "__main__":
    sys.exit(main())
