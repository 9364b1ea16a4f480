"""What follows an award: a blank with its coordinates, certificates being printed, model stories in every state."""

import datetime
from typing import Final

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import SentIn
from bangvang.honours.findings import award_label
from bangvang.honours.models import LedgerEntry
from bangvang.kernel.models import public_code
from bangvang.papers import actions as stored
from bangvang.papers.certificates import FULL_PAGE, USUAL_BLANK, CertificateFacts, Spot
from bangvang.people.actor import Actor
from bangvang.stories import actions as stories
from bangvang.stories.models import Story
from bangvang.stories.naming import AWARDS
from bangvang.stories.queries import StoryFields

CLERK, DIRECTOR = "thuongtruc", "giamdoc"
SITE: Final = "https://thidua.songlam.example/kiem-tra"  # the demo's people stand behind no real address
STORIES: Final = (
    (
        "thao",
        StoryFields(
            "Mười bốn hồ sơ và một bảng hỏi",
            "Mỗi bộ hồ sơ quyết toán gửi về thường phải hỏi lại ba, bốn lượt. Bà Đinh Thị Phương Thảo ghi lại từng câu"
            " phải hỏi trong một quý, rồi soạn thành một bảng hỏi gửi trước cho các xã.",
            "Bảng hỏi có mười một dòng. Xã nào điền xong thì hồ sơ gần như không phải trả lại.\n\n"
            "Từ khi dùng bảng hỏi, thời gian thẩm tra một hồ sơ giảm từ chín ngày còn bốn ngày. Hai phòng khác trong Sở"
            " đã xin mẫu để dùng cho hồ sơ của mình.",
            "Tôi chỉ chép lại những gì mình vẫn phải hỏi.",
        ),
        "published",
    ),
    (
        "son",
        StoryFields(
            "Người giữ lịch của bốn mươi chủ đầu tư",
            "Ông Hồ Trường Sơn treo ở phòng một tờ lịch lớn, mỗi chủ đầu tư một hàng, mỗi mốc giải ngân một ô.",
            "Ô nào trễ thì chiều thứ Sáu có một cuộc gọi. Không có văn bản nhắc nào trong cả quý III.",
            "",
        ),
        "submitted",
    ),
    (
        "vinh",
        StoryFields("Đối chiếu trong ngày", "Kế hoạch vốn của 32 xã, phường được đối chiếu xong trong ngày gửi.", "", ""),
        "draft",
    ),
    (
        "hanh",
        StoryFields("Phòng một cửa nhỏ", "Bà Mai Thị Đức Hạnh dành một bàn cho người đến hỏi về chế độ.", "", ""),
        "withdrawn",
    ),
)  # fmt: skip

UNDECIDED: Final = (
    "an",
    StoryFields(
        "Chiếc bàn ở cửa",
        "Sáng thứ Hai nào cũng có một chiếc bàn kê ở cửa Sở. Ngồi sau bàn là người giải thích từng loại tờ khai.",
        "Không ai phân công việc này. Từ khi có chiếc bàn, số hồ sơ phải trả lại trong tuần giảm còn hai.",
        "",
    ),
)


def run(department: Department) -> None:
    """Live through it on the days it happened. Called after the ledger and the accounts."""
    with assumed_day.on(day := datetime.date(2025, 12, 16)):
        clerk = department.actor(CLERK, day)
        moved = USUAL_BLANK.with_spot("name", Spot(148.5, 98, 230, 24, 16, bold=True))
        stored.open_blank("Giấy khen cá nhân, phôi năm 2025", moved, by=clerk)
        stored.order_certificates(
            _commended(department, day), FULL_PAGE, name="Giay-khen-tap-the", about=department.agency, by=clerk
        )
    for key, text, state in STORIES:
        _tell(department, key, text, state)
    _tell_of(department, *UNDECIDED)


def _commended(department: Department, day: datetime.date) -> list[CertificateFacts]:
    """The divisions that hold a Giấy khen of the last decided year, as the ledger has them."""
    found = LedgerEntry.objects.filter(kind="GIAY_KHEN", unit__isnull=False, year=day.year - 1).order_by("seq")
    made = []
    for place, entry in enumerate(found, start=1):
        code = "".join(public_code() for _ in range(3))[:26]  # 128 bits, as the verification page will ask
        assert entry.paper_on is not None
        made.append(
            CertificateFacts(
                code=code,
                honoured_name=entry.name_then,
                honorific="",
                title="",
                unit=department.agency.name,
                award_words=award_label(entry.kind),
                achievement=f"Đã có thành tích xuất sắc trong thực hiện nhiệm vụ công tác năm {entry.year}",
                decision_number=entry.paper_number,
                decided_on=entry.paper_on,
                place=department.agency.place,
                agency=department.agency.name,
                signer_title=department.agency.head_title,
                signer_name=department.users[DIRECTOR].person.full_name,  # type: ignore[union-attr]
                register_number=str(place),
                verify_url=f"{SITE}/{code}/",
            )
        )
    return made


def _tell_of(department: Department, key: str, text: StoryFields) -> None:
    """A story about something that no decision honours yet, shown with the person's consent."""
    with assumed_day.on(day := datetime.date(2025, 12, 16)):
        clerk = department.actor(CLERK, day)
        story = stories.draft_of(department.people[key], text, by=clerk)
        _agreed(department, story, key, clerk)
        stories.submit(story, by=clerk)
        stories.publish(story, by=department.actor(DIRECTOR, day))


def _agreed(department: Department, story: Story, key: str, clerk: Actor) -> None:
    words = f"Tôi đồng ý cho đăng bài “{story.title}”.\n{department.people[key].full_name}\n"
    file = stored.receive(SentIn(f"Dong y {key}.txt", words.encode()), by=clerk)
    stored.settle(file, kind="txt")  # our own words: there is nothing in them for the limited child to find
    stories.record_consent(story, file, clerk.day, by=clerk)


def _tell(department: Department, key: str, text: StoryFields, state: str) -> None:
    """A story about somebody's newest award that has a decision, brought to its state."""
    proven = LedgerEntry.objects.filter(person=department.people[key], register__in=AWARDS, standing__isnull=False)
    entry = proven.exclude(paper_number="").order_by("-paper_on", "-seq")[0]
    with assumed_day.on(day := datetime.date(2025, 12, 16)):
        clerk = department.actor(CLERK, day)
        story = stories.draft(entry, text, by=clerk)
        if state == Story.State.DRAFT:
            return
        _agreed(department, story, key, clerk)
        stories.submit(story, by=clerk)
    if state == Story.State.SUBMITTED:
        return
    with assumed_day.on(day := datetime.date(2025, 12, 17)):
        stories.publish(story, by=department.actor(DIRECTOR, day))
    if state == Story.State.WITHDRAWN:
        with assumed_day.on(day := datetime.date(2025, 12, 18)):
            reason = "Người được kể đề nghị viết lại phần đầu."
            stories.withdraw_consent(story, reason=reason, by=department.actor(CLERK, day))
