"""An officer makes a request for a visit of a talk that took place, or for somebody on the telephone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.forms.visit_noting import AfterTalkForm, OfficersCallerForm
from consultations.models import VisitRequest
from consultations.queries import appointments_visible_to, member_chambers
from consultations.visits import noting, rules
from partnership.current import current_partnership
from partnership.models import Organisation
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import long_period
from partnership.views.administration.pages import CONFLICT, acting, allow, posted

Form = AfterTalkForm | OfficersCallerForm


@login_required
@never_cache
@allow
def after_talk(request: HttpRequest, reference: str) -> HttpResponse:
    posts = posts_for(request)
    talk = get_object_or_404(appointments_visible_to(posts), reference=reference)
    if not rules.may_ask_after_talk(posts, talk):
        raise PermissionDenied
    form, refusal = AfterTalkForm(posted(request), talk=talk), None
    if request.method == "POST" and form.is_valid():
        try:
            made = noting.ask_after_talk(
                appointment_id=talk.pk,
                entry=form.entry,
                takes=form.cleaned_data["takes"],
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            return _to_request(request, made)
    about = {
        "preline": f"{talk.firm_name}, {long_period(talk.starts_at, talk.ends_at)}",
        "title": _("Besuch anfragen"),
        "back_url": reverse("appointments:appointment", args=[reference]),
    }
    return _page(request, form, about, refusal)


@login_required
@never_cache
@allow
def for_caller(request: HttpRequest) -> HttpResponse:
    posts, partnership = posts_for(request), current_partnership(request)
    if not rules.may_open_requests(posts):
        raise PermissionDenied
    if partnership is None:
        raise Http404
    form = OfficersCallerForm(posted(request), chambers=list(member_chambers(partnership)))
    if request.method == "POST" and form.is_valid():
        made = noting.note_for_caller(
            entry=form.entry(partnership=partnership, page_language="de"),
            police=Organisation.objects.filter(pk__in=posts.police).earliest("pk"),
            takes=form.cleaned_data["takes"],
            actor=acting(request),
        )
        return _to_request(request, made)
    about = {
        "preline": _("Anfragen nach Besuchen"),
        "title": _("Für Anrufende aufnehmen"),
        "back_url": reverse("appointments:visit_requests"),
    }
    return _page(request, form, about)


def _to_request(request: HttpRequest, made: VisitRequest) -> HttpResponse:
    messages.success(request, _("Die Anfrage %(reference)s ist aufgenommen.") % {"reference": made.reference})
    return redirect("appointments:visit_request", made.reference)


def _page(
    request: HttpRequest, form: Form, about: dict[str, str], refusal: Refusal | None = None
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, **about}
    status = CONFLICT if refusal else 200
    return render(request, "consultations/police/visit_noting.html", context, status=status)
