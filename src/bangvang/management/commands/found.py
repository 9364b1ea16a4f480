"""./bv manage found: the first agency and its administrator, in an empty installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from bangvang.kernel import clock
from bangvang.kernel.workflow import Refused
from bangvang.people import actions
from bangvang.people.actor import System


class Command(BaseCommand):
    help = "Lập cơ quan đầu tiên và tài khoản quản trị, khi bản cài còn trống."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, example in (
            ("province", "UBND tỉnh Sông Lam"), ("agency", "Sở Tài chính"), ("symbol", "STC"), ("place", "Sông Lam"),
            ("administrator", "Họ và tên người quản trị"), ("username", "quantri"),
        ):  # fmt: skip
            parser.add_argument(f"--{name}", required=True, metavar="CHỮ", help=f"ví dụ: {example}")
        parser.add_argument("--head-title", default="Giám đốc", metavar="CHỮ", help="chức danh người đứng đầu")
        parser.add_argument("--sex", choices=["female", "male"], default="male", help="giới tính người quản trị")

    def handle(self, *_: Any, **given: Any) -> None:
        day, by = clock.today(), System("Lệnh lập bản cài")
        place = {"symbol": given["symbol"], "place": given["place"], "head_title": given["head_title"]}
        try:
            with transaction.atomic():
                agency = actions.found(given["province"], given["agency"], **place, on=day, by=by)
                first = actions.found_administrator(
                    agency, given["administrator"], given["sex"], given["username"], on=day, by=by
                )
        except Refused as refused:
            raise CommandError(refused.verdict.reason, returncode=1) from None
        self.stdout.write(f"Đã lập {agency.name}. Tài khoản {given['username']}, mật khẩu đầu tiên: {first}")
