"""The smallest valid thing of each model, as plain functions. What a test cares about it says; the rest is invented
here.

Sông Lam province, its department and its people do not exist.
"""

import datetime
import itertools
from typing import Any

from bangvang.dossiers.actions import Meeting
from bangvang.dossiers.queries import NominationFields
from bangvang.initiatives.queries import ApplicationFields, AuthorFields
from bangvang.kernel import clock
from bangvang.kernel.models import Draft, Event, JobLease
from bangvang.movements import actions as movements
from bangvang.movements.fields import PlannedAward
from bangvang.movements.models import Movement
from bangvang.movements.queries import PlanFields
from bangvang.notices.models import Announcement, Notice
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor, System
from bangvang.people.models import Delegation, Duty, Person, Unit, User

LONG_AGO = datetime.date(2015, 1, 1)
DAY = datetime.date(2026, 3, 2)
PASSWORD = "Nắng sớm trên bến Sông Lam"
MACHINE = System("Kiểm thử")

_numbers = itertools.count(1)


def unit(name: str = "Phòng Tổng hợp", *, kind: str = Unit.Kind.DIVISION, **columns: Any) -> Unit:
    made = Unit(name=name, kind=kind, **{"valid_from": LONG_AGO, **columns})
    made.save()
    return made


def agency(name: str = "Sở Tài chính", **columns: Any) -> Unit:
    known = {"symbol": "STC", "place": "Sông Lam", "head_title": "Giám đốc"}
    return unit(name, kind=Unit.Kind.AGENCY, **{**known, **columns})


def person(full_name: str = "Trần Văn Bình", *, sex: str = Person.Sex.MALE, **columns: Any) -> Person:
    made = Person(full_name=full_name, sex=sex, **columns)
    made.save()
    return made


def duty(
    holder: Person, place: Unit, role: str = Duty.Role.STAFF, *, title: str = "Chuyên viên", **columns: Any
) -> Duty:
    made = Duty(person=holder, unit=place, role=role, title=title, **{"valid_from": LONG_AGO, **columns})
    made.save()
    return made


def user(owner: Person | None = None, username: str = "") -> User:
    return User.objects.create_user(username or f"nguoi{next(_numbers)}", PASSWORD, person=owner)


def actor(
    full_name: str, place: Unit, role: str = Duty.Role.STAFF, *, title: str = "Chuyên viên", day: datetime.date = DAY
) -> Actor:
    """A new person with a duty and an account, acting on `day`."""
    held = duty(person(full_name), place, role, title=title)
    return Actor(user(held.person), held, day)


def delegation(giver: Duty, taker: Duty, *, kind: str = Delegation.Kind.DEPUTY, **columns: Any) -> Delegation:
    known = {"valid_from": LONG_AGO, "decision": "Quyết định số 3/QĐ-STC"}
    return Delegation.objects.create(giver=giver, taker=taker, kind=kind, **{**known, **columns})


def plan(**changes: Any) -> PlanFields:
    """A complete plan as typed."""
    known: dict[str, Any] = {
        "title": "Phong trào “Mỗi đồng ngân sách một việc có ích”",
        "theme": "Tiết kiệm từ việc nhỏ",
        "kind": Movement.Kind.THEMATIC,
        "starts_on": datetime.date(2026, 4, 1),
        "ends_on": datetime.date(2026, 12, 31),
        "end_condition": "",
        "purposes": ("Khơi dậy ý thức tiết kiệm trong từng công việc.",),
        "contents": ("Rà soát định mức chi.", "Công khai kết quả hằng quý."),
        "collective_criteria": ("Hoàn thành dự toán năm.",),
        "individual_criteria": ("Có ít nhất một việc làm tiết kiệm được xác nhận.",),
        "awards": (PlannedAward("Giấy khen của Giám đốc Sở", "Dẫn đầu phong trào"),),
        "duties": ("Văn phòng Sở theo dõi, tổng hợp.",),
        "recipients": (("Các phòng, đơn vị thuộc Sở", "t/h"), ("Lưu: VT", "")),
    }
    return PlanFields(**{**known, **changes})


def movement(by: Actor, **changes: Any) -> Movement:
    """A drafted movement with a complete plan, made through its own action."""
    return movements.draft(plan(**changes), by=by)


def award(
    holder: Person, *, kind: str = "advanced_worker", year: int = 2025, register: str = "titles", **columns: Any
) -> dict[str, Any]:
    """One fact for the ledger."""
    return {
        "person": holder,
        "register": register,
        "kind": kind,
        "year": year,
        "name_then": holder.full_name,
        **columns,
    }


def stored_file(
    owner: User | None = None, *, content: bytes = b"%PDF-1.7 ky", state: str = "usable", **columns: Any
) -> StoredFile:
    sha256, size = stored.store([content])
    known = {"name": "ban-da-ky.pdf", "received_at": clock.now(), "received_from": owner}
    return StoredFile.objects.create(sha256=sha256, size=size, state=state, **{**known, **columns})


def lease(job: str = "notices.deliver", **columns: Any) -> JobLease:
    return JobLease.objects.create(job=job, **{"ordered_at": clock.true_now(), **columns})


def notice(reader: User, text: str = "Có việc mới.", *, key: str = "viec", **columns: Any) -> Notice:
    return Notice.objects.create(user=reader, text=text, key=key, **{"told_at": clock.now(), **columns})


def announcement(users: list[int], *, key: str = "tin") -> Announcement:
    return Announcement.objects.create(key=key, text="Kế hoạch đã ban hành.", users=users)


def draft(owner: User, form: str = "movement:new", **fields: Any) -> Draft:
    return Draft.objects.create(owner=owner, form=form, fields=fields, saved_at=clock.true_now())


def verbs_of(root: Any) -> list[str]:
    """The verbs in a root's story, oldest first."""
    found = Event.objects.filter(links__root_kind=root.root_kind, links__root_id=root.pk)
    return list(found.order_by("links__seq").values_list("verb", flat=True))


def roll_out(
    movement_: Movement, place: Unit, clerk: Actor, director: Actor, registry: Actor, *, number: int = 7
) -> None:
    """Take a drafted movement through approval and issue, and push it to one unit."""
    day = clerk.day
    movements.submit(movement_, by=clerk)
    movements.approve(movement_, by=director)
    movements.issue(movement_, number=number, issued_on=day, by=registry)
    movements.roll_out(movement_, [place], [], acknowledge_by=day, register_by=day, by=clerk)


def nomination(
    who: Person | Unit, *, award: str = "advanced_worker", year: int = 2025, **changes: Any
) -> NominationFields:
    """A complete nomination of a person, or of a unit as a collective."""
    known: dict[str, Any] = {
        "kind": "collective" if isinstance(who, Unit) else "person",
        "who": who.code,
        "outside_name": "",
        "outside_address": "",
        "is_posthumous": False,
        "award": award,
        "stream": "cong_trang",
        "for_year": year,
        "achievement": "Hoàn thành trước hạn 12 báo cáo quyết toán.",
        "votes_for": 2,
        "votes_total": 2,
    }
    return NominationFields(**{**known, **changes})


def meeting(by: Actor, *others: Person, absent: dict[int, str] | None = None, **changes: Any) -> Meeting:
    """A review with the actor in the chair and everybody there."""
    members = (by.person, *others)
    known: dict[str, Any] = {
        "held_on": by.day,
        "place": "Phòng họp tầng 2",
        "chair": by.person,
        "secretary": members[-1],
        "members": members,
        "absent": absent or {},
        "minutes": "Các ý kiến đều nhất trí.",
    }
    return Meeting(**{**known, **changes})


def application(**changes: Any) -> ApplicationFields:
    """A complete application for the recognition of an initiative."""
    known: dict[str, Any] = {
        "title": "Bảng hỏi mười một dòng",
        "field": "Quản lý ngân sách",
        "for_year": 2025,
        "first_applied_on": datetime.date(2025, 5, 5),
        "applied_at": "32 xã, phường",
        "before": "Mỗi bộ hồ sơ quyết toán phải hỏi lại ba, bốn lượt mới đủ giấy tờ để thẩm tra.",
        "novelty": "Gửi trước cho các xã một bảng hỏi mười một dòng soạn từ những câu vẫn phải hỏi lại.",
        "effect": "Thời gian thẩm tra một hồ sơ giảm từ chín ngày còn bốn ngày.",
    }
    return ApplicationFields(**{**known, **changes})


def author(who: Person | str, share: int = 100, place: str = "Phòng Quản lý ngân sách") -> AuthorFields:
    """One of our people, or somebody from outside by name."""
    outside = isinstance(who, str)
    return AuthorFields(None if outside else who, who if outside else who.full_name, place, share)
