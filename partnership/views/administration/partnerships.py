"""The partnership's particulars, its texts and its areas."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.administration import rules
from partnership.administration.areas_page import lay_out_areas
from partnership.administration.partnerships import add_area, change_partnership, remove_area
from partnership.forms.administration.base import EditForm
from partnership.forms.administration.partnerships import AreaSearch, PartnershipForm, TextsForm
from partnership.models import Area, Partnership
from partnership.paging import sheet_of
from partnership.plain_text import blocks_of
from partnership.queries import partnerships_visible_to
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import FormPage, acting, allow, posted, seen_version, show_form

FOUND_SHOWN = 30
AREAS_PER_PAGE = 120


@login_required
@never_cache
@allow
def particulars(request: HttpRequest, pk: int) -> HttpResponse:
    partnership = _own(request, pk)
    form = PartnershipForm(posted(request), instance=_own(request, pk))
    page = _page(partnership, _("Angaben zur Partnerschaft"))
    return _edit(request, form, partnership, page)


@login_required
@never_cache
@allow
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Impressum and privacy notice. A preview saves nothing."""
    partnership = _own(request, pk)
    form = TextsForm(posted(request), instance=_own(request, pk))
    page = _page(
        partnership,
        _("Impressum und Datenschutz"),
        template="partnership/administration/texts.html",
    )
    if request.method == "POST" and request.POST.get("vorgang") == "vorschau" and form.is_valid():
        preview = [
            (_("Impressum"), blocks_of(form.values["imprint"])),
            (_("Datenschutzhinweise"), blocks_of(form.values["privacy_notice"])),
        ]
        return show_form(request, form, page, thing=partnership, extra={"preview": preview})
    return _edit(request, form, partnership, page)


@login_required
@require_safe
def areas(request: HttpRequest, pk: int) -> HttpResponse:
    partnership = _own(request, pk)
    search = AreaSearch(request.GET)
    own = partnership.areas.order_by("name", "ags")
    matching = _matching(search.text) if search.text else Area.objects.none()
    found = list(matching.exclude(pk__in=own.values("pk"))[:FOUND_SHOWN])
    if search.text:
        own = own.filter(pk__in=matching.values("pk"))
    sheet = sheet_of(own, request.GET, per_page=AREAS_PER_PAGE)
    context = {
        "edited": partnership,
        "search": search,
        "text": search.text,
        "found": lay_out_areas(found),
        "sheet": sheet,
        "own": lay_out_areas(sheet.rows),
    }
    return render(request, "partnership/administration/areas.html", context)


@login_required
@require_POST
def area_add(request: HttpRequest, pk: int, area_pk: int) -> HttpResponse:
    partnership = _own(request, pk)
    area = get_object_or_404(Area, pk=area_pk)
    add_area(partnership=partnership, area=area, actor=acting(request))
    messages.success(request, _("„%(area)s“ gehört jetzt zum Gebiet.") % {"area": area})
    return _back_to_areas(request, pk)


@login_required
@require_POST
def area_remove(request: HttpRequest, pk: int, area_pk: int) -> HttpResponse:
    partnership = _own(request, pk)
    area = get_object_or_404(Area, pk=area_pk)
    remove_area(partnership=partnership, area=area, actor=acting(request))
    messages.success(request, _("„%(area)s“ gehört nicht mehr zum Gebiet.") % {"area": area})
    return _back_to_areas(request, pk)


def _own(request: HttpRequest, pk: int) -> Partnership:
    posts = posts_for(request)
    if not rules.may_open_administration(posts):
        raise PermissionDenied
    return get_object_or_404(partnerships_visible_to(posts), pk=pk)


def _page(partnership: Partnership, title: str, **fields: str) -> FormPage:
    return FormPage(
        title=title,
        preline=partnership.name,
        back_url=reverse("administration:start"),
        back_words=_("Zur Verwaltung"),
        submit=_("Speichern"),
        **fields,  # type: ignore[arg-type]
    )


def _edit(request: HttpRequest, form: EditForm, partnership: Partnership, page: FormPage) -> HttpResponse:
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = change_partnership(
                partnership_id=partnership.pk,
                seen=seen_version(request),
                values=form.values,
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
            partnership.refresh_from_db()
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect("administration:start")
    return show_form(request, form, page, refusal=refusal, thing=partnership)


def _matching(text: str) -> QuerySet[Area]:
    return Area.objects.filter(
        Q(name__icontains=text) | Q(ags__startswith=text) | Q(postcodes__contains=[text]),
        valid_until__isnull=True,
    ).order_by("name", "ags")


def _back_to_areas(request: HttpRequest, pk: int) -> HttpResponse:
    text = request.POST.get("suche", "")[:60]
    url = reverse("administration:areas", args=[pk])
    return redirect(f"{url}?{urlencode({'suche': text})}" if text else url)
