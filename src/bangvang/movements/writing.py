"""Writing a plan as typed into the rows of its movement; called by the verbs that may."""

from collections.abc import Mapping

from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.movements.models import AwardOffer, Milestone, Movement, PlanLine, Recipient
from bangvang.movements.queries import COLUMNS, PlanFields, chain_above, superiors_open

AwardCodes = Mapping[str, tuple[str, str]]  # words of an award → (code, issuer)


def columns_of(plan: PlanFields, movement: Movement | None = None) -> dict[str, object]:
    """The columns of a movement that its plan fills. Refused when the superior's movement cannot be answered."""
    document = plan.superior
    return {
        **{name: getattr(plan, name) for name in COLUMNS},
        "answers": _superior(plan, movement),
        "superior_kind": document.kind if document else "",
        "superior_number": document.number if document else "",
        "superior_on": document.issued_on if document else None,
        "superior_issuer": document.issuer if document else "",
        "superior_title": document.title if document else "",
    }


def _superior(plan: PlanFields, movement: Movement | None) -> Movement | None:
    if not plan.superior_code:
        return None
    if plan.superior is not None:
        raise Refused(no("Xin giữ một trong hai: văn bản của cấp trên, hoặc phong trào cấp trên đã có ở đây."))
    if movement is not None and movement.answers is not None and movement.answers.code == plan.superior_code:
        return movement.answers  # also when it was taken off the public pages since
    above = superiors_open().filter(code=plan.superior_code).first()
    if above is None:
        raise Refused(no("Phong trào cấp trên vừa chọn không còn trên trang công khai."))
    if movement is not None and movement in (above, *chain_above(above)):
        raise Refused(no("Phong trào này không hưởng ứng chính mình được."))
    return above


def write_lines(movement: Movement, plan: PlanFields, award_codes: AwardCodes) -> None:
    """Write the lists of a plan anew. A milestone that keeps its name keeps the day it was reached."""
    done = dict(movement.milestones.filter(done_on__isnull=False).values_list("name", "done_on"))
    for rows in (movement.lines, movement.awards, movement.milestones, movement.recipients):
        rows.all().delete()
    PlanLine.objects.bulk_create(
        PlanLine(movement=movement, section=section.value, position=place, text=text)
        for section in PlanLine.Section
        for place, text in enumerate(getattr(plan, section.value), start=1)
    )
    AwardOffer.objects.bulk_create(
        AwardOffer(movement=movement, position=place, award=award, issuer=issuer, **offer._asdict())
        for place, offer in enumerate(plan.awards, start=1)
        for award, issuer in [award_codes.get(offer.text, ("", ""))]
    )
    Milestone.objects.bulk_create(
        Milestone(movement=movement, position=place, done_on=done.get(one.name), **one._asdict())
        for place, one in enumerate(plan.milestones, start=1)
    )
    Recipient.objects.bulk_create(
        Recipient(movement=movement, position=place, name=name, note=note)
        for place, (name, note) in enumerate(plan.recipients, start=1)
    )
