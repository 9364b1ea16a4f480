"""Who may send lists in, see batches and work on them."""

from django.db.models import QuerySet

from bangvang.dossiers.access import dossiers_visible_to, is_head_of
from bangvang.dossiers.access import may_write as may_write_dossier
from bangvang.dossiers.models import Dossier
from bangvang.intake.models import Batch
from bangvang.kernel.events import Doer
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.actor import Actor, System
from bangvang.people.models import Duty

STANDING_BODY = "Thường trực thi đua, khen thưởng"


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    """The standing clerk sees the agency's lists of awards and staff; lists of nominees are seen with their dossier."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return Batch.objects.none()
    of_dossiers = Batch.objects.filter(kind=Batch.Kind.NOMINEES, dossier__in=dossiers_visible_to(actor))
    if actor.role == Duty.Role.CLERK:
        return Batch.objects.filter(agency=actor.agency).exclude(kind=Batch.Kind.NOMINEES) | of_dossiers
    return of_dossiers if is_head_of(actor, actor.unit) else Batch.objects.none()


def may_send(actor: Actor, kind: str, dossier: Dossier | None) -> Verdict:
    """The standing clerk sends lists of awards and staff; the head of a unit sends nominees for the unit's own open dossier."""
    if kind == Batch.Kind.NOMINEES:
        if dossier is None:
            return no("Xin chọn hồ sơ mà danh sách đề nghị này thuộc về.")
        return may_write_dossier(actor, dossier)
    if actor.role == Duty.Role.CLERK:
        return YES
    return no("Danh sách khen thưởng, cán bộ do thường trực thi đua, khen thưởng nhập.", who=STANDING_BODY)


def may_work(actor: Actor, batch: Batch) -> Verdict:
    """Whoever might send such a list works on it until it is written or dropped."""
    if batch.kind != Batch.Kind.NOMINEES and actor.agency != batch.agency:
        return no("Đợt nhập này của cơ quan khác.")
    if not (verdict := may_send(actor, batch.kind, batch.dossier)):
        return verdict
    if batch.state not in Batch.OPEN_STATES:
        return no(f"Đợt nhập {batch.get_state_display().lower()}, không sửa được.")
    return YES


def is_machine(actor: Doer, batch: Batch) -> Verdict:
    """Steps of the background job that reads the file."""
    return YES if isinstance(actor, System) else no("Bước này máy tự làm khi đọc xong tệp.")
