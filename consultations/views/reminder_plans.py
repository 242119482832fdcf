"""When a partnership reminds whom: its coordinators set it, and see the mails before they save."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.forms.reminders import ReminderPlanForm
from consultations.reminder_plans import change_plan, plan_of
from consultations.reminder_preview import example_mails
from partnership.administration.rules import may_open_administration
from partnership.models import Partnership
from partnership.queries import partnerships_visible_to
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import FormPage, acting, allow, posted, seen_version, show_form


@login_required
@never_cache
@allow
def reminder_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A preview saves nothing."""
    posts = posts_for(request)
    if not may_open_administration(posts):
        raise PermissionDenied
    partnership = get_object_or_404(partnerships_visible_to(posts), pk=pk)
    form = ReminderPlanForm(posted(request), instance=plan_of(partnership.pk))
    extra, refusal = {}, None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("vorgang") == "vorschau":
            extra["examples"] = example_mails(form.instance, partnership=partnership, now=timezone.now())
        else:
            try:
                return _save(request, partnership, form)
            except Refusal as error:
                refusal = error
    return show_form(
        request, form, _page(partnership), refusal=refusal, thing=plan_of(partnership.pk), extra=extra
    )


def _save(request: HttpRequest, partnership: Partnership, form: ReminderPlanForm) -> HttpResponse:
    fields = change_plan(
        partnership_id=partnership.pk, seen=seen_version(request), values=form.values, actor=acting(request)
    )
    saved = _("Gespeichert. Das gilt auch für Erinnerungen, die noch nicht gesendet sind.")
    messages.success(request, saved if fields else _("Es war nichts zu ändern."))
    return redirect("administration:start")


def _page(partnership: Partnership) -> FormPage:
    return FormPage(
        title=_("Erinnerungen"),
        preline=partnership.name,
        back_url=reverse("administration:start"),
        back_words=_("Zur Verwaltung"),
        submit=_("Speichern"),
        template="consultations/administration/reminder_plan.html",
    )
