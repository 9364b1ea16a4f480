"""The public pages: what is shown, what never is, and that they keep no session."""

from dataclasses import fields

import pytest
from django.test import Client

from bangvang.movements import actions
from bangvang.movements.public import PublicMovement
from bangvang.people.actor import Actor
from tests import factories
from tests.web import walk


def test_nothing_published_is_said_and_no_cookie_is_set(client: Client, lan: Actor, on_the_day: None) -> None:
    factories.movement(lan)
    fresh = ("/", "/guong-dien-hinh/")  # a story may be gone the next moment
    for address in (*fresh, "/phong-trao/", "/huong-dan/", "/kha-nang-tiep-can/"):
        response = client.get(address)
        kept = (response["Cache-Control"], response.get("Vary", ""), dict(response.cookies))
        cached = "public, no-cache" if address in fresh else "public, max-age=60"
        assert (response.status_code, kept) == (200, (cached, "", {}))
    assert "Kế hoạch phong trào hiện ở đây sau khi cơ quan ban hành" in walk.read(client.get("/phong-trao/")).words
    assert "Chưa có phong trào nào được công bố." in walk.read(client.get("/")).words


def test_a_published_movement_is_found_without_diacritics(
    client: Client, lan: Actor, minh: Actor, hoa: Actor, on_the_day: None
) -> None:
    movement = walk.published(lan, minh, hoa, number=7)
    page = walk.read(client.get("/phong-trao/", {"q": "moi dong ngan sach"}))
    assert f"/phong-trao/{movement.code}/" in page.links
    assert "1 phong trào có “moi dong ngan sach”." in page.words
    one = walk.read(client.get(f"/phong-trao/{movement.code}/"))
    assert "Sở Tài chính · Kế hoạch 07/KH-STC, 01/03/2026" in one.words
    assert "Rà soát định mức chi." in one.words
    assert walk.read(client.get("/phong-trao/", {"q": "khong co"})).words.count("Không có phong trào nào khớp.") == 1


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "issued", "hidden"])
def test_an_unpublished_movement_and_an_unknown_code_look_the_same(
    state: str, client: Client, lan: Actor, minh: Actor, hoa: Actor, on_the_day: None
) -> None:
    if state == "draft":
        movement = factories.movement(lan)
    elif state == "submitted":
        movement = walk.submitted(lan)
    elif state == "approved":
        movement = walk.approved(lan, minh)
    else:
        movement = walk.issued(lan, minh, hoa)
    if state == "hidden":
        actions.publish(movement, by=lan)
        actions.hide(movement, reason="Nhầm bản", by=lan)
    met, unknown = client.get(f"/phong-trao/{movement.code}/"), client.get("/phong-trao/aaaaaaaaaa/")
    assert (met.status_code, met.content) == (unknown.status_code, unknown.content)
    assert met.status_code == 404
    assert movement.title not in client.get("/phong-trao/").content.decode()
    assert movement.title not in client.get("/").content.decode()


def test_no_person_leaves_through_the_portal(
    client: Client, lan: Actor, minh: Actor, hoa: Actor, on_the_day: None
) -> None:
    movement = walk.published(lan, minh, hoa)
    shown = "".join(client.get(a).content.decode() for a in ("/", "/phong-trao/", f"/phong-trao/{movement.code}/"))
    assert [actor.person.full_name for actor in (lan, minh, hoa) if actor.person.full_name in shown] == []


def test_the_public_record_has_exactly_these_fields() -> None:
    names = "code title theme agency number issued_on period is_running ended_on is_stopped later_papers superior above below milestones"
    names += " purposes contents collective_criteria"
    assert [f.name for f in fields(PublicMovement)] == [*names.split(), "individual_criteria", "awards"]


def test_an_unknown_address_says_where_to_go(client: Client, db: None) -> None:
    response = client.get("/khong-co/")
    assert (response.status_code, walk.read(response).title) == (404, "Không có trang này - Bảng Vàng")
