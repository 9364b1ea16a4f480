"""./bv manage audit verify | seal | expunge: the chains of events and their seals."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bangvang.kernel import audit
from bangvang.people.actor import System


class Command(BaseCommand):
    help = "Kiểm tra, niêm phong chuỗi sự kiện; xoá nội dung theo văn bản cho phép."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="đi hết các chuỗi và niêm phong; mã thoát 1 khi có điều không khớp")
        verify.add_argument(
            "--seal", nargs="+", default=[], metavar="HEX", help="số niêm phong giữ ở ngoài (16 chữ số đầu)"
        )
        verbs.add_parser("seal", help="niêm phong các chuỗi ngay bây giờ")
        expunge = verbs.add_parser("expunge", help="xoá nội dung của sự kiện; chuỗi vẫn kiểm tra được")
        expunge.add_argument("events", nargs="+", type=int, metavar="SỰ_KIỆN")
        expunge.add_argument("--decision", required=True, help="số, ngày văn bản cho phép xoá")

    def handle(self, *_: Any, verb: str, **options: Any) -> None:
        getattr(self, verb)(options)

    def verify(self, options: dict[str, Any]) -> None:
        findings = audit.verify(options["seal"])
        for finding in findings:
            self.stdout.write(f"{finding.code}: {finding.text}")
        if findings:
            raise CommandError(f"Có {len(findings)} điều không khớp.", returncode=1)
        self.stdout.write("Các chuỗi và niêm phong đều khớp.")

    def seal(self, options: dict[str, Any]) -> None:
        self.stdout.write(audit.seal("Theo lệnh của quản trị").hash)

    def expunge(self, options: dict[str, Any]) -> None:
        try:
            gone = audit.expunge(
                options["events"], decision=options["decision"], by=System("Quản trị hệ thống, bằng lệnh")
            )
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Đã xoá nội dung của {gone} sự kiện theo {options['decision']}.")
