"""Feasibility studies: read by the partners, run by those who coordinate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assetmarking.forms.pilots import (
    CampaignForm,
    CorrectionForm,
    DecisionForm,
    NewPilotForm,
    PilotForm,
    RemovalForm,
)
from assetmarking.models import Campaign, Pilot
from assetmarking.pilots import deciding, planning
from assetmarking.pilots.page import lay_out_pilot, mark_of, period_of
from assetmarking.pilots.paper import pdf_of_pilot
from assetmarking.pilots.words import RULES
from assetmarking.queries import campaigns_visible_to, pilots_visible_to
from assetmarking.rules import may_read_pilots, may_run_pilot, may_run_pilots
from partnership.queries import members_of, partnerships_visible_to
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.times import numeric_date, today
from partnership.views.administration.pages import FormPage, acting, allow, posted, seen_version, show_form


@login_required
@never_cache
@require_safe
def pilots(request: HttpRequest) -> HttpResponse:
    posts = _posts_of_reader(request)
    rows = [(pilot, mark_of(pilot, today=today()), period_of(pilot)) for pilot in pilots_visible_to(posts)]
    context = {"rows": rows, "may_add": may_run_pilots(posts)}
    return render(request, "assetmarking/pilots/pilots.html", context)


@login_required
@never_cache
@require_safe
def pilot(request: HttpRequest, pk: int) -> HttpResponse:
    posts = _posts_of_reader(request)
    found = get_object_or_404(pilots_visible_to(posts), pk=pk)
    context = {
        "pilot": found,
        "page": lay_out_pilot(found, today=today()),
        "rules": RULES,
        "may_run": may_run_pilot(posts, found),
        "may_decide": not found.decision and not deciding.why_not_decided(found),
        "may_remove": not planning.why_pilot_stays(found, list(found.campaigns.all())),
    }
    return render(request, "assetmarking/pilots/pilot.html", context)


@login_required
@never_cache
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(pilots_visible_to(_posts_of_reader(request)), pk=pk)
    response = HttpResponse(pdf_of_pilot(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="machbarkeit-{found.pk}-{today():%Y-%m-%d}.pdf"'
    return response


@login_required
@never_cache
@allow
def pilot_new(request: HttpRequest) -> HttpResponse:
    posts = _posts_of_reader(request)
    if not may_run_pilots(posts):
        raise PermissionDenied
    form = NewPilotForm(posted(request), partnerships=list(partnerships_visible_to(posts)))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = planning.add_pilot(
                partnership=form.partnership_chosen, values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Prüfung ist angelegt. Planen Sie jetzt die erste Aktion."))
            return redirect("pilots:pilot", made.pk)
    page = FormPage(
        title=_("Machbarkeitsprüfung anlegen"),
        back_url=reverse("pilots:pilots"),
        back_words=_("Zur Machbarkeit"),
        submit=_("Anlegen"),
    )
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def pilot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_pilot(request, pk)
    form, refusal = PilotForm(posted(request), instance=_own_pilot(request, pk)), None
    if request.method == "POST" and form.is_valid():
        try:
            fields = planning.change_pilot(
                pilot_id=pk, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal, found = error, _own_pilot(request, pk)
        else:
            _say_saved(request, fields)
            return redirect("pilots:pilot", pk)
    page = _page_below(found, title=_("Angaben und Ziele"), submit=_("Speichern"))
    return show_form(request, form, page, refusal=refusal, thing=found)


@login_required
@never_cache
@allow
def pilot_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks before."""
    found = _own_pilot(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            planning.remove_pilot(pilot_id=pk, actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("„%(name)s“ ist gelöscht.") % {"name": found.name})
            return redirect("pilots:pilots")
    page = _page_below(found, title=_("Prüfung löschen?"), submit=_("Prüfung löschen"))
    page.notes.append(_("Geplante Aktionen gehen mit, ihre Codes gelten dann nicht mehr."))
    return show_form(request, RemovalForm(), page, refusal=refusal)


@login_required
@never_cache
@allow
def campaign_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_pilot(request, pk)
    form = CampaignForm(posted(request), members=list(members_of(found.partnership)))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = planning.add_campaign(
                pilot_id=pk, values=form.values, partners=form.partners, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(
                request,
                _("Der Code der Aktion ist %(code)s. Geben Sie ihn den Firmen mit.") % {"code": made.code},
            )
            return redirect("pilots:pilot", pk)
    page = _page_below(found, title=_("Aktion planen"), submit=_("Eintragen"))
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def campaign_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_campaign(request, pk)
    members = list(members_of(found.pilot.partnership))
    form = CampaignForm(posted(request), instance=_own_campaign(request, pk), members=members)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = planning.change_campaign(
                campaign_id=pk,
                seen=seen_version(request),
                values=form.values,
                partners=form.partners,
                actor=acting(request),
            )
        except Refusal as error:
            refusal, found = error, _own_campaign(request, pk)
        else:
            _say_saved(request, fields)
            return redirect("pilots:pilot", found.pilot_id)
    page = _page_below(
        found.pilot,
        title=_("Aktion in %(place)s am %(day)s") % {"place": found.place, "day": numeric_date(found.day)},
        submit=_("Speichern"),
        template="assetmarking/pilots/campaign.html",
    )
    extra = {"campaign": found, "may_remove": not planning.why_not_removed(found)}
    return show_form(request, form, page, refusal=refusal, thing=found, extra=extra)


@login_required
@require_POST
def campaign_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_campaign(request, pk)
    try:
        planning.remove_campaign(campaign_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("pilots:campaign_edit", pk)
    messages.success(request, _("Die Aktion ist gestrichen."))
    return redirect("pilots:pilot", found.pilot_id)


@login_required
@never_cache
@allow
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_pilot(request, pk)
    if found.decision:
        return redirect("pilots:correct", pk)
    if sentence := deciding.why_not_decided(found):
        messages.warning(request, sentence)
        return redirect("pilots:pilot", pk)
    form, refusal = DecisionForm(posted(request), initial={"decided_on": today()}), None
    if request.method == "POST" and form.is_valid():
        try:
            deciding.decide(
                pilot_id=pk, seen=seen_version(request), actor=acting(request), **form.cleaned_data
            )
        except Refusal as error:
            refusal, found = error, _own_pilot(request, pk)
        else:
            messages.success(request, _("Die Entscheidung ist eingetragen und steht im Bericht."))
            return redirect("pilots:pilot", pk)
    page = _page_below(found, title=_("Entscheidung"), submit=_("Eintragen"))
    page.notes.append(_("Mit ihr werden die Zahlen festgehalten, wie sie jetzt im Bericht stehen."))
    return show_form(request, form, page, refusal=refusal, thing=found)


@login_required
@never_cache
@allow
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_pilot(request, pk)
    if not found.decision:
        return redirect("pilots:decide", pk)
    names = ("decision", "decided_on", "decided_by")
    initial = {name: getattr(found, name) for name in names} | {"reason": found.decision_reason}
    form, refusal = CorrectionForm(posted(request), initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            deciding.correct_decision(
                pilot_id=pk, seen=seen_version(request), actor=acting(request), **form.cleaned_data
            )
        except Refusal as error:
            refusal, found = error, _own_pilot(request, pk)
        else:
            messages.success(request, _("Die Berichtigung steht im Bericht."))
            return redirect("pilots:pilot", pk)
    page = _page_below(found, title=_("Entscheidung berichtigen"), submit=_("Berichtigen"))
    page.notes.append(
        _("Die Zahlen, auf denen sie beruht, bleiben dieselben. Im Protokoll steht, was vorher galt.")
    )
    return show_form(request, form, page, refusal=refusal, thing=found)


def _posts_of_reader(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not may_read_pilots(posts):
        raise PermissionDenied
    return posts


def _own_pilot(request: HttpRequest, pk: int) -> Pilot:
    posts = _posts_of_reader(request)
    found = get_object_or_404(pilots_visible_to(posts), pk=pk)
    if not may_run_pilot(posts, found):
        raise PermissionDenied
    return found


def _own_campaign(request: HttpRequest, pk: int) -> Campaign:
    posts = _posts_of_reader(request)
    found = get_object_or_404(campaigns_visible_to(posts), pk=pk)
    if not may_run_pilot(posts, found.pilot):
        raise PermissionDenied
    return found


def _say_saved(request: HttpRequest, fields: list[str]) -> None:
    messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))


def _page_below(
    found: Pilot, *, title: str, submit: str, template: str = "partnership/administration/form.html"
) -> FormPage:
    return FormPage(
        title=title,
        preline=found.name,
        back_url=reverse("pilots:pilot", args=[found.pk]),
        back_words=_("Zur Prüfung"),
        submit=submit,
        template=template,
    )
