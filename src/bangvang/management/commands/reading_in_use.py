"""./bv manage reading_in_use [--json]: how the reader did on real plans, by what clerks then said of each value."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand, CommandParser

from bangvang.movements.models import PlanReview
from bangvang.movements.queries import uses_of_reading


class Command(BaseCommand):
    help = "Bản đọc kế hoạch khi dùng thật: từng giá trị đúng, phải sửa, bị bỏ, hoặc máy không thấy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        uses = uses_of_reading(PlanReview.objects.exclude(answers={}))
        if options["json"]:
            self.stdout.write(_json([{**asdict(one), "share_right": one.share_right} for one in uses]))
            return
        self.stdout.write(f"{'':34}{'đúng':>6}{'sửa':>6}{'bỏ':>6}{'sót':>6}{'chắc mà sai':>13}{'tỷ lệ đúng':>12}")
        for one in uses:
            share = "-" if one.share_right is None else f"{one.share_right:.0%}"
            counts = (
                f"{one.right:>6}{one.corrected:>6}{one.left_out:>6}{one.missed:>6}{one.sure_but_wrong:>13}{share:>12}"
            )
            self.stdout.write(f"{one.label:34}{counts}")


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1)
