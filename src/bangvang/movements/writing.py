"""Writing a plan as typed into the rows of its movement; called by the verbs that may."""

from collections.abc import Mapping

from bangvang.movements.models import AwardOffer, Movement, PlanLine, Recipient
from bangvang.movements.queries import COLUMNS, PlanFields

AwardCodes = Mapping[str, tuple[str, str]]  # words of an award → (code, issuer)


def columns_of(plan: PlanFields) -> dict[str, object]:
    """The columns of a movement that its plan fills."""
    return {name: getattr(plan, name) for name in COLUMNS}


def write_lines(movement: Movement, plan: PlanFields, award_codes: AwardCodes) -> None:
    """Write the lists of a plan anew."""
    movement.lines.all().delete()
    movement.awards.all().delete()
    movement.recipients.all().delete()
    PlanLine.objects.bulk_create(
        PlanLine(movement=movement, section=section.value, position=place, text=text)
        for section in PlanLine.Section
        for place, text in enumerate(getattr(plan, section.value), start=1)
    )
    AwardOffer.objects.bulk_create(
        AwardOffer(movement=movement, position=place, text=text, standard=standard, award=award, issuer=issuer)
        for place, (text, standard) in enumerate(plan.awards, start=1)
        for award, issuer in [award_codes.get(text, ("", ""))]
    )
    Recipient.objects.bulk_create(
        Recipient(movement=movement, position=place, name=name, note=note)
        for place, (name, note) in enumerate(plan.recipients, start=1)
    )
