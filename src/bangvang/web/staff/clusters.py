"""Clusters and blocks: the list, one with members, yearly heads and pacts, and what the standing clerk keeps of them."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bangvang.kernel.workflow import Refused
from bangvang.movements.access import may_write_pact, pacts_visible_to
from bangvang.movements.models import Pact
from bangvang.people import actions
from bangvang.people.access import clusters_visible_to, may_keep_cluster, may_see_dossiers, may_set_up_clusters
from bangvang.people.models import Cluster, ClusterMember
from bangvang.people.queries import may_join_cluster_of, members_of
from bangvang.web.staff.cluster_forms import ClusterForm, HeadsForm, JoinForm, LeaveForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.story import story_of

PACT_CHIPS = {"draft": "ink", "signing": "next", "in_force": "ok"}
LIST = "Cụm, khối thi đua"


def seen(request: StaffRequest, code: str) -> Cluster:
    """The cluster, if this actor may see it; else the same 404 as for one that is not there."""
    return get_object_or_404(clusters_visible_to(request.actor).select_related("agency__parent"), code=code)


def _kept(request: StaffRequest, code: str) -> Cluster:
    cluster = seen(request, code)
    if not (verdict := may_keep_cluster(request.actor, cluster)):
        raise Refused(verdict)
    return cluster


def all_clusters(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    found = clusters_visible_to(request.actor).prefetch_related("heads__unit", "members")
    day = request.actor.day
    rows = [
        (
            cluster,
            sum(member.is_valid_on(day) for member in cluster.members.all()),
            [head for head in cluster.heads.all() if head.year == day.year],
        )
        for cluster in found
    ]
    context = {"rows": rows, "year": day.year, "may_set_up": bool(may_set_up_clusters(request.actor))}
    return render(request, "staff/clusters/all.html", context)


def one(request: StaffRequest, code: str) -> HttpResponse:
    cluster = seen(request, code)
    actor = request.actor
    pacts = pacts_visible_to(actor).filter(cluster=cluster)
    years: dict[int, list[Any]] = {}
    for head in cluster.heads.select_related("unit"):
        years.setdefault(head.year, []).append(head)
    context = {
        "cluster": cluster,
        "members": [(member, member.is_valid_on(actor.day)) for member in cluster.members.select_related("unit")],
        "years": list(years.items()),
        "pacts": [(pact, PACT_CHIPS[pact.state]) for pact in pacts],
        "may_keep": bool(may_keep_cluster(actor, cluster)),
        "may_draft": bool(may_write_pact(actor, Pact(cluster=cluster, year=actor.day.year))),
        "story": story_of(cluster),
    }
    return render(request, "staff/clusters/one.html", context)


def asked(request: StaffRequest, form: Form, label: str, hint: str, cluster: Cluster | None = None) -> HttpResponse:
    """The page of one small form about clusters."""
    here = reverse("clusters:one", args=[cluster.code]) if cluster else reverse("clusters:all")
    crumbs = [(reverse("clusters:all"), LIST), *([(here, cluster.name)] if cluster else [])]
    context = {
        "step": {"label": label, "hint": hint},
        "form": form,
        "about": cluster.name if cluster else LIST,
        "back": here,
        "crumbs": crumbs,
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def new(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_set_up_clusters(request.actor)):
        raise Refused(verdict)
    form = ClusterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cluster = actions.open_cluster(**form.cleaned_data, by=request.actor)
        messages.success(request, "Đã ghi. Thêm các thành viên, rồi ghi trưởng, phó của năm.")
        return redirect("clusters:one", cluster.code)
    return asked(request, form, "Ghi một cụm, khối", "Theo quyết định của cơ quan tổ chức cụm, khối.")


def join(request: StaffRequest, code: str) -> HttpResponse:
    cluster = _kept(request, code)
    inside = {unit.pk for unit in members_of(cluster, request.actor.day)}
    units = [unit for unit in may_join_cluster_of(cluster.agency, request.actor.day) if unit.pk not in inside]
    form = JoinForm(units, request.POST or None, initial={"since": cluster.valid_from})
    if request.method == "POST" and form.is_valid():
        unit = form.by_code[form.cleaned_data["unit"]]
        try:
            actions.join_cluster(cluster, unit, since=form.cleaned_data["since"], by=request.actor)
        except Refused as refused:
            form.add_error(None, refused.verdict.reason)
        else:
            messages.success(request, f"{unit.name} đã ở {cluster.name}.")
            return redirect("clusters:one", code)
    return asked(request, form, "Thêm thành viên", "Một đơn vị ở một cụm, khối của cơ quan tại một thời điểm.", cluster)


def leave(request: StaffRequest, code: str, unit: str) -> HttpResponse:
    cluster = _kept(request, code)
    standing = ClusterMember.objects.filter(cluster=cluster, valid_until__isnull=True).select_related("unit", "cluster")
    member = get_object_or_404(standing, unit__code=unit)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave_cluster(member, last_day=form.cleaned_data["last_day"], by=request.actor)
        except Refused as refused:
            form.add_error("last_day", refused.verdict.reason)
        else:
            messages.success(request, f"Đã ghi ngày {member.unit.name} rời {cluster.name}.")
            return redirect("clusters:one", code)
    return asked(request, form, f"Ghi {member.unit.name} rời", "Giao ước đã ký và kết quả đã chấm vẫn còn.", cluster)


def heads(request: StaffRequest, code: str) -> HttpResponse:
    cluster = _kept(request, code)
    year = request.actor.day.year
    units = [member.unit for member in cluster.members.select_related("unit")]
    named = {head.unit.code: head.role for head in cluster.heads.filter(year=year).select_related("unit")}
    initial = {
        "year": year,
        "lead": next((unit for unit, role in named.items() if role == "lead"), ""),
        "deputies": [unit for unit, role in named.items() if role == "deputy"],
    }
    form = HeadsForm(units, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        deputies = [form.by_code[unit] for unit in given["deputies"]]
        try:
            actions.name_cluster_heads(cluster, given["year"], form.by_code[given["lead"]], deputies, by=request.actor)
        except Refused as refused:
            form.add_error(None, refused.verdict.reason)
        else:
            messages.success(request, f"Đã ghi trưởng, phó năm {given['year']}.")
            return redirect("clusters:one", code)
    return asked(
        request, form, "Ghi trưởng, phó của năm", "Ghi lại thì thay cho lần trước; lần trước còn trong chuyện.", cluster
    )
