import datetime

import pytest
import time_machine

from bangvang.kernel import drafts
from bangvang.people.actor import Actor

START = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)


def test_a_draft_is_its_owners_and_has_no_secret(lan: Actor, hoa: Actor) -> None:
    typed = {"title": "Thi đua", "csrfmiddlewaretoken": "x", "password": "y", "new_password1": "z"}
    drafts.keep(lan.user.pk, "movement:new", typed, address="/lam-viec/")
    found = drafts.find(lan.user.pk, "movement:new")
    assert found is not None
    assert (found.fields, found.address) == ({"title": "Thi đua"}, "/lam-viec/")
    assert drafts.find(hoa.user.pk, "movement:new") is None


def test_keeping_again_replaces_and_dropping_removes(lan: Actor) -> None:
    drafts.keep(lan.user.pk, "f", {"title": "một"})
    drafts.keep(lan.user.pk, "f", {"title": "hai"})
    found = drafts.find(lan.user.pk, "f")
    assert found is not None
    assert found.fields == {"title": "hai"}
    drafts.drop(lan.user.pk, "f")
    assert drafts.find(lan.user.pk, "f") is None


def test_a_form_too_long_to_keep_is_refused_and_the_kept_one_stays(lan: Actor) -> None:
    drafts.keep(lan.user.pk, "f", {"title": "ngắn"})
    with pytest.raises(ValueError, match="dài quá mức lưu tạm"):
        drafts.keep(lan.user.pk, "f", {"title": "x" * (drafts.LARGEST + 1)})
    found = drafts.find(lan.user.pk, "f")
    assert found is not None
    assert found.fields == {"title": "ngắn"}


def test_drafts_untouched_for_thirty_days_are_forgotten(lan: Actor) -> None:
    with time_machine.travel(START, tick=False):
        drafts.keep(lan.user.pk, "old", {})
    with time_machine.travel(START + datetime.timedelta(minutes=1), tick=False):
        drafts.keep(lan.user.pk, "young", {})
    with time_machine.travel(START + drafts.KEPT + datetime.timedelta(seconds=1), tick=False):
        assert drafts.forget_old() == 1
    assert drafts.find(lan.user.pk, "old") is None
    assert drafts.find(lan.user.pk, "young") is not None
