"""Pages of news: from the page of its source to the public, the feed, and the agency's own portal."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.movements.models import Movement
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.stories import actions
from bangvang.stories.models import Article
from tests import factories
from tests.papers.test_pictures import PLACE, chunk, png
from tests.progress import scenes
from tests.stories.test_news import TEXT, pictured, published
from tests.web.walk import address_of, press, queries_of, read

PLACE_OF_NEWS = "/lam-viec/tin/"


@pytest.fixture
def plan(on_the_day: None, lan: Actor, minh: Actor, hoa: Actor, division: Unit, media: Path) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


def test_news_is_written_from_the_plan_shown_and_taken_down_page_by_page(
    as_lan: Client, as_minh: Client, as_mai: Client, plan: Movement
) -> None:
    assert "Viết tin từ đây" in read(as_lan.get(address_of(plan))).words
    for reader in (as_minh, as_mai):
        assert "Viết tin từ đây" not in read(reader.get(address_of(plan))).words
    new = f"{PLACE_OF_NEWS}tu/ke-hoach/{plan.code}/"
    assert f"Phát động: {plan.title}" in as_lan.get(new).content.decode()
    press(as_lan, new, title="Phát động tiết kiệm", body="Đoạn một.\n\nĐoạn hai.")
    article = Article.objects.get()
    page = f"{PLACE_OF_NEWS}{article.code}/"
    sent = SimpleUploadedFile("le.png", png(chunk(b"tEXt", PLACE)), "image/png")
    assert press(as_lan, f"{page}anh-moi/", file=sent, alt="Lễ phát động").status_code == 302
    StoredFile.objects.filter(name="le.png").update(state="usable", kind="png")
    press(as_lan, f"{page}sua/", lead="Sở phát động phong trào.")
    press(as_lan, f"{page}buoc/submit/")
    assert "Duyệt đăng tin: Phát động tiết kiệm" in read(as_minh.get("/lam-viec/")).words
    visitor = Client()
    public = f"/tin/{article.code}/"
    picture = article.pictures.get().file.code
    for address in (public, f"{public}anh/{picture}/", f"{page}html/"):
        assert (visitor if address.startswith("/tin") else as_lan).get(address).status_code == 404
    press(as_minh, f"{page}buoc/publish/")
    assert (
        "Sở phát động phong trào. Lễ phát động Đoạn một. Đoạn hai. Nguồn: Kế hoạch số 09/KH-STC"
        in read(visitor.get(public)).words
    )
    answer = visitor.get(f"{public}anh/{picture}/")
    assert (answer.content, answer.headers["Content-Type"]) == (png(), "image/png")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert as_lan.get(f"{page}anh/{picture}/").content == png()
    for address in ("/", "/tin/", "/tin/rss.xml"):
        assert "Phát động tiết kiệm" in visitor.get(address).content.decode()
    assert "Lấy HTML" in read(as_lan.get(page)).words
    press(as_minh, f"{page}buoc/withdraw/", reason="Đăng nhầm.")
    for address in (public, f"{public}anh/{picture}/"):
        assert visitor.get(address).status_code == 404
    for address in ("/", "/tin/", "/tin/rss.xml"):
        assert "Phát động tiết kiệm" not in visitor.get(address).content.decode()
    assert as_mai.get(page).status_code == 404


def test_a_picture_can_be_taken_out_again(as_lan: Client, lan: Actor, plan: Movement) -> None:
    article = actions.draft_article(plan, TEXT, by=lan)
    picture = pictured(article, lan)
    assert as_lan.post(f"{PLACE_OF_NEWS}{article.code}/anh/{picture.file.code}/bo/").status_code == 302
    assert article.pictures.count() == 0


def test_what_is_missing_is_said_in_words(as_lan: Client, lan: Actor, plan: Movement) -> None:
    article = actions.draft_article(plan, TEXT, by=lan)
    words = read(press(as_lan, f"{PLACE_OF_NEWS}{article.code}/anh-moi/", alt="")).words
    assert "Chưa chọn ảnh." in words
    assert "Xin ghi lời tả ảnh." in words
    assert as_lan.get(f"{PLACE_OF_NEWS}tu/chuyen-khac/{plan.code}/").status_code == 404


def test_the_feed_tells_of_news_with_whole_addresses(as_lan: Client, lan: Actor, minh: Actor, plan: Movement) -> None:
    article = published(actions.draft_article(plan, TEXT, by=lan), lan, minh)
    answer = Client().get("/tin/rss.xml")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    item = ET.fromstring(answer.content).find("channel/item")  # noqa: S314 (our own feed)
    assert item is not None
    assert [item.findtext(name) for name in ("title", "link", "description", "guid", "pubDate")] == [
        TEXT.title,
        f"http://testserver/tin/{article.code}/",
        TEXT.lead,
        f"bangvang-article-{article.code}",
        "Mon, 02 Mar 2026 00:00:00 +0700",
    ]


def test_clean_html_has_no_classes_and_whole_addresses(as_lan: Client, lan: Actor, minh: Actor, plan: Movement) -> None:
    article = actions.draft_article(plan, TEXT, by=lan)
    picture = pictured(article, lan)
    published(article, lan, minh)
    page = f"{PLACE_OF_NEWS}{article.code}/"
    answer = as_lan.get(f"{page}tin.html")
    html = answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith(
        'attachment; filename="Phat-dong-phong-trao-tiet-kiem.html"'
    )
    assert (
        f'<img src="http://testserver/tin/{article.code}/anh/{picture.file.code}/" alt="Lễ phát động ở hội trường">'
        in html
    )
    assert f'<a href="http://testserver/tin/{article.code}/">' in html
    assert 'class="' not in html
    shown = as_lan.get(f"{page}html/").content.decode()
    assert "&lt;h2&gt;Phát động phong trào tiết kiệm&lt;/h2&gt;" in shown


def test_a_list_costs_the_same_however_long(as_lan: Client, lan: Actor, minh: Actor, plan: Movement) -> None:
    as_lan.get(PLACE_OF_NEWS)  # the first page of a session costs more
    costs = []
    for count in (1, 3):
        while Article.objects.count() < count:
            published(actions.draft_article(plan, TEXT, by=lan), lan, minh)
        costs.append(
            [queries_of(as_lan, PLACE_OF_NEWS), queries_of(Client(), "/tin/"), queries_of(Client(), "/tin/rss.xml")]
        )
    assert costs[0] == costs[1]
    assert factories.verbs_of(Article.objects.order_by("pk")[0])[0] == "article.draft"
