"""A row before anything of it is understood."""

from bangvang.intake.models import Row
from bangvang.intake.staging import new_row


def test_a_new_row_holds_what_each_field_would_have_held() -> None:
    made = new_row(7, 3, (1, 12, "Phòng Ngân sách", ["1", "Lê Thị Mai"]), ["1", "Lê Thị Mai"])
    asked = Row(batch_id=7, place=3, sheet=1, number=12, section="Phòng Ngân sách", cells=["1", "Lê Thị Mai"])
    for field in Row._meta.concrete_fields:
        assert getattr(made, field.attname) == getattr(asked, field.attname), field.name
