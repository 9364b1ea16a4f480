"""What every page's frame needs: agency, navigation for the role, the assumed day of a demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from bangvang import vietnamese
from bangvang.people.models import Duty, Unit
from bangvang.statistics.access import may_read_reports

STAFF_PLACES = (
    ("tasks", "tasks:mine", "Việc của tôi"),
    ("movements", "movements:all", "Phong trào"),
    ("dossiers", "dossiers:all", "Hồ sơ khen thưởng"),
    ("council", "council:all", "Hội đồng"),
    ("decisions", "decisions:all", "Quyết định"),
    ("people", "people:all", "Sổ vàng"),
    ("law", "law:all", "Quy định"),
)
ADMINISTRATOR_PLACES = (
    ("tasks", "tasks:mine", "Việc của tôi"),
    ("accounts", "accounts:all", "Tài khoản"),
    ("units", "units:all", "Đơn vị"),
    ("law", "law:all", "Quy định"),
)
PUBLIC_PLACES = (
    ("home", "portal:home", "Trang chủ"),
    ("public", "portal:movements", "Phong trào"),
    ("honours", "portal:decisions", "Bảng vàng"),
    ("verify", "portal:verify", "Kiểm tra giấy khen"),
    ("news", "portal:news", "Tin"),
    ("stories", "portal:stories", "Gương điển hình"),
    ("help", "portal:help", "Hướng dẫn"),
)


# Pages that belong to a place of another name: a movement's documents, one person or unit of the ledger.
STAFF_HERE = {
    "reviews": "movements",
    "registrations": "movements",
    "progress": "movements",
    "conduct": "movements",
    "clusters": "movements",
    "pacts": "movements",
    "scores": "movements",
    "unit_plans": "movements",
    "years": "movements",
    "initiatives": "people",
    "eligibility": "people",
    "sweeps": "people",
    "ledger": "people",
    "intake": "people",
    "claims": "people",
    "stories": "people",
    "news": "movements",
    "deeds": "dossiers",
    "summaries": "movements",
    "certificates": "people",
}
PUBLIC_HERE = {
    "story": "stories",
    "article": "news",
    "movement": "public",
    "movements": "public",
    "decision": "honours",
    "decisions": "honours",
    "certificate": "verify",
}


def _here(request: HttpRequest) -> str:
    """Which place of the navigation the page belongs to."""
    match = request.resolver_match
    if match is None:
        return ""
    name = match.url_name or ""
    return (
        PUBLIC_HERE.get(name, name) if match.namespace == "portal" else STAFF_HERE.get(match.namespace, match.namespace)
    )


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page."""
    actor = getattr(request, "actor", None)
    places: tuple[tuple[str, str, str], ...]
    if actor is None:
        places = PUBLIC_PLACES
    elif actor.role == Duty.Role.ADMINISTRATOR:
        places = ADMINISTRATOR_PLACES
    else:
        reports = (("reports", "reports:first", "Báo cáo"),) if may_read_reports(actor) else ()
        places = (*STAFF_PLACES, ("units", "units:all", "Đơn vị"), *reports)
    agency = (
        actor.agency if actor else Unit.objects.filter(kind=Unit.Kind.AGENCY, parent__kind=Unit.Kind.PROVINCE).first()
    )
    return {
        "actor": actor,
        "agency": agency,
        "places": [(key, reverse(name), label) for key, name, label in places],
        "here": _here(request),
        "demo": settings.DEMO,
        "assumed_today": vietnamese.format_date(settings.ASSUMED_TODAY) if settings.ASSUMED_TODAY else "",
    }
