"""The ledger of honours: making the standing facts anew."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from bangvang.honours import actions as honours


class Command(BaseCommand):
    help = "Sổ vàng: dựng lại thành tích hiện có từ các dòng sổ."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_subparsers(required=True, metavar="rebuild").add_parser("rebuild")

    def handle(self, *_: Any, **__: Any) -> None:
        self.stdout.write(f"Đã dựng lại {honours.rebuild()} dòng thành tích hiện có.")
