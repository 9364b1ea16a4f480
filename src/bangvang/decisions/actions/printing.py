"""Certificates of an issued decision, ordered as one PDF: on full pages or as words on a blank."""

from collections.abc import Callable

from bangvang.decisions import papers, queries
from bangvang.decisions.access import may_print
from bangvang.decisions.models import Decision
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.papers import actions as stored
from bangvang.papers.certificates import CertificateFacts, Layout
from bangvang.papers.models import PaperOrder
from bangvang.people.actor import Actor


@action
def print_certificates(
    decision: Decision, layout: Layout, subject: str, address: Callable[[str], str], *, by: Actor
) -> PaperOrder:
    """Order the certificates that are valid, a page each, in the order of the annex.

    `subject`: person, collective, or "" for both (blanks of the two differ); `address` gives the public page of a code.
    """
    if not (verdict := may_print(by, decision)):
        raise Refused(verdict)
    found = queries.certificates_to_print(decision, subject)
    if not found:
        raise Refused(no("Quyết định này không có giấy khen nào còn hiệu lực cho đối tượng đã chọn."))
    facts = [CertificateFacts(**papers.certificate_fields(one, address(one.code))) for one in found]
    name = papers.file_name("Giay-khen", decision)
    order = stored.order_certificates(facts, layout, name=name, about=decision, by=by)
    events.record(
        "decision.print_certificates", by=by, roots=[decision], body={"count": len(facts), "order": order.code}
    )
    return order
