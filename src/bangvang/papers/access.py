"""Who keeps an agency's certificate blanks. People stand above the cellar, so only what is asked of an actor is named here."""

from typing import Protocol

from django.db.models import QuerySet

from bangvang.kernel.events import Doer
from bangvang.kernel.models import Root
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.papers.models import CertificateBlank

STANDING_CLERK = "clerk"  # people.Duty.Role.CLERK


class Clerk(Doer, Protocol):
    """An actor as this room sees one: a role in an agency."""

    @property
    def role(self) -> str: ...

    @property
    def agency(self) -> Root: ...


def may_keep_blanks(actor: Clerk) -> Verdict:
    """The standing clerk enters blanks and their coordinates."""
    if actor.role == STANDING_CLERK:
        return YES
    return no("Phôi giấy khen do thường trực thi đua, khen thưởng giữ.", who="Thường trực thi đua, khen thưởng")


def may_keep_blank(actor: Clerk, blank: CertificateBlank) -> Verdict:
    """A blank of the clerk's own agency that is still in use."""
    if not (verdict := may_keep_blanks(actor)):
        return verdict
    if blank.agency_code != actor.agency.code:
        return no("Phôi này của cơ quan khác.")
    return no("Phôi này đã thôi dùng, không sửa được.") if blank.retired_on else YES


def blanks_visible_to(actor: Clerk) -> QuerySet[CertificateBlank]:
    """The standing clerk sees the agency's blanks, also those not used any more; others see none."""
    ours = CertificateBlank.objects.filter(agency_code=actor.agency.code)
    return ours if actor.role == STANDING_CLERK else ours.none()
