"""Kon Tum, November 2021: a special movement without a last day, four forms of commendation; it ends when its condition is declared met.

The article says from when, until what, and what there is to win; it does not say by what one is judged, nor who does what. That is asked of a
person. The people, and everything that they do here, are invented.
"""

import datetime

from tests.journeys import commending
from tests.journeys import seed_steps as steps
from tests.journeys.seeds import Department, Fault, SeedStory, Telling, Who
from tests.journeys.story import CLERKS, LEADERS

PEOPLE = Department(
    province="UBND tỉnh Kon Tum",
    agency="Sở Nội vụ",
    symbol="SNV",
    place="Kon Tum",
    units={"reform": "Phòng Cải cách hành chính", "staffing": "Phòng Tổ chức, biên chế", "office": "Văn phòng Sở"},
    people={
        "clerk": Who("Y Phương Thảo", "clerk", "Chuyên viên", "office", woman=True),
        "director": Who("A Thanh Bình", "director", "Giám đốc"),
        "deputy": Who("Mai Thị Lan Chi", "deputy_director", "Phó Giám đốc", woman=True),
        "registry": Who("Y Ngọc Điệp", "registry", "Văn thư", "office", woman=True),
        "head": Who("A Đình Lực", "head", "Trưởng phòng", "reform"),
        "staff": Who("Rơ Châm H'Yên", "staff", "Chuyên viên", "reform", woman=True),
        "head_2": Who("Thân Văn Nghĩa", "head", "Trưởng phòng", "staffing"),
        "staff_2": Who("Xa Thị Kiều Oanh", "staff", "Chuyên viên", "staffing", woman=True),
        "head_3": Who("Quách Gia Hùng", "head", "Chánh Văn phòng", "office"),
        "administrator": Who("U Minh Trí", "administrator", "Quản trị hệ thống", "office"),
    },
)
ASKED: dict[str, str] = {}
LOOKED: dict[str, str] = {}
UNWRITTEN = frozenset(ASKED)


def from_the_news(told: Telling) -> None:
    steps.read_document(told, asked=ASKED, looked=LOOKED, unwritten=UNWRITTEN)


STORY = SeedStory(
    seed="004",
    about="a movement without a last day and with four forms of commendation, closed when its condition is declared met",
    first_day=datetime.date(2021, 11, 11),
    department=PEOPLE,
    steps=(from_the_news,),
    faults={},
)
