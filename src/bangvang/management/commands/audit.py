"""The story of the installation: checking, sealing, and removing words under a decision."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bangvang.kernel import audit


class Command(BaseCommand):
    help = "Kiểm, niêm phong chuỗi sự kiện; xoá nội dung theo văn bản cho phép."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="verify | seal | expunge")
        acts.add_parser("verify").add_argument("--seal", nargs="+", default=[], metavar="HEX", help="niêm phong giữ ở ngoài")
        acts.add_parser("seal")
        expunge = acts.add_parser("expunge")
        expunge.add_argument("--decision", required=True, metavar="VĂN BẢN", help="số, ngày của văn bản cho phép xoá")
        expunge.add_argument("events", nargs="+", type=int, metavar="SỰ KIỆN")

    def handle(self, *_: Any, act: str, **given: Any) -> None:
        if act == "seal":
            answer, found = f"Đã niêm phong: {audit.seal('Theo lệnh').hash}", True
        elif act == "expunge":
            gone = audit.expunge(given["events"], decision=given["decision"])
            answer, found = f"Đã xoá nội dung của {gone} sự kiện theo {given['decision']}.", gone > 0
        else:
            findings = [finding.text for finding in audit.verify(given["seal"])]
            answer, found = "\n".join(findings) or "Sổ sự kiện nguyên vẹn: không có gì bị sửa, cắt hay mất.", not findings
        self.stdout.write(answer)
        sys.exit(0 if found else 1)
