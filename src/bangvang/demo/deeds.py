"""Good deeds in every state: one waits with its proof, one waits without, one is confirmed, one was not."""

import datetime

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import CLERK, HEAD, STAFF, SentIn
from bangvang.papers import actions as stored
from bangvang.people.actor import Actor
from bangvang.stories import actions as stories
from bangvang.stories.models import Deed
from bangvang.stories.queries import DeedFields

DAY = datetime.date(2025, 12, 17)
PROOF = "Giấy xác nhận dùng thử của bộ phận một cửa.\n"


def run(department: Department) -> None:
    """Called after the people and the accounts."""
    names = {key: department.people[key].full_name for key in ("thao", "vinh", "my")}
    with assumed_day.on(DAY):
        staff, head, clerk = (department.actor(role, DAY) for role in (STAFF, HEAD, CLERK))
        _told("Trả lại ví tiền nhặt được ở bàn một cửa", names["my"], "Chiếc ví được trả ngay trong buổi sáng.", staff)
        _told(
            "Thức trắng đêm giúp xã Nậm Lúc cứu sổ sách khỏi lụt",
            names["vinh"],
            "Sổ được chuyển lên gác.",
            staff,
            proof=True,
        )
        confirmed = _told(
            "Tìm ra khoản chi trùng hai lần", names["thao"], "Khoản trùng được thu hồi trong ngày.", head, proof=True
        )
        stories.confirm_deed(confirmed, by=clerk)
        let_go = _told("Đi làm đúng giờ cả tháng", names["my"], "Ngày nào cũng đúng giờ.", staff)
        stories.dismiss_deed(let_go, reason="Đây là nhiệm vụ thường xuyên, xét vào cuối năm.", by=clerk)


def _told(title: str, doer: str, account: str, by: Actor, *, proof: bool = False) -> Deed:
    deed = stories.put_forward(DeedFields(title, doer, DAY - datetime.timedelta(days=1), account), by=by)
    if proof:
        file = stored.receive(SentIn(f"Xac nhan {deed.code}.txt", PROOF.encode()), by=by)
        stored.settle(file, kind="txt")  # our own words: there is nothing in them for the limited child to find
        stories.add_proof(deed, file, by=by)
    return deed
