"""Duplicates: which firms are probably one, side by side, merged and, for thirty days, two again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import rules
from consultations.firm_appointments import appointments_with
from consultations.forms.firms import MergeForm, compared
from consultations.views.desk_firms import editable_pair
from consultations.views.times import CONFLICT
from partnership.firm_duplicates import likely_pairs, rate
from partnership.firm_merging import (
    mark_no_duplicate,
    merge_firms,
    refuse_undo,
    undo_merge,
    undo_until,
    who_speaks_for,
)
from partnership.known_firms import firms_visible_to
from partnership.models import Firm, FirmMerge, Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import berlin_day, long_date, numeric_date, short_moment


@login_required
@never_cache
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_desk(posts):
        raise PermissionDenied
    pairs = [
        pair
        for pair in likely_pairs(firms_visible_to(posts))
        if rules.may_edit_firm(posts, pair.first) and rules.may_edit_firm(posts, pair.second)
    ]
    heading = ngettext("%(count)d Paar", "%(count)d Paare", len(pairs)) % {"count": len(pairs)}
    return render(request, "consultations/desk/duplicates.html", {"pairs": pairs, "heading": heading})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Both side by side; the post merges."""
    firms = editable_pair(request, first, second)
    data = request.POST if request.method == "POST" else None
    form = MergeForm(data, firms=firms, preferred=_preferred(firms))
    refusal = None
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, Person)
        try:
            merge = merge_firms(
                heir_id=form.heir.pk, merged_id=form.merged.pk, values=form.values(), actor=request.user
            )
        except Refusal as error:
            refusal = error
        else:
            until = numeric_date(berlin_day(undo_until(merge)))
            messages.success(
                request, _("Zusammengeführt. Bis %(day)s lässt sich das rückgängig machen.") % {"day": until}
            )
            return redirect("appointments:firm", merge.heir_id)
    context = {
        "firms": firms,
        "rows": _side_by_side(request, firms),
        "rated": rate(*firms),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "consultations/desk/pair.html", context, status=CONFLICT if refusal else 200)


@login_required
@require_POST
def no_duplicate(request: HttpRequest, first: int, second: int) -> HttpResponse:
    firms = editable_pair(request, first, second)
    assert isinstance(request.user, Person)
    mark_no_duplicate(firms=firms, actor=request.user)
    messages.success(request, _("Vermerkt: Das sind zwei Firmen. Das Paar erscheint nicht mehr."))
    return redirect("appointments:duplicates")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes back, before it does."""
    posts = posts_for(request)
    merge = get_object_or_404(
        FirmMerge.objects.filter(heir__in=firms_visible_to(posts)).select_related(
            "heir", "merged", "merged_by"
        ),
        pk=pk,
    )
    if not rules.may_edit_firm(posts, merge.heir):
        raise PermissionDenied
    refusal = None
    try:
        if request.method == "POST":
            assert isinstance(request.user, Person)
            undo_merge(merge_id=merge.pk, actor=request.user)
        else:
            refuse_undo(merge)
    except Refusal as error:
        refusal = error
    if request.method == "POST" and refusal is None:
        messages.success(request, _("Rückgängig gemacht. Es sind wieder zwei Firmen."))
        return redirect("appointments:firm", merge.merged_id)
    context = {
        "merge": merge,
        "stays": merge.before["name"] if merge.heir.name == merge.after["name"] else merge.heir.name,
        "when": short_moment(merge.merged_at),
        "until": long_date(berlin_day(undo_until(merge))),
        "goes_back": _goes_back(merge),
        "refusal": refusal,
    }
    status = CONFLICT if refusal and request.method == "POST" else 200
    return render(request, "consultations/desk/merge_undo.html", context, status=status)


def _preferred(firms: tuple[Firm, Firm]) -> Firm:
    """Who is spoken for, then who has more appointments, then the older row."""
    spoken_for = set(who_speaks_for(*firms).values_list("firm", flat=True))
    counts = dict(
        Firm.objects.filter(pk__in=[firm.pk for firm in firms]).values_list("pk", Count("appointments"))
    )
    return max(firms, key=lambda firm: (firm.pk in spoken_for, counts[firm.pk], -firm.pk))


def _side_by_side(request: HttpRequest, firms: tuple[Firm, Firm]) -> list[dict[str, Any]]:
    posts = posts_for(request)
    found = []
    for firm in firms:
        figures = (
            appointments_with(firm, posts).order_by().aggregate(n=Count("pk"), last=Max("period__startswith"))
        )
        last = short_moment(figures["last"]) if figures["last"] else ""
        found.append({"count": figures["n"], "last": last})
    spoken_for = set(who_speaks_for(*firms).values_list("firm", flat=True))
    rows: list[tuple[str, list[str]]] = [(str(label), list(words)) for _n, label, words in compared(*firms)]
    rows += [
        (_("Betriebsstätten"), ["; ".join(str(site) for site in firm.sites.all()) for firm in firms]),
        (_("Ansprechpersonen"), [", ".join(c.name for c in firm.contacts.all()) for firm in firms]),
        (_("Zugang zum Konto"), [_("ja") if firm.pk in spoken_for else _("niemand") for firm in firms]),
        (_("Angelegt"), [numeric_date(berlin_day(firm.created_at)) for firm in firms]),
        (_("Termine in Ihren Häusern"), [str(f["count"]) for f in found]),
        (_("Letzter Termin"), [f["last"] for f in found]),
    ]
    return [{"label": label, "words": words, "differs": words[0] != words[1]} for label, words in rows]


def _goes_back(merge: FirmMerge) -> list[str]:
    """'7 Termine', '2 Ansprechpersonen'."""
    counts = {name: len(keys) for name, keys in merge.moved.items()}
    found = []
    if n := counts.get("consultations.appointment"):
        found.append(ngettext("%(n)d Termin", "%(n)d Termine", n) % {"n": n})
    if n := counts.get("partnership.firmcontact"):
        found.append(ngettext("%(n)d Ansprechperson", "%(n)d Ansprechpersonen", n) % {"n": n})
    if n := counts.get("partnership.site"):
        found.append(ngettext("%(n)d Betriebsstätte", "%(n)d Betriebsstätten", n) % {"n": n})
    if n := counts.get("partnership.firm"):
        words = ngettext("%(n)d früher aufgegangene Firma", "%(n)d früher aufgegangene Firmen", n)
        found.append(words % {"n": n})
    return found
