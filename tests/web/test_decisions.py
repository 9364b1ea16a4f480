"""Decisions over HTTP: from the round to the public page and the certificate, refusals in words, copies compared."""

import pytest
from django.test import Client

from bangvang.decisions.models import Certificate, Decision
from bangvang.people.actor import Actor
from tests import factories
from tests.decisions import round as rounds
from tests.web.walk import press


@pytest.fixture
def council_done(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, media: object) -> rounds.Round:
    return rounds.build(lan, minh, hoa, mai)


def at(decision: Decision, rest: str = "") -> str:
    return f"/lam-viec/quyet-dinh/{decision.code}/{rest}"


def test_the_way_from_the_round_to_the_public_page(
    council_done: rounds.Round, as_lan: Client, as_minh: Client, as_hoa: Client
) -> None:
    movement = council_done.dossier.movement
    assert movement is not None
    answer = press(
        as_lan, f"/lam-viec/quyet-dinh/moi/{movement.code}/", minutes_number="05/BB-HĐ", minutes_on="27/02/2026"
    )
    assert answer.status_code == 302
    decision = Decision.objects.get()
    assert press(as_lan, at(decision, "buoc/submit/")).status_code == 302
    assert press(as_minh, at(decision, "buoc/approve/"), password=factories.PASSWORD).status_code == 302
    assert press(as_hoa, at(decision, "buoc/number/"), number="431", issued_on="02/03/2026").status_code == 302
    rounds.with_copy(decision)
    page = as_hoa.get(at(decision, "doi-chieu/")).content.decode()
    keys = [part.split('"')[0] for part in page.split('name="muc"\n')[0:0]] or None
    from bangvang.decisions import comparing

    decision.refresh_from_db()
    fields = [key for key, _ in comparing.fields_to_see(decision)]
    assert keys is None
    assert as_hoa.post(at(decision, "doi-chieu/"), {"viec": "doi-chieu", "muc": fields}).status_code == 302
    assert press(as_hoa, at(decision, "buoc/issue/")).status_code == 302
    assert press(as_lan, at(decision, "buoc/publish/")).status_code == 302
    public = Client().get(f"/bang-vang/{decision.code}/").content.decode()
    assert ("Ông Trần Văn Bình" in public, "710" in public) == (True, False)
    certificate = Certificate.objects.get(number=1)
    shown = Client().get(f"/xac-minh/{certificate.code}/").content.decode()
    assert "Giấy này có thật và còn hiệu lực" in shown
