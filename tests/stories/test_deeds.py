"""A good deed: put forward by anybody, looked at by somebody else, told at once to whoever can have it honoured."""

import datetime
from pathlib import Path

import pytest

from bangvang.kernel import audit
from bangvang.kernel.workflow import Refused
from bangvang.notices.models import Notice
from bangvang.people.actor import Actor
from bangvang.stories import actions
from bangvang.stories.access import deeds_visible_to
from bangvang.stories.models import Deed
from bangvang.stories.promptly import prompt
from bangvang.stories.queries import DeedFields
from tests import factories

pytestmark = pytest.mark.django_db
YESTERDAY = factories.DAY - datetime.timedelta(days=1)
TEXT = DeedFields("Trả lại ví tiền", "Trần Văn Bình", YESTERDAY, "Chiếc ví được trả trong buổi sáng.")


@pytest.fixture
def deed(lan: Actor, mai: Actor, binh: Actor, minh: Actor, media: Path) -> Deed:
    return actions.put_forward(TEXT, by=factories.actor("Vi Văn Khải", binh.unit))


def proven(deed: Deed, by: Actor, state: str = "usable") -> None:
    actions.add_proof(deed, factories.stored_file(by.user, state=state), by=by)


def test_a_deed_is_put_forward_looked_at_and_told_to_the_head(deed: Deed, lan: Actor, mai: Actor, binh: Actor) -> None:
    assert deed.person == binh.person
    assert [n.text for n in Notice.objects.filter(user=lan.user)] == ["Có việc tốt chờ xem: Trả lại ví tiền."]
    with pytest.raises(Refused, match="Chưa có minh chứng"):
        actions.confirm_deed(deed, by=lan)
    proven(deed, lan, "waiting")
    with pytest.raises(Refused, match="Chưa có minh chứng"):
        actions.confirm_deed(deed, by=lan)
    proven(deed, lan)
    actions.confirm_deed(deed, by=lan)
    told = [n.text for n in Notice.objects.filter(user=mai.user)]
    assert told == ["Trần Văn Bình: “Trả lại ví tiền”. Có thể đề nghị khen đột xuất theo thủ tục đơn giản."]
    assert factories.verbs_of(deed) == ["deed.put_forward", "deed.add_proof", "deed.add_proof", "deed.confirm"]
    assert factories.verbs_of(binh.person) == ["deed.put_forward", "deed.confirm"]
    assert audit.verify() == []


def test_a_name_that_two_or_none_have_meets_nobody(deed: Deed, lan: Actor, binh: Actor) -> None:
    for doer in ("Lò Thị Pha", "Trần Văn Bình"):
        factories.actor("Trần Văn Bình", binh.unit)
        given = DeedFields("Cứu người", doer, YESTERDAY, "Kể.")
        assert actions.put_forward(given, by=lan).person is None


def test_each_sees_and_does_only_what_is_theirs(
    deed: Deed, lan: Actor, minh: Actor, mai: Actor, binh: Actor, hoa: Actor, quan: Actor
) -> None:
    def seen() -> list[int]:
        return [deeds_visible_to(actor).count() for actor in (lan, minh, mai, binh, hoa, quan)]

    assert seen() == [1, 1, 1, 0, 0, 0]
    with pytest.raises(Refused, match="Quản trị hệ thống"):
        actions.put_forward(TEXT, by=quan)
    with pytest.raises(Refused, match="chính mình làm"):
        actions.put_forward(TEXT, by=binh)
    with pytest.raises(Refused, match="sau ngày hôm nay"):
        actions.put_forward(DeedFields("A", "B", factories.DAY + datetime.timedelta(days=1), "C"), by=mai)
    with pytest.raises(Refused, match="người khác gửi lên"):
        actions.add_proof(deed, factories.stored_file(mai.user), by=lan)
    with pytest.raises(Refused, match="Người nêu việc hoặc thường trực"):
        proven(deed, mai)
    proven(deed, lan)
    with pytest.raises(Refused, match="xem và xác nhận"):
        actions.confirm_deed(deed, by=mai)
    own = actions.put_forward(DeedFields("Việc khác", "Lê Quang Minh", YESTERDAY, "Kể."), by=lan)
    proven(own, lan)
    for actor in (lan, minh):
        with pytest.raises(Refused, match="người khác xem"):
            actions.confirm_deed(own, by=actor)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.dismiss_deed(deed, reason=" ", by=lan)
    actions.confirm_deed(deed, by=minh)
    assert seen()[3] == 1
    with pytest.raises(Refused, match="không thêm được nữa"):
        proven(deed, lan)


def test_the_clock_comes_from_the_book() -> None:
    told = prompt(datetime.date(2025, 12, 12), datetime.date(2025, 12, 17))  # Friday to Wednesday
    assert (told.waited, told.cite) == (3, "khoản 1 Điều 85 Luật Thi đua, khen thưởng 2022; Điều 40 NĐ 98/2023/NĐ-CP")
    assert "Hồ sơ: tờ trình, báo cáo tóm tắt thành tích; 01 bộ." in (told.says or "")
    assert told.appraised_by is not None
    assert (told.appraised_by.working_days, "NĐ 152/2025" in told.appraised_by.cite) == (30, True)
    assert (told.unread, prompt(datetime.date(2026, 11, 2), datetime.date(2026, 11, 3)).unread) == (
        (),
        ("Luật 06/2026/QH16",),
    )
    long_ago = prompt(datetime.date(2005, 1, 3), datetime.date(2005, 1, 4))
    assert (long_ago.says, long_ago.cite, long_ago.appraised_by) == (None, "", None)
