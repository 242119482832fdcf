"""How a directorate searches: its lead sets it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from assetmarking.forms.searching import SearchSettingsForm
from assetmarking.rules import may_set_search
from assetmarking.searching.directorates import change_search_settings
from assetmarking.searching.limits import settings_of
from partnership.models import Organisation
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import FormPage, acting, allow, posted, seen_version, show_form


@never_cache
@login_required
@allow
def search_settings(request: HttpRequest) -> HttpResponse:
    """`?stelle=` for who leads several."""
    posts = posts_for(request)
    if not may_set_search(posts):
        raise PermissionDenied
    rows = Organisation.objects.filter(pk__in=posts.lead_of).order_by("name", "pk")
    wanted = request.GET.get("stelle", "")
    directorate = get_object_or_404(rows, pk=int(wanted)) if wanted.isdecimal() else rows[0]
    row = settings_of(directorate)
    form, refusal = SearchSettingsForm(posted(request), instance=row), None
    if request.method == "POST" and form.is_valid():
        try:
            fields = change_search_settings(
                organisation=directorate,
                seen=seen_version(request),
                values=form.values,
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect("search:search")
    page = FormPage(
        title=_("Einstellung der Fahndung"),
        preline=directorate.name,
        back_url=reverse("search:search"),
        back_words=_("Zur Fahndung"),
        submit=_("Speichern"),
        template="assetmarking/searching/settings.html",
    )
    others = [one for one in rows if one != directorate]
    stored = settings_of(directorate)
    return show_form(request, form, page, refusal=refusal, thing=stored, extra={"others": others})
