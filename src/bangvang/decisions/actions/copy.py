"""The signed copy: received, read by the limited child in a job, its differences accepted with a reason, or compared by eye."""

from bangvang.decisions import comparing
from bangvang.decisions.access import may_compare
from bangvang.decisions.models import Decision, SignedCopy
from bangvang.kernel import clock, events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.papers import actions as stored
from bangvang.papers.actions import Incoming
from bangvang.papers.models import Reading
from bangvang.people.actor import Actor


@action
def receive_copy(decision: Decision, upload: Incoming, *, by: Actor) -> SignedCopy:
    """Keep the signed copy and order its reading. A newer copy takes the place of an older one, which stays."""
    if not (verdict := may_compare(by, decision)):
        raise Refused(verdict)
    copy = SignedCopy(decision=decision, reading=stored.read_decision(upload, by=by), received_on=by.day)
    copy.save(force_insert=True)
    events.record("decision.receive_copy", by=by, roots=[decision], body={"file": copy.reading.file.code})
    return copy


@action
def accept_difference(copy: SignedCopy, key: str, reason: str, *, by: Actor) -> None:
    """Say why one difference between copy and data is right; the words stand with both values in the decision's story."""
    if not (verdict := may_compare(by, copy.decision)):
        raise Refused(verdict)
    if not reason.strip():
        raise Refused(no("Chấp nhận một chỗ khác cần ghi lý do."))
    events.lock([copy.decision])
    copy.refresh_from_db()
    found = next((one for one in comparing.open_differences(copy.decision, copy) if one.key == key), None)
    if found is None:
        raise Refused(no("Chỗ khác này không còn: đã được chấp nhận, hoặc dữ liệu đã sửa."))
    copy.answers = {
        **copy.answers,
        key: {
            "what": found.what,
            "ours": found.ours,
            "theirs": found.theirs,
            "reason": reason.strip(),
            "by": by.duty_text,
            "at": clock.now().isoformat(),
        },
    }
    copy.save(update_fields=["answers"])
    body = {"reason": f"{found.what}: dữ liệu “{found.ours}”, bản ký “{found.theirs}”. {reason.strip()}"}
    events.record("decision.accept_difference", by=by, roots=[copy.decision], body=body)


@action
def confirm_copy(copy: SignedCopy, keys: set[str], *, by: Actor) -> None:
    """A person compared every field by eye: all of them must be ticked. Only where the machine could not read the copy."""
    decision = copy.decision
    if not (verdict := may_compare(by, decision)):
        raise Refused(verdict)
    if copy.reading.state != Reading.State.REFUSED:
        raise Refused(no("Máy đọc được bản ký này: xin xem các chỗ khác máy tìm thấy."))
    if decision.number is None:
        raise Refused(no("Chưa ghi số và ngày: ghi số trước, rồi đối chiếu."))
    left = [words for key, words in comparing.fields_to_see(decision) if key not in keys]
    if left:
        raise Refused(no(f"Còn {len(left)} mục chưa đánh dấu đã đối chiếu, trước hết: {left[0]}."))
    events.lock([decision])
    copy.seen_by, copy.seen_key = by.duty_text[:300], comparing.content_key(decision)
    copy.save(update_fields=["seen_by", "seen_key"])
    body = {"file": copy.reading.file.code, "fields": len(keys)}
    events.record("decision.confirm_copy", by=by, roots=[decision], body=body)
