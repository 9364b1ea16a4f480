"""A signed paper comes in: every kind of file, its check, its download, and the approval that rests on it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, TestCase

from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from tests import factories
from tests.reading import hostile_files
from tests.web import walk
from tests.web.walk import address_of, read

SIGNED = "nhap-theo-van-ban/"


def work() -> None:
    """The worker's turn: everything that is ordered."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def send(client: Client, address: str, content: bytes, name: str = "ban-ky.pdf") -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("kind", ["pdf", "png", "jpeg", "plain docx", "odt", "doc"])
def test_a_harmless_file_becomes_usable(kind: str, as_lan: Client, lan: Actor, minh: Actor, media: Path) -> None:
    address = address_of(walk.submitted(lan), SIGNED)
    waiting = send(as_lan, address, hostile_files.HARMLESS[kind][1])["Location"]
    assert "Đang kiểm tra tệp “ban-ky.pdf”." in read(as_lan.get(waiting)).words
    work()
    words = read(as_lan.get(waiting)).words
    assert "Tệp “ban-ky.pdf” dùng được." in words
    assert ("Đây là ảnh chụp, máy không đọc được chữ: xin tự đối chiếu." in words) == (kind in {"png", "jpeg"})


@pytest.mark.parametrize("kind", ["windows program named pdf", "docm", "blank bomb", "cut zip", "pdf that runs", "png cut"])
def test_a_hostile_file_is_refused_in_words_and_not_kept(
    kind: str, as_lan: Client, lan: Actor, minh: Actor, media: Path
) -> None:
    movement = walk.submitted(lan)
    waiting = send(as_lan, address_of(movement, SIGNED), hostile_files.HOSTILE[kind][1])["Location"]
    work()
    page = read(as_lan.get(waiting))
    assert "Không nhận tệp “ban-ky.pdf”." in page.words
    assert "Xin " in page.words
    pressed = as_lan.post(waiting, {"version": str(movement.version)})
    assert pressed.status_code == 409
    movement.refresh_from_db()
    assert (movement.state, [path for path in media.rglob("*") if path.is_file()]) == ("submitted", [])
    assert as_lan.get(f"/lam-viec/tep/{StoredFile.objects.get().code}/tai-ve/").status_code == 404


def test_an_empty_or_missing_file_is_asked_for(as_lan: Client, lan: Actor, minh: Actor, media: Path) -> None:
    address = address_of(walk.submitted(lan), SIGNED)
    assert "Chưa chọn tệp." in read(as_lan.post(address, {"csrfmiddlewaretoken": "x"})).words
    assert "Tệp này rỗng." in read(send(as_lan, address, b"")).words
    assert StoredFile.objects.count() == 0


def test_a_file_over_the_limit_stops_while_it_streams_in(
    as_lan: Client, lan: Actor, minh: Actor, media: Path, settings: Any
) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    response = send(as_lan, address_of(walk.submitted(lan), SIGNED), bytes(3 * 1024 * 1024))
    words = "Tệp “ban-ky.pdf” nặng khoảng 3 MB, quá mức 1 MB. Chưa có gì bị mất; xin chia nhỏ hoặc nén ảnh rồi gửi lại."
    assert response.status_code == 422
    assert words in read(response).words
    assert (StoredFile.objects.count(), media.exists()) == (0, False)


def test_an_approval_is_recorded_once_from_a_signed_paper(as_lan: Client, lan: Actor, minh: Actor, media: Path) -> None:
    movement = walk.submitted(lan)
    assert address_of(movement, SIGNED) in read(as_lan.get(address_of(movement))).links
    waiting = send(as_lan, address_of(movement, SIGNED), hostile_files.HARMLESS["pdf"][1])["Location"]
    early = as_lan.post(waiting, {"version": str(movement.version)})
    assert (early.status_code, "Tệp đang được kiểm tra, xin đợi vài giây." in read(early).words) == (409, True)
    work()
    form = read(as_lan.get(waiting)).form("version")
    assert [as_lan.post(waiting, form.fields)["Location"] for _ in range(2)] == [address_of(movement)] * 2
    page = read(as_lan.get(address_of(movement))).words
    assert "Việc này đã làm xong từ lần bấm trước, không làm lại." in page
    assert f"{lan.duty.words} (nhập theo văn bản thay {minh.duty.words}) duyệt kế hoạch." in page
    movement.refresh_from_db()
    assert (movement.state, movement.signer_name) == ("approved", "Lê Quang Minh")
    assert factories.verbs_of(movement).count("movement.approve") == 1


def test_the_head_is_told_to_approve_in_person(as_minh: Client, as_binh: Client, lan: Actor, minh: Actor) -> None:
    movement = walk.submitted(lan)
    refused = as_minh.get(address_of(movement, SIGNED))
    assert refused.status_code == 409
    assert "Người đứng đầu cơ quan tự duyệt, không nhập theo văn bản." in read(refused).words
    assert as_binh.get(address_of(movement, SIGNED)).status_code == 404


def test_a_file_is_its_senders_and_leaves_as_an_attachment(
    as_lan: Client, as_hoa: Client, lan: Actor, media: Path
) -> None:
    file = factories.stored_file(lan.user, name='Bản "ký".pdf', kind="pdf")
    response = as_lan.get(f"/lam-viec/tep/{file.code}/tai-ve/")
    assert response.content == b"%PDF-1.7 ky"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"Bn k.pdf\"; filename*=UTF-8''B%E1%BA%A3n%20%22k%C3%BD%22.pdf"
    )
    kept = [response[name] for name in ("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control")]
    assert kept == ["sandbox; default-src 'none'", "nosniff", "private, no-store"]
    assert as_hoa.get(f"/lam-viec/tep/{file.code}/tai-ve/").status_code == 404
    assert as_hoa.get(f"/lam-viec/tep/{file.code}/").status_code == 404


def test_the_waiting_line_asks_the_page_to_renew_itself_when_the_check_is_done(
    as_lan: Client, lan: Actor, media: Path
) -> None:
    file = factories.stored_file(lan.user, state="waiting")
    asked = as_lan.get(f"/lam-viec/tep/{file.code}/", headers={"HX-Request": "true"})
    assert ("Đang kiểm tra tệp" in asked.content.decode(), asked.get("HX-Refresh")) == (True, None)
    StoredFile.objects.update(state="usable", kind="pdf")
    assert as_lan.get(f"/lam-viec/tep/{file.code}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
