"""Bắc Ninh, October 2021 to summer 2022: from the plan document itself to proposals, at once for a deed and at each of two reviews.

The plan asks for two kinds of proposals: of outstanding deeds as they happen, and of results when the movement is reviewed. The people and
what they do here are invented; the plan is read from its file.
"""

import datetime

from tests.journeys import seed_steps as steps
from tests.journeys.seeds import Department, Fault, SeedStory, Telling, Who
from tests.journeys.story import CLERKS, LEADERS
from tests.reading.hostile_files import HARMLESS

PEOPLE = Department(
    province="UBND tỉnh Bắc Ninh",
    agency="Sở Tài chính",
    symbol="STC",
    place="Bắc Ninh",
    units={
        "budget": "Phòng Quản lý ngân sách",
        "admin": "Phòng Tài chính hành chính sự nghiệp",
        "office": "Văn phòng Sở",
    },
    people={
        "clerk": Who("Ngô Thị Quỳnh Hoa", "clerk", "Chuyên viên", "office", woman=True),
        "clerk_2": Who("Chu Văn Đại", "clerk", "Phó Chánh Văn phòng", "office"),
        "director": Who("Đàm Quang Vịnh", "director", "Giám đốc"),
        "deputy": Who("Nguyễn Thị Phương Lý", "deputy_director", "Phó Giám đốc", woman=True),
        "registry": Who("Trịnh Thị Nhạn", "registry", "Văn thư", "office", woman=True),
        "head": Who("Vương Khả Tường", "head", "Trưởng phòng", "budget"),
        "staff": Who("Dương Đình Kha", "staff", "Chuyên viên", "budget"),
        "head_2": Who("Lê Thị Cẩm", "head", "Trưởng phòng", "admin", woman=True),
        "staff_2": Who("Nghiêm Xuân Bách", "staff", "Chuyên viên", "admin"),
        "administrator": Who("Hà Tuấn Kiệt", "administrator", "Quản trị hệ thống", "office"),
    },
)
SUPERIOR = "2014/QĐ-BTC"
UNWRITTEN = frozenset({"number", "starts_on", "ends_on", "end_condition", "milestones"})
ASKED = {
    "starts_on": "26/10/2021",
    "end_condition": "Bộ Tài chính tổng kết phong trào",
}  # the director answers the clerk
LOOKED = {"date": "", "kind": "", "superior": "", "purposes": ""}
DEED = "Chuyển máy thở về bệnh viện dã chiến trong đêm"
FIRST, LAST = "Sơ kết năm 2021", "Tổng kết phong trào"
GIVEN = {"award": "unit_commendation", "votes_for": "2", "votes_total": "2"}


def from_the_plan(told: Telling) -> None:
    steps.read_document(told, asked=ASKED, looked=LOOKED, unwritten=UNWRITTEN)
    told.look(
        "clerk", told.at(), SUPERIOR, "Huân chương Lao động", "Bằng khen của Thủ tướng Chính phủ", "Bằng khen của Bộ"
    )
    steps.issue_plan(told, number="1689", day="26/10/2021")
    told.steps_on("publish", told.at("publish/"), by="clerk", may=CLERKS)
    told.look("visitor", f"/phong-trao/{told.movement}/", "1689/KH-STC", SUPERIOR, "Bộ Tài chính tổng kết phong trào")


def before_the_divisions(told: Telling) -> None:
    steps.roll_out(told, acknowledge_by="29/10/2021", register_by="05/11/2021", duties_by="31/12/2021")
    steps.acknowledge(told, ("head", "staff"), ("head_2", "staff_2"))
    told.day(datetime.date(2021, 11, 3))
    steps.registers(
        told, "head", ("staff", "ministry_province_commendation", "Cấp kinh phí chống dịch trong ngày nhận đề nghị")
    )
    steps.registers(
        told,
        "head_2",
        ("staff_2", "ministry_province_commendation", "Hướng dẫn 20 đơn vị quyết toán kinh phí chống dịch"),
    )


def a_deed(told: Telling) -> None:
    """Put forward by a colleague of another division; confirmed by whoever neither did it nor put it forward, and only on proof."""
    told.day(datetime.date(2021, 11, 16))
    given = {
        "title": DEED,
        "doer": told.name("staff"),
        "happened_on": "15/11/2021",
        "account": "Ở lại kho từ 20 giờ đến 4 giờ để làm thủ tục.",
    }
    page = told.person("staff_2").press("/lam-viec/viec-tot/moi/", **given).address
    told.codes_of["deed"] = page
    told.steps.append("a deed is put forward")
    told.refuses("confirmed without proof", "clerk", f"{page}buoc/confirm/", "minh chứng")
    told.look("visitor", "/", hides=(DEED,))
    told.look("head_2", page, status=404)
    told.attaches(
        "proof of the deed", f"{page}minh-chung/", ("bien-ban-giao-nhan.pdf", HARMLESS["pdf"][1]), by="staff_2"
    )
    told.steps_on("deed confirmed", f"{page}buoc/confirm/", by="clerk", may={*CLERKS, *LEADERS})
    told.look("head", "/lam-viec/loi-bao/", DEED)
    told.look("head", page, "Thủ tục đơn giản", "91/2017/NĐ-CP", "Việc xảy ra đã 1 ngày làm việc")


def proposed_at_once(told: Telling) -> None:
    """The head is led from the deed to a proposal of the kind “đột xuất”; without minutes it is taken in on the day after."""
    dossier = steps.opens_dossier(told, "head", "2021", {"head_2"})
    way = next(link for link in told.person("head").get(told.codes_of["deed"]).page.links if "loai=dot_xuat" in link)
    form = told.person("head").get(way).page.form("achievement").fields
    told.expect("the kind of commendation is set", form["stream"], "dot_xuat")
    line = told.does(
        "nominate at once",
        way,
        by="head",
        may={"head"},
        award="unit_commendation",
        kind="person",
        who=form["who"],
        achievement=DEED,
    ).address
    told.look("head", line, "đột xuất", told.name("staff"))
    told.look("head", dossier, "thủ tục đơn giản: không cần biên bản, số phiếu")
    told.day(datetime.date(2021, 11, 17))
    steps.hands_in(told, "head", dossier, kinds=1)
    told.look("director", dossier, told.name("staff"), "Đã tiếp nhận")


def at_the_first_review(told: Telling) -> None:
    told.day(datetime.date(2021, 12, 20))
    _reviewed(
        told,
        FIRST,
        ("26/10/2021", "31/12/2021", "25/12/2021"),
        "802",
        "20/12/2021",
        "Cấp kinh phí chống dịch 214 lượt, không lượt nào quá ngày.",
    )
    dossier = steps.opens_dossier(told, "head", told.movement, {"head_2"})
    steps.holds_meeting(
        told, "head", dossier, "staff", held_on="20/12/2021", place="Phòng họp tầng 3", minutes="Nhất trí."
    )
    steps.nominates(
        told,
        "head",
        dossier,
        "unit",
        stream="chuyen_de",
        achievement="214 lượt cấp kinh phí, không lượt nào quá ngày.",
        **GIVEN,
    )
    told.expect(
        "no second one while the first is on the way",
        told.movement in told.person("head").get("/lam-viec/ho-so/moi/").body.decode(),
        False,
    )
    steps.hands_in(told, "head", dossier, kinds=2)


def at_the_last_review(told: Telling) -> None:
    """The ministry has reviewed: the condition of the open end is declared met, and the same division proposes again."""
    told.refuses("closed while the end is open", "clerk", told.at("close/"), "Chưa có gì thay đổi")
    told.day(datetime.date(2022, 6, 30))
    told.does(
        "end declared", told.at("dieu-kien-ket-thuc/"), by="director", may={*CLERKS, *LEADERS}, ended_on="30/06/2022",
        words="Bộ Tài chính đã tổng kết phong trào.",
    )  # fmt: skip
    _reviewed(
        told,
        LAST,
        ("26/10/2021", "30/06/2022", "10/07/2022"),
        "401",
        "30/06/2022",
        "Kinh phí chống dịch được quyết toán xong.",
    )
    dossier = steps.opens_dossier(told, "head", told.movement, {"head_2"})
    steps.holds_meeting(
        told, "head", dossier, "staff", held_on="30/06/2022", place="Phòng họp tầng 3", minutes="Nhất trí."
    )
    award = {**GIVEN, "award": "ministry_province_commendation"}
    steps.nominates(
        told,
        "head",
        dossier,
        "staff",
        stream="chuyen_de",
        achievement="Quyết toán kinh phí chống dịch của 8 huyện, thành phố.",
        **award,
    )
    steps.hands_in(told, "head", dossier, kinds=2)
    told.look("clerk", "/lam-viec/ho-so/", told.unit("budget"), "Khen thưởng năm 2021")
    told.expect(
        "dossiers of the division",
        told.live.ask(f"Dossier.objects.filter(unit__name='{told.unit('budget')}', state='accepted').count()"),
        3,
    )


def _reviewed(told: Telling, name: str, span: tuple[str, str, str], number: str, day: str, results: str) -> None:
    """A period, the report of the division that leads, the review of the department, its paper."""
    steps.opens_period(told, name, *span)
    report = steps.reports(told, name, "head", "staff", results=results)
    steps.takes_in(told, report)
    path = steps.reviews(
        told, name, number=number, day=day, says=results, shortcomings="Một phòng chưa gửi báo cáo.", causes="Việc cuối kỳ dồn lại.",
        next_tasks="Giữ cách làm trong ngày.",
    )  # fmt: skip
    told.reads_paper("director", path, f"{number}/BC-STC", results, told.unit("admin"))


STORY = SeedStory(
    seed="002",
    about="from the plan document to proposals: at once for a deed by the simplified procedure, and at two reviews",
    first_day=datetime.date(2021, 10, 26),
    department=PEOPLE,
    steps=(from_the_plan, before_the_divisions, a_deed, proposed_at_once, at_the_first_review, at_the_last_review),
    faults={
        "proof_not_asked": Fault(
            "a deed is confirmed though nobody sent a proof",
            "bangvang/stories/workflow.py",
            "deed.files.filter(file__state=StoredFile.State.USABLE).exists()",
            "deed.pk is not None",
        ),
        "first_dossier_shuts_out": Fault(
            "after one dossier a division is offered no other of the movement",
            "bangvang/dossiers/queries.py",
            "unit=unit, movement__isnull=False, state__in=Dossier.ON_THE_WAY",
            "unit=unit, movement__isnull=False",
        ),
    },
)
