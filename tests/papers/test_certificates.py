"""What stands on a certificate, what fits, where it stands; the batch in parts; who keeps blanks."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.papers import actions, certificates, jobs
from bangvang.papers.access import blanks_visible_to, may_keep_blank
from bangvang.papers.certificates import FULL_PAGE, SAMPLE, USUAL_BLANK, DoesNotFit, Layout, QrSpot, Spot
from bangvang.papers.models import CertificateBlank, PaperOrder, PaperPart
from bangvang.people.actor import Actor
from tests import factories
from tests.papers.certificate_samples import many
from tests.papers.readback import pdf_pieces


def whole_page(pdf: bytes, number: int = 0) -> str:
    return " ".join(piece.text for piece in pdf_pieces(pdf, number))


@pytest.mark.parametrize(
    ("signer", "giver"),
    [
        ("Giám đốc", "GIÁM ĐỐC SỞ TÀI CHÍNH"),
        ("KT. Giám đốc\nPhó Giám đốc", "GIÁM ĐỐC SỞ TÀI CHÍNH"),
        ("TM. Uỷ ban nhân dân\nKT. Chủ tịch\nPhó Chủ tịch", "CHỦ TỊCH SỞ TÀI CHÍNH"),
        ("TM. Uỷ ban nhân dân\nChủ tịch", "CHỦ TỊCH SỞ TÀI CHÍNH"),
    ],
)
def test_the_giver_is_the_office_and_not_the_deputy(signer: str, giver: str) -> None:
    assert replace(SAMPLE, signer_title=signer).giver == giver


def test_a_title_is_given_on_two_lines() -> None:
    assert replace(SAMPLE, award_words="Giấy khen").award == ("TẶNG", "GIẤY KHEN")
    title = replace(SAMPLE, award_words="Danh hiệu Chiến sĩ thi đua cơ sở")
    assert title.award == ("TẶNG DANH HIỆU", "CHIẾN SĨ THI ĐUA CƠ SỞ")


def test_facts_and_layouts_are_kept_exactly() -> None:
    assert certificates.CertificateFacts.from_json(SAMPLE.as_json()) == SAMPLE
    for layout in (FULL_PAGE, USUAL_BLANK):
        assert Layout.from_json(layout.as_json()) == layout


def test_the_full_page_draws_no_emblem_and_no_picture_but_the_square() -> None:
    top = [piece for piece in pdf_pieces(certificates.draw([SAMPLE]), 0) if piece.top < 38]
    assert top == []


def test_a_name_too_long_for_a_line_shrinks_then_wraps() -> None:
    def sizes(name: str) -> list[float]:
        pdf = certificates.draw([replace(SAMPLE, honorific="", honoured_name=name)], USUAL_BLANK)
        return sorted({piece.size for piece in pdf_pieces(pdf, 0) if piece.text.strip() and piece.text.strip() in name})

    word = "Trung tâm Xúc tiến đầu tư và Chuyển đổi số"
    assert sizes("Phòng Giá") == [24]
    (smaller,) = sizes(f"{word} tỉnh Sông Lam, Sở Tài chính")
    assert 16 < smaller < 24
    assert sizes(f"{word}, {word.lower()} và hỗ trợ doanh nghiệp nhỏ và vừa tỉnh Sông Lam") == [16]


def test_what_cannot_fit_is_refused_with_the_name_and_the_piece() -> None:
    endless = replace(SAMPLE, achievement="Đã có nhiều thành tích trong công tác. " * 40)
    with pytest.raises(DoesNotFit, match=r"Nguyễn Thị Minh Khuê.*số sổ vàng 12.*Nội dung khen thưởng"):
        certificates.draw([SAMPLE, endless])
    with pytest.raises(DoesNotFit):
        certificates.draw([replace(SAMPLE, honoured_name="A" * 200)], USUAL_BLANK)
    with pytest.raises(ValueError, match="không có ký tự 金"):
        certificates.draw([replace(SAMPLE, unit="金")])


def test_words_stand_at_the_coordinates_moved_by_the_shift() -> None:
    layout = Layout(spots=(("name", Spot(40, 70, 200, align="left")),), shift_x=3, shift_y=-2)
    (name,) = [piece for piece in pdf_pieces(certificates.draw([SAMPLE], layout), 0) if "Khuê" in piece.text]
    assert name.left == pytest.approx(43, abs=0.5)
    assert name.bottom == pytest.approx(68, abs=1.5)  # the tail of g and the dot of ị hang below the foot


def test_a_layout_says_what_would_be_printed_over_the_edge() -> None:
    wide = Layout(spots=(("name", Spot(60, 70, 200)),), qr=QrSpot(280, 10))
    assert wide.outside() == ["Tên người, tập thể (có Ông, Bà)", "Hình vuông kiểm tra"]
    assert USUAL_BLANK.outside() == []
    assert USUAL_BLANK.with_spot("name", None).outside() == []
    with pytest.raises(ValueError, match="Không có phần nickname"):
        Layout(spots=(("nickname", Spot(1, 1, 10)),))


def test_the_test_page_names_every_coordinate() -> None:
    words = whole_page(certificates.draw_test_page(USUAL_BLANK))
    for label in ("Tên người, tập thể (có Ông, Bà): 148,5; 100", "Họ tên người ký: 215; 193", "QR"):
        assert label in words


# --- The batch ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "PAGES_OF_A_PART", 2)


def ordered(lan: Actor, count: int = 5, **changes: str) -> PaperOrder:
    given = [replace(one, **changes) for one in many(count)]  # type: ignore[arg-type]
    return actions.order_certificates(given, FULL_PAGE, name="Giay-khen", about=lan.agency, by=lan)


def work() -> JobLease:
    lease = JobLease.objects.get(job="papers.draw_certificates")
    leases.work.func(lease.pk)
    lease.refresh_from_db()
    return lease


@pytest.mark.django_db
def test_a_batch_is_drawn_in_parts_and_joined_in_order(lan: Actor, media: Path, small_parts: None) -> None:
    made = ordered(lan)
    assert actions.progress_of(made) == actions.Progress(0, 5, False, "")
    assert work().done_at is not None
    assert actions.progress_of(made) == actions.Progress(5, 5, True, "")
    content = made.papers.get().file.path.read_bytes()
    for number, of in enumerate(many(5)):
        assert f"Số sổ vàng: {of.register_number}" in whole_page(content, number)
    assert PaperPart.objects.count() == 0


@pytest.mark.django_db
def test_a_second_worker_draws_only_what_is_missing(
    lan: Actor, media: Path, small_parts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ordered(lan)
    first = certificates.draw(many(5)[:2])
    actions.keep_part(made, 0, 2, first)
    assert actions.progress_of(made).done == 2
    drawn = []
    real = certificates.draw

    def counted(pages: list[certificates.CertificateFacts], layout: Layout) -> bytes:
        drawn.append(len(pages))
        return real(pages, layout)

    monkeypatch.setattr(jobs.certificates, "draw", counted)
    work()
    assert (drawn, actions.progress_of(made).is_kept) == ([2, 1], True)


@pytest.mark.django_db
def test_a_batch_that_does_not_fit_is_refused_in_words_and_not_tried_again(lan: Actor, media: Path) -> None:
    made = ordered(lan, unit="Phòng Giá", achievement="Đã có nhiều thành tích. " * 90)
    assert work().done_at is not None
    made.refresh_from_db()
    assert "dài quá chỗ in" in actions.progress_of(made).refusal
    assert (made.papers.count(), PaperPart.objects.count()) == (0, 0)


# --- Blanks ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_blanks_are_kept_by_the_standing_clerk_of_the_agency(lan: Actor, minh: Actor) -> None:
    blank = actions.open_blank("Phôi 2026", USUAL_BLANK, by=lan)
    moved = USUAL_BLANK.with_spot("name", Spot(148.5, 104, 230))
    actions.edit_blank(blank, "Phôi 2026", moved, version=1, by=lan)
    blank.refresh_from_db()
    assert (Layout.from_json(blank.layout), blank.version) == (moved, 2)
    stranger = factories.actor("Người Nơi Khác", factories.agency("Sở Nội vụ"), "clerk")
    assert [list(blanks_visible_to(actor)) for actor in (lan, minh, stranger)] == [[blank], [], []]
    assert may_keep_blank(minh, blank).reason == "Phôi giấy khen do thường trực thi đua, khen thưởng giữ."
    assert may_keep_blank(stranger, blank).reason == "Phôi này của cơ quan khác."
    with pytest.raises(Refused, match="thường trực"):
        actions.open_blank("Phôi khác", USUAL_BLANK, by=minh)
    with pytest.raises(Refused, match="cơ quan khác"):
        actions.retire_blank(blank, on=date(2026, 3, 2), version=2, by=stranger)


@pytest.mark.django_db
def test_a_blank_is_not_saved_over_another_nor_over_the_edge_nor_twice(lan: Actor) -> None:
    blank = actions.open_blank("Phôi 2026", USUAL_BLANK, by=lan)
    with pytest.raises(Refused, match="Đã có phôi đang dùng tên"):
        actions.open_blank("Phôi 2026", USUAL_BLANK, by=lan)
    outside = USUAL_BLANK.with_spot("name", Spot(20, 100, 200))
    with pytest.raises(Refused, match="Chữ sẽ ra ngoài tờ giấy: Tên người"):
        actions.edit_blank(blank, "Phôi 2026", outside, version=1, by=lan)
    actions.edit_blank(blank, "Phôi đầu năm", USUAL_BLANK, version=1, by=lan)
    with pytest.raises(Overtaken):
        actions.edit_blank(CertificateBlank.objects.get(), "Phôi cuối năm", USUAL_BLANK, version=1, by=lan)
    actions.retire_blank(blank, on=date(2026, 3, 2), version=2, by=lan)
    assert may_keep_blank(lan, blank).reason == "Phôi này đã thôi dùng, không sửa được."
    actions.open_blank("Phôi đầu năm", USUAL_BLANK, by=lan)
    verbs = ["certificate_blank.open", "certificate_blank.edit", "certificate_blank.retire"]
    assert factories.verbs_of(blank) == verbs
