"""The pages of a movement before the units: rolling out, the board, acknowledging, duties, the reminder, the tasks."""

import datetime

import pytest
from django.test import Client

from bangvang.movements import launching
from bangvang.movements.models import Assignment, Movement
from bangvang.notices.models import Notice
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.vietnamese import format_date
from tests import factories
from tests.movements import scenes
from tests.web import walk
from tests.web.walk import address_of, press, read

DAYS = {"acknowledge_by": format_date(scenes.SOON), "register_by": format_date(scenes.LATER)}


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, office: Unit, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division, office])


def test_the_form_proposes_units_and_owners_from_the_plan(
    as_lan: Client, lan: Actor, minh: Actor, hoa: Actor, division: Unit, office: Unit
) -> None:
    duties = ("Các phòng phổ biến kế hoạch.", "Phòng Quản lý ngân sách tổng hợp.", "Ban Giám đốc chỉ đạo.")
    movement = walk.issued(lan, minh, hoa, duties=duties)
    assert as_lan.get(address_of(movement, "roll_out/"))["Location"] == address_of(movement, "trien-khai/")
    page = as_lan.get(address_of(movement, "trien-khai/"))
    form = read(page).form("units")
    assert [form.fields[f"owner_{n}"] for n in range(3)] == ["moi-don-vi", division.code, ""]
    assert page.content.decode().count("checked") == 2
    sent = as_lan.post(
        address_of(movement, "trien-khai/"), {**form.fields, **DAYS, "units": [division.code, office.code]}
    )
    assert sent["Location"] == address_of(movement)
    given = sorted(Assignment.objects.values_list("unit__name", "due_on"))
    assert given == [
        (name, movement.ends_on) for name in ("Phòng Quản lý ngân sách", "Phòng Quản lý ngân sách", "Văn phòng")
    ]
    again = as_lan.post(address_of(movement, "trien-khai/"), {**form.fields, **DAYS, "units": [division.code]})
    assert again.status_code == 302
    assert "đã làm xong từ lần bấm trước" in read(as_lan.get(again["Location"])).words


def test_wrong_days_and_no_unit_are_told(as_lan: Client, lan: Actor, minh: Actor, hoa: Actor, division: Unit) -> None:
    movement = walk.issued(lan, minh, hoa)
    form = read(as_lan.get(address_of(movement, "trien-khai/"))).form("units")
    past = {"acknowledge_by": format_date(factories.DAY - datetime.timedelta(days=1)), "register_by": "", "due_0": ""}
    response = as_lan.post(
        address_of(movement, "trien-khai/"), {**form.fields, **past, "units": [], "owner_0": division.code}
    )
    words = read(response).words
    assert response.status_code == 422
    for sentence in (
        "Hạn này đã qua.",
        "Xin ghi hạn gửi bản đăng ký.",
        "Chưa chọn đơn vị nào để triển khai.",
        "Việc 1 đã giao thì cần có hạn.",
    ):
        assert sentence in words
    assert Movement.objects.get().state == "issued"


def test_the_board_names_the_silent_and_the_head_acknowledges(
    as_lan: Client, as_mai: Client, movement: Movement, binh: Actor
) -> None:
    assert "2 đơn vị: 2 chưa trả lời đủ." in read(as_lan.get(address_of(movement))).words
    assert "Xác nhận phong trào" in read(as_mai.get("/lam-viec/")).words
    done = press(as_mai, address_of(movement, "xac-nhan/"), leader=binh.person.code)
    assert done["Location"] == address_of(movement)
    assert "phụ trách: Trần Văn Bình" in read(as_lan.get(address_of(movement))).words
    assert as_mai.get(address_of(movement, "xac-nhan/")).status_code == 409


def test_an_assigned_duty_is_a_task_until_it_is_done(as_mai: Client, movement: Movement) -> None:
    assert "Theo dõi, tổng hợp." in read(as_mai.get("/lam-viec/")).words
    task = Assignment.objects.get()
    as_mai.post(address_of(movement, "viec-xong/"), {"viec": task.pk})
    assert Assignment.objects.get().done_on == factories.DAY
    assert "Theo dõi, tổng hợp." not in read(as_mai.get("/lam-viec/")).words


def test_the_reminder_is_drafted_sent_and_ready_to_copy(as_lan: Client, movement: Movement, mai: Actor) -> None:
    page = as_lan.get(address_of(movement, "nhac/"))
    text = read(page).form("text").fields["text"]
    assert page.content.decode().count("Còn 2 đơn vị chưa gửi bản đăng ký thi đua") == 2
    sent = press(as_lan, address_of(movement, "nhac/"), text=text)
    assert "Đã gửi lời nhắc cho 2 đơn vị." in read(as_lan.get(sent["Location"])).words
    assert Notice.objects.filter(user=mai.user, text=text).count() == 1


def test_tasks_stand_by_urgency(as_mai: Client, movement: Movement, settings: object) -> None:
    settings.ASSUMED_TODAY = scenes.SOON  # type: ignore[attr-defined]
    today = as_mai.get("/lam-viec/").content.decode()
    assert [name for name in ("Quá hạn", "Hôm nay", "Tuần này", "Sau đó") if f"{name} <span>" in today] == [
        "Hôm nay",
        "Sau đó",
    ]
    settings.ASSUMED_TODAY = scenes.LATER + datetime.timedelta(days=1)  # type: ignore[attr-defined]
    late = read(as_mai.get("/lam-viec/")).words
    assert "trong đó 3 việc quá hạn" in late


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("as_minh", {"trien-khai/": 409, "xac-nhan/": 404, "nhac/": 409}),
        ("as_hoa", {"trien-khai/": 409, "xac-nhan/": 409, "nhac/": 409}),
        ("as_mai", {"trien-khai/": 409, "nhac/": 409}),
        ("as_binh", {"trien-khai/": 409, "xac-nhan/": 409, "nhac/": 409}),
        ("as_quan", {"trien-khai/": 404, "xac-nhan/": 404, "nhac/": 404}),
    ],
)
def test_others_are_refused(
    who: str, statuses: dict[str, int], movement: Movement, request: pytest.FixtureRequest
) -> None:
    client = request.getfixturevalue(who)
    for rest, status in statuses.items():
        assert (rest, client.get(address_of(movement, rest)).status_code) == (rest, status)
        assert (rest, client.post(address_of(movement, rest), {"text": "Nhắc"}).status_code) == (rest, status)


def test_a_province_ticks_all_communes_names_some_and_sees_how_far_it_is(
    as_lan: Client, lan: Actor, minh: Actor, hoa: Actor, department: Unit, office: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    communes = [factories.unit(f"Xã số {n:03}", kind="commune", agency=department, order=n) for n in range(70)]
    movement = walk.issued(lan, minh, hoa, duties=("Xã số 003 tổng hợp.", "Các đơn vị phổ biến."))
    page = as_lan.get(address_of(movement, "trien-khai/"))
    form = read(page).form("units")
    assert "Tất cả 70 xã, phường, đặc khu" in read(page).words
    assert page.content.decode().count("Xã số") < 5
    assert form.fields["owner_0"] == communes[3].code
    wrong = {**form.fields, **DAYS, "units": [], "named": "xã số 005\nXã nào đó"}
    assert (
        "“Xã nào đó”: không có trong cây tổ chức."
        in read(as_lan.post(address_of(movement, "trien-khai/"), wrong)).words
    )
    right = {**wrong, "units": ["tat-ca-commune", office.code], "named": "xã số 005"}
    sent = as_lan.post(address_of(movement, "trien-khai/"), right, follow=True)
    assert "Máy đang gửi phong trào đến 71 đơn vị." in read(sent).words
    assert "0 trên 71 đơn vị đã nhận" in read(sent).words
    monkeypatch.setattr(launching, "CHUNK", 30)
    scenes.work_off(launching.LAUNCH)
    first, second = (read(as_lan.get(address_of(movement, f"?trang={n}"))).words for n in (1, 2))
    assert "71 đơn vị: 71 chưa trả lời đủ." in first
    assert ("Trang 1 trên 2" in first, "đã nhận" in first, "Xã số 069" in first, "Xã số 069" in second) == (
        True, False, False, True,
    )  # fmt: skip


def test_a_unit_is_added_and_given_more_time(
    as_lan: Client, as_mai: Client, movement: Movement, department: Unit, mai: Actor
) -> None:
    new = factories.unit("Phòng Mới lập", agency=department, parent=department)
    assert f"{address_of(movement, 'them-don-vi/')}" in as_lan.get(address_of(movement)).content.decode()
    assert as_mai.get(address_of(movement, "them-don-vi/")).status_code == 409
    nobody = press(as_lan, address_of(movement, "them-don-vi/"), **DAYS)
    assert (nobody.status_code, "Chưa chọn đơn vị nào" in read(nobody).words) == (422, True)
    press(as_lan, address_of(movement, "them-don-vi/"), **DAYS, units=[new.code])
    assert movement.roll_outs.filter(unit=new).count() == 1
    later = format_date(scenes.LATER + datetime.timedelta(days=7))
    assert as_mai.get(address_of(movement, "gia-han/")).status_code == 409
    empty = press(as_lan, address_of(movement, "gia-han/"), reason="Bão số 5.")
    assert "Xin ghi ít nhất một hạn mới." in read(empty).words
    done = press(as_lan, address_of(movement, "gia-han/"), register_by=later, reason="Bão số 5.")
    words = read(as_lan.get(done["Location"])).words
    assert "Đã gia hạn cho 3 đơn vị" in words
    assert f"hạn {later}, còn 27 ngày, đã gia hạn" in words
