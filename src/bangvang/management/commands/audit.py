"""The story of the installation: checking, sealing, and removing words under a decision."""

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from bangvang.kernel import audit


class Command(BaseCommand):
    help = "Kiểm, niêm phong chuỗi sự kiện; xoá nội dung theo văn bản cho phép."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="verify | seal | expunge")
        acts.add_parser("verify").add_argument("--seal", nargs="+", default=[], help="niêm phong giữ ở ngoài")
        acts.add_parser("seal")
        expunge = acts.add_parser("expunge")
        expunge.add_argument("--decision", required=True, help="số, ngày của văn bản cho phép xoá")
        expunge.add_argument("events", nargs="+", type=int, help="mã số của từng sự kiện")

    def handle(self, *_: Any, act: str, **given: Any) -> None:
        if act == "seal":
            return self.stdout.write(f"Đã niêm phong: {audit.seal('Theo lệnh').hash}")
        if act == "expunge":
            gone = audit.expunge(given["events"], decision=given["decision"])
            return self.stdout.write(f"Đã xoá nội dung của {gone} sự kiện theo {given['decision']}.")
        findings = [finding.text for finding in audit.verify(given["seal"])]
        self.stdout.write("\n".join(findings) or "Sổ sự kiện nguyên vẹn: không có gì bị sửa, cắt hay mất.")
        sys.exit(1 if findings else 0)
