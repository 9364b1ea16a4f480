"""Pages of blanks: enter, move a piece, leave it out, test page, retire; and the progress of a batch."""

from pathlib import Path

import pytest
from django.test import Client

from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.papers import actions
from bangvang.papers.certificates import FULL_PAGE, Layout
from bangvang.papers.models import CertificateBlank
from bangvang.people.actor import Actor
from tests.papers.certificate_samples import many
from tests.web.walk import press, queries_of, read

PLACE = "/lam-viec/giay-khen/"


def test_a_blank_is_entered_moved_and_retired_page_by_page(as_lan: Client) -> None:
    assert "Chưa có phôi nào." in read(as_lan.get(PLACE)).words
    press(as_lan, f"{PLACE}moi/", name="Phôi 2026")
    blank = CertificateBlank.objects.get()
    page = f"{PLACE}{blank.code}/"
    assert "in 9 phần chữ và hình vuông kiểm tra" in read(as_lan.get(page)).words
    press(as_lan, f"{page}phan/name/", x="150,5", y="98", bold="")
    press(as_lan, f"{page}sua/", shift_x="-1,5", qr_side="24")
    press(as_lan, f"{page}phan/register/", bo="1")
    press(as_lan, f"{page}phan/award/", x="148,5", y="80", size="30")
    blank.refresh_from_db()
    layout = Layout.from_json(blank.layout)
    spots = dict(layout.spots)
    assert (spots["name"].x, spots["name"].y, spots["name"].bold) == (150.5, 98, False)
    assert (layout.shift_x, layout.qr and layout.qr.side, "register" in spots) == (-1.5, 24, False)
    assert (next(iter(spots)), spots["award"].size) == ("award", 30)
    sheet = as_lan.get(f"{page}to-thu.pdf")
    assert (sheet.status_code, sheet.content[:5]) == (200, b"%PDF-")
    press(as_lan, f"{page}thoi-dung/")
    assert "Thôi dùng" in read(as_lan.get(PLACE)).words
    assert as_lan.get(f"{page}sua/").status_code == 409


def test_what_is_typed_wrong_is_said_in_words(as_lan: Client) -> None:
    press(as_lan, f"{PLACE}moi/", name="Phôi 2026")
    page = f"{PLACE}{CertificateBlank.objects.get().code}/"
    wrong = press(as_lan, f"{page}phan/name/", x="giữa", floor="60", most="0")
    words = read(wrong).words
    assert wrong.status_code == 422
    assert "Xin ghi bằng số, ví dụ 148,5." in words
    assert "Cỡ nhỏ nhất lớn hơn cỡ chữ." in words
    half = press(as_lan, f"{page}sua/", qr_y="")
    assert "Xin ghi đủ ba số của hình vuông" in read(half).words
    outside = press(as_lan, f"{page}phan/name/", x="10")
    assert (outside.status_code, "Chữ sẽ ra ngoài tờ giấy" in read(outside).words) == (409, True)
    assert as_lan.get(f"{page}phan/nickname/").status_code == 404


@pytest.mark.parametrize("path", ["", "moi/"])
def test_others_are_refused_with_the_reason(as_minh: Client, as_mai: Client, path: str) -> None:
    for client in (as_minh, as_mai):
        answer = client.get(f"{PLACE}{path}")
        assert (answer.status_code, "do thường trực thi đua" in read(answer).words) == (409, True)


def test_a_blank_of_nobody_else_is_seen(as_lan: Client, as_minh: Client) -> None:
    press(as_lan, f"{PLACE}moi/", name="Phôi 2026")
    assert as_minh.get(f"{PLACE}{CertificateBlank.objects.get().code}/").status_code == 404


def test_a_batch_shows_its_progress_and_its_file_to_whoever_ordered_it(
    as_lan: Client, as_minh: Client, lan: Actor, media: Path
) -> None:
    made = actions.order_certificates(many(3), FULL_PAGE, name="Giay-khen", about=lan.agency, by=lan)
    page = f"{PLACE}in/{made.code}/"
    assert "Đã vẽ 0 trên 3 tờ" in read(as_lan.get(page)).words
    part = as_lan.get(page, headers={"HX-Request": "true"})
    assert ("HX-Refresh" in part.headers, b"<html" in part.content) == (False, False)
    assert as_lan.get(f"{page}tai-ve/").status_code == 404
    leases.work.func(JobLease.objects.get(job="papers.draw_certificates").pk)
    assert as_lan.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Đã vẽ xong 3 tờ" in read(as_lan.get(page)).words
    assert as_lan.get(f"{page}tai-ve/").content[:5] == b"%PDF-"
    assert "xong 3 tờ" in read(as_lan.get(PLACE)).words
    assert as_minh.get(page).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(as_lan: Client) -> None:
    counts = []
    for number in range(3):
        press(as_lan, f"{PLACE}moi/", name=f"Phôi {number}")
        counts.append(queries_of(as_lan, PLACE))
    assert counts[0] == counts[2]
