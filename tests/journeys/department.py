"""The demo load of the journeys: a small department whose members can log in. Prints the cast as JSON.

It is loaded in a process of its own on the database of the live server (tests/live.py); everything after it goes over HTTP.
"""

import datetime
import json

from bangvang.people.models import Duty, Person, Unit
from tests import factories
from tests.journeys.nominating import LATE

PLACES = {
    "clerk": ("Nguyễn Thị Lan", "lan", Duty.Role.CLERK, "Chuyên viên"),
    "clerk_2": ("Đinh Thu Ngân", "ngan", Duty.Role.CLERK, "Chuyên viên"),
    "director": ("Lê Quang Minh", "minh", Duty.Role.DIRECTOR, "Giám đốc"),
    "deputy": ("Phạm Anh Tuấn", "tuan", Duty.Role.DEPUTY_DIRECTOR, "Phó Giám đốc"),
    "registry": ("Đỗ Thị Hoà", "hoa", Duty.Role.REGISTRY, "Văn thư"),
    "head": ("Vũ Thanh Mai", "mai", Duty.Role.HEAD, "Trưởng phòng"),
    "head_2": ("Tạ Thị Hiền", "hien", Duty.Role.HEAD, "Trưởng phòng"),
    "staff": ("Trần Văn Bình", "binh", Duty.Role.STAFF, "Chuyên viên"),
    "administrator": ("Hoàng Minh Quân", "quan", Duty.Role.ADMINISTRATOR, "Quản trị hệ thống"),
}


COUNCIL = {  # whoever sits in the council besides leaders and heads
    "member_1": ("Lương Thị Thắm", "tham", Duty.Role.STAFF, "Chánh Văn phòng"),
    "member_2": ("Bùi Đức Long", "long", Duty.Role.STAFF, "Chủ tịch Công đoàn Sở"),
    "member_3": ("Ngô Gia Khiêm", "khiem", Duty.Role.STAFF, "Chánh Thanh tra"),
    "member_4": ("Hồ Thị Ánh", "anh", Duty.Role.STAFF, "Kế toán trưởng"),
    "member_5": ("Y Blin Niê", "blin", Duty.Role.STAFF, "Bí thư Đoàn Thanh niên"),
}
WOMEN = {"clerk", "clerk_2", "registry", "head", "head_2", "member_1", "member_4"}


def load() -> dict[str, str]:
    """Make the department; returns role → user name."""
    province = factories.unit("UBND tỉnh Sông Lam", kind=Unit.Kind.PROVINCE)
    agency = factories.agency(parent=province)
    office = factories.unit("Văn phòng Sở", parent=agency, agency=agency)
    division = factories.unit("Phòng Quản lý ngân sách", parent=agency, agency=agency)
    other = factories.unit("Phòng Tài chính doanh nghiệp", parent=agency, agency=agency)
    late = factories.person(LATE, died_on=datetime.date(2025, 8, 14))
    factories.duty(late, division, title="Chuyên viên chính", valid_until=datetime.date(2025, 8, 14))
    where = {"director": agency, "deputy": agency, "head": division, "staff": division, "head_2": other}
    duties = {}
    for place, (name, username, role, title) in {**PLACES, **COUNCIL}.items():
        sex = Person.Sex.FEMALE if place in WOMEN else Person.Sex.MALE
        duties[place] = factories.duty(factories.person(name, sex=sex), where.get(place, office), role, title=title)
        factories.user(duties[place].person, username)
    factories.delegation(duties["director"], duties["deputy"])
    return {place: username for place, (_, username, *_) in {**PLACES, **COUNCIL}.items()}


def main() -> None:
    names = load()
    cast = {"names": names, "passwords": dict.fromkeys(names, factories.PASSWORD), "council": list(COUNCIL)}
    print(json.dumps(cast))
