"""Pictures of each page type at 1280 and 360 px: the evidence of 1.6 and, copied into docs/screenshots, the README's."""

from typing import TYPE_CHECKING

from tests.proofs import page_checks
from tests.proofs.moments import movement
from tests.proofs.walking import Seen

if TYPE_CHECKING:
    from tests.proofs.desk import Desk

WIDTHS = {page_checks.WIDE: 820, page_checks.PHONE: 800}  # width and height of the window


def page_types() -> dict[str, tuple[str, str]]:
    """Name of the picture → role and address."""
    from bangvang.council.models import Session
    from bangvang.decisions.models import Certificate, Decision
    from bangvang.dossiers.models import Dossier
    from bangvang.movements.models import Movement, PlanReview
    from bangvang.people.models import User

    voting = f"/lam-viec/hoi-dong/phien/{Session.objects.get(state='voting').code}/"
    review = PlanReview.objects.filter(state="open")[0]
    submitted = Dossier.objects.filter(state="submitted")[0]
    honoured = Decision.objects.get(state="issued")
    slipped = Decision.objects.get(state="numbered")
    certificate = Certificate.objects.order_by("number")[0]
    shown = Movement.objects.filter(publicity="shown").order_by("-issued_on")[0]
    person = User.objects.get(username="truongphong").person
    assert person is not None
    return {
        "tasks": ("giamdoc", "/lam-viec/"),
        "movements": ("thuongtruc", "/lam-viec/phong-trao/"),
        "movement": ("giamdoc", movement("submitted")),
        "plan-form": ("thuongtruc", movement("returned") + "sua/"),
        "step": ("giamdoc", movement("submitted") + "approve/"),
        "review": ("thuongtruc", f"/lam-viec/ban-doc/{review.code}/"),
        "board": ("thuongtruc", movement("rolled_out")),
        "dossier": ("thuongtruc", f"/lam-viec/ho-so/{submitted.code}/"),
        "nomination": (
            "thuongtruc",
            f"/lam-viec/ho-so/{submitted.code}/de-nghi/{submitted.nominations.all()[0].code}/",
        ),
        "sweep": ("thuongtruc", "/lam-viec/ra-soat/"),
        "session": ("thuongtruc", voting),
        "ballot": ("giamdoc", f"{voting}phieu/"),
        "compare": ("vanthu", f"/lam-viec/quyet-dinh/{slipped.code}/doi-chieu/"),
        "law": ("chuyenvien", "/lam-viec/quy-dinh/grassroots_emulation_fighter/"),
        "people": ("thuongtruc", "/lam-viec/so-vang/"),
        "person": ("thuongtruc", f"/lam-viec/so-vang/{person.code}/"),
        "units": ("thuongtruc", "/lam-viec/don-vi/"),
        "portal-home": ("", "/"),
        "portal-movement": ("", f"/phong-trao/{shown.code}/"),
        "portal-decision": ("", f"/bang-vang/{honoured.code}/"),
        "certificate": ("", f"/xac-minh/{certificate.code}/"),
        "login": ("", "/dang-nhap/"),
        "refused": ("vanthu", "/lam-viec/phong-trao/moi/"),
    }


PAGE_TYPES = (
    "tasks", "movements", "movement", "plan-form", "step", "review", "board", "dossier", "nomination", "sweep", "session", "ballot",
    "compare", "law", "people", "person", "units", "portal-home", "portal-movement", "portal-decision", "certificate", "login",
    "refused",
)  # fmt: skip


def file_names() -> set[str]:
    return {f"{name}-{width}.png" for name in PAGE_TYPES for width in WIDTHS}


def keep_screens(desk: "Desk", pages: list[Seen]) -> int:
    """Two pictures of each page type as first seen (screens/), and of every walked shape as a whole page (pages/)."""
    types = page_types()
    desk.run.expect("page types", tuple(types), PAGE_TYPES)
    count = 0
    for name, (role, path) in types.items():
        tab = desk.tab(role, scripts=True)
        for width, height in WIDTHS.items():
            tab.set_viewport_size({"width": width, "height": height})
            tab.goto(desk.site.url(path))
            desk.run.keep(f"screens/{name}-{width}.png", tab.screenshot())
            desk.run.keep(f"pages/{name}-{width}.png", tab.screenshot(full_page=True))
            count += 1
    return count
