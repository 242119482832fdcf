"""Gesperrte Adressen: where mails came back from, and sending there again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.administration import rules
from partnership.blocked_address_words import lay_out_blocks
from partnership.blocked_addresses import blocks_visible_to, lift_block
from partnership.models import BlockedAddress
from partnership.paging import sheet_of
from partnership.rules import posts_for
from partnership.views.administration.pages import acting


@login_required
@never_cache
@require_safe
def blocked_addresses(request: HttpRequest) -> HttpResponse:
    sheet = sheet_of(_visible(request), request.GET)
    context = {"sheet": sheet, "rows": lay_out_blocks(sheet.rows)}
    return render(request, "partnership/administration/blocked_addresses.html", context)


@login_required
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    block = get_object_or_404(_visible(request), pk=pk)
    lift_block(block_id=block.pk, actor=acting(request))
    messages.success(request, _("An %(address)s wird wieder gesendet.") % {"address": block.address})
    return redirect("administration:blocked_addresses")


def _visible(request: HttpRequest) -> QuerySet[BlockedAddress]:
    posts = posts_for(request)
    if not rules.may_coordinate(posts):
        raise PermissionDenied
    return blocks_visible_to(posts)
