"""A session over HTTP: convened, declared, frozen, nine members in nine browsers, opened by two codes, concluded."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session as WebSession
from django.test import Client

from bangvang.council import actions as council
from bangvang.council import queries
from bangvang.council.actions.meeting import Seating
from bangvang.council.models import Council, Session
from bangvang.dossiers.models import Nomination
from bangvang.kernel.models import Draft
from bangvang.people.actor import Actor
from tests import factories
from tests.conftest import PASSWORD_BACKEND
from tests.council import scenes
from tests.web.walk import press, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "media")]
CODE = re.compile(r"\b(?:[0-9a-z]{4} ){6}[0-9a-z]{4}\b")


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend=PASSWORD_BACKEND)
    return client


def at(session: Session, rest: str = "") -> str:
    return f"/lam-viec/hoi-dong/phien/{session.code}/{rest}"


def vote(client: Client, session: Session, letters: str) -> Any:
    """Choose, read once more, and put the ballot in."""
    chosen = {f"l{place}": letter for place, letter in enumerate(letters, start=1) if letter in "10"}
    review = client.post(at(session, "phieu/xem-lai/"), chosen)
    form = read(review).form(button="Bỏ phiếu")
    return client.post(form.action, form.fields)


def test_the_whole_way_from_a_decision_to_endorsed_nominations() -> None:
    found = scenes.scene(lines=3)
    Council.objects.all().update(name="Hội đồng cũ")
    clerk, members, tellers = (
        browser(found.clerk),
        [browser(one) for one in found.members],
        [browser(one) for one in found.tellers],
    )
    typed = {
        "name": "Hội đồng Thi đua, khen thưởng Sở", "decision": "Quyết định số 20/QĐ-STC", "decided_on": "20/01/2026",
        "valid_from": "20/01/2026", "valid_until": "", "issuer": "btc",
    }  # fmt: skip
    made = press(clerk, "/lam-viec/hoi-dong/moi/", **typed)["Location"]
    roles = ["chair", "vice", *["member"] * 7]
    for one, role in zip(found.members, roles, strict=True):
        press(clerk, f"{made}thanh-vien/", person=one.person.code, role=role, has_vote="on")
    page = press(clerk, f"{made}phien-moi/", held_on="02/03/2026", place="Phòng họp tầng 3", mode="online")
    session = Session.objects.get()
    assert page["Location"] == at(session)
    assert clerk.post(at(session, "chuong-trinh/"), {"dot": "tat-ca"}).status_code == 302
    codes = {"head": 0, "second": 1, "third": 2}
    press(clerk, at(session, "ban-kiem-phieu/"), **{name: found.tellers[n].person.code for name, n in codes.items()})
    assert press(clerk, at(session, "buoc/convene/")).status_code == 302
    for client in members:
        assert "Khai xung đột lợi ích" in read(client.get("/lam-viec/")).words
        assert client.get(at(session, f"ho-so/{found.nominations[0].code}/")).status_code == 409
        assert press(client, at(session, "khai/"), sure="on").status_code == 302
        assert client.get(at(session, f"ho-so/{found.nominations[0].code}/")).status_code == 200
    assert press(clerk, at(session, "diem-danh/")).status_code == 302
    held = []
    for client in tellers:
        answer = press(client, at(session, "ma/"))
        assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        held.append(CODE.findall(read(answer).words)[0])
    assert CODE.findall(read(tellers[0].get(at(session, "ma/"))).words) == []
    assert press(clerk, at(session, "buoc/freeze/"), password=factories.PASSWORD).status_code == 302
    for place, client in enumerate(members):
        assert vote(client, session, "1" + ("0" if place < 3 else "1") + "1")["Location"] == at(session)
        page = read(clerk.get(at(session)))
        assert f"Đang bỏ phiếu: {place + 1} trên 9" in page.words
        assert "Đạt" not in page.words
        assert "đã niêm phong" in read(client.get(at(session))).words
    assert press(clerk, at(session, "buoc/close/")).status_code == 302
    opening = at(session, "mo-phieu/")
    assert clerk.get(opening).status_code == 409
    wrong = press(tellers[0], opening, first=held[0], second=held[0])
    assert (wrong.status_code, CODE.findall(wrong.content.decode())) == (422, [])
    assert press(tellers[0], opening, first=held[0], second=held[2]).status_code == 302
    assert "2 trên 3 trường hợp đạt tỷ lệ" in read(clerk.get(at(session))).words
    press(clerk, at(session, "bien-ban/"), discussion="Nhất trí.", conclusion="Trình Giám đốc Sở.")
    assert press(members[0], at(session, "buoc/conclude/"), password=factories.PASSWORD).status_code == 302
    states = [Nomination.objects.get(pk=one.pk).state for one in found.nominations]
    assert states == ["endorsed", "declined", "endorsed"]
    for kind in ("kiem-phieu", "hop"):
        assert clerk.get(at(session, f"ban-xem-truoc/{kind}.docx")).content[:2] == b"PK"
    assert clerk.get(at(session, "ket-qua.xlsx")).content[:2] == b"PK"


def test_a_choice_is_kept_nowhere_but_in_the_envelope() -> None:
    found = scenes.voting(scenes.scene())
    client = browser(found.members[4])
    ballot = client.get(at(found.session, "phieu/"))
    assert "no-store" in ballot["Cache-Control"]
    assert "checked" not in ballot.content.decode().partition('class="ballot"')[2].partition("</form>")[0]
    review = client.post(at(found.session, "phieu/xem-lai/"), {"l1": "1", "l2": "0"})
    assert ("no-store" in review["Cache-Control"], "1 dòng để trống" in read(review).words) == (True, True)
    assert queries.returned_envelopes(found.session) == 0
    before = {one.pk: one.get_decoded() for one in WebSession.objects.all()}
    answer = client.post(at(found.session, "phieu/bo/"), {"l1": "1", "l2": "0"})
    assert (answer.status_code, answer["Location"], "no-store" in answer["Cache-Control"]) == (
        302,
        at(found.session),
        True,
    )
    assert {one.pk: one.get_decoded() for one in WebSession.objects.all()} == before
    assert Draft.objects.count() == 0
    assert client.get(at(found.session, "phieu/")).status_code == 409
    assert client.post(at(found.session, "phieu/bo/"), {"l1": "1"}).status_code == 409


def test_a_ballot_sent_after_the_session_ended_is_not_kept() -> None:
    found = scenes.voting(scenes.scene())
    client = browser(found.members[4])
    form = read(client.get(at(found.session, "phieu/"))).form("l1")
    client.logout()
    answer = client.post(form.action, {**form.fields, "l1": "1"})
    assert (answer.status_code, Draft.objects.count()) == (302, 0)
    assert "l1" not in answer["Location"]


def test_who_has_no_part_in_a_session_does_not_find_it(as_binh: Client, as_quan: Client) -> None:
    found = scenes.voting(scenes.scene())
    other = factories.actor("Người Ngoài", found.agency)
    for client in (as_binh, as_quan, browser(other)):
        for rest in ("", "phieu/", "mo-phieu/", "chuong-trinh/", "ket-qua.xlsx"):
            assert client.get(at(found.session, rest)).status_code == 404


def test_a_member_does_not_see_the_draft_and_sees_only_the_own_part() -> None:
    found = scenes.opened(scenes.scene())
    client = browser(found.members[2])
    assert client.get(at(found.session)).status_code == 404
    council.convene(found.session, by=found.clerk)
    page = read(client.get(at(found.session)))
    assert ("Khai xung đột lợi ích" in page.words, "Ai đã tham gia" in page.words) == (True, False)
    assert client.get(at(found.session, "diem-danh/")).status_code == 409


def test_the_secretary_enters_opinions_and_removes_and_confirms() -> None:
    found = scenes.opened(scenes.scene(issuer=""))
    clerk = browser(found.clerk)
    press(clerk, at(found.session, f"ty-le/{scenes.FIGHTER}/"), text="Quy chế Hội đồng, Điều 6")
    assert {line.confirmed_text for line in found.lines} == {"Quy chế Hội đồng, Điều 6"}
    clerk.post(at(found.session, f"chuong-trinh/{found.nominations[2].code}/bo/"))
    assert clerk.post(at(found.session, "chuong-trinh/"), {}).status_code == 302
    assert clerk.post(at(found.session, "chuong-trinh/"), {"chon": [found.nominations[2].code]}).status_code == 302
    assert [line.position for line in found.lines] == [1, 2, 3]
    council.convene(found.session, by=found.clerk)
    missing = press(clerk, at(found.session, "diem-danh/"), s9="away")
    assert (missing.status_code, "Xin ghi lý do vắng của Trịnh Quốc Bảo." in read(missing).words) == (422, True)
    press(clerk, at(found.session, "diem-danh/"), s9="away", a9="Đi công tác")
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = SimpleUploadedFile("y-kien.pdf", b"%PDF-1.7 ky")
    answer = clerk.post(at(found.session, "y-kien/9/"), {"o1": "1", "o2": "0", "o3": "", "file": paper})
    assert answer.status_code == 302
    assert queries.seats_of(found.session)[8].opinions.count() == 2
    assert "Ý kiến bằng văn bản" in read(clerk.get(at(found.session))).words


def test_the_board_voids_reminds_rehearses_and_counts_paper() -> None:
    found = scenes.ready(scenes.scene(), mode="mixed", on_paper=[0])
    clerk, board, voter = browser(found.clerk), browser(found.tellers[0]), browser(found.members[3])
    press(clerk, at(found.session, "buoc/rehearse/"))
    assert "Đây là phiếu thử" in read(voter.get(at(found.session, "phieu/"))).words
    vote(voter, found.session, "101")
    assert press(board, at(found.session, "thu-xong/"), first="sai", second="sai").status_code == 422
    press(board, at(found.session, "thu-xong/"), first=found.codes[0], second=found.codes[1])
    press(clerk, at(found.session, "buoc/freeze/"), password=factories.PASSWORD)
    vote(voter, found.session, "101")
    assert press(board, at(found.session, "doi-phieu/4/"), reason="Thành viên đề nghị").status_code == 302
    assert clerk.post(at(found.session, "nhac/")).status_code == 302
    for member in found.members[1:]:
        vote(browser(member), found.session, "111")
    press(board, at(found.session, "buoc/close/"))
    form = read(board.get(at(found.session, "phieu-giay/"))).form("agreed_1")
    counted = {**form.fields}
    for place in (1, 2, 3):
        counted |= {f"handed_out_{place}": "1", f"returned_{place}": "1", f"agreed_{place}": "1"}
        counted |= {f"against_{place}": "0", f"invalid_{place}": "0"}
    assert board.post(at(found.session, "phieu-giay/"), counted).status_code == 302
    press(board, at(found.session, "mo-phieu/"), first=found.codes[1], second=found.codes[2])
    assert [line.agreed for line in found.lines] == [9, 9, 9]


def test_paper_session_is_opened_without_codes() -> None:
    found = scenes.voting(scenes.scene(lines=1), mode="paper")
    council.close(found.session, by=found.clerk)
    from bangvang.council.counting import Sums

    council.count_paper(found.session, {line.pk: Sums(9, 8, 8, 0, 0) for line in found.lines}, by=found.tellers[0])
    assert press(browser(found.tellers[1]), at(found.session, "mo-phieu/")).status_code == 302
    assert [(line.returned, line.passed) for line in found.lines] == [(8, True)]


def test_a_member_entered_by_mistake_is_removed_and_a_wrong_password_does_nothing() -> None:
    found = scenes.ready(scenes.scene())
    clerk = browser(found.clerk)
    wrong = press(clerk, at(found.session, "buoc/freeze/"), password="sai mat khau")
    assert (wrong.status_code, found.fresh().state) == (422, "convened")
    other = council.establish(scenes.fields(name="Hội đồng khác"), by=found.clerk)
    address = f"/lam-viec/hoi-dong/{other.code}/"
    press(clerk, f"{address}thanh-vien/", person=found.members[0].person.code, role="chair")
    assert other.members.count() == 1
    clerk.post(f"{address}thanh-vien/{found.members[0].person.code}/bo/")
    assert other.members.count() == 0
    assert "Chưa có thành viên nào" in read(clerk.get(address)).words
    assert "Hội đồng khác" in read(clerk.get("/lam-viec/hoi-dong/")).words


def test_a_secretary_without_a_vote_stands_on_the_list_with_a_quiet_mark() -> None:
    found = scenes.scene()
    council.add_member(found.council, Seating(found.clerk.person, "secretary", False), by=found.clerk)
    voting = scenes.voting(found)
    html = browser(found.clerk).get(at(voting.session)).content.decode()
    (mark,) = re.findall(r'<span class="chip([^"]*)">(?:(?!</span>).)*Dự họp, không bỏ phiếu', html, re.DOTALL)
    assert "unknown" in mark
