"""A page on which things of a firm are chosen, without JavaScript: what is chosen stays in the address."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assetmarking.forms.thefts import ThingChoice
from assetmarking.models import Asset
from assetmarking.thefts.choosing import choose_from

GOES_ON = "weiter"


def chosen_things(request: HttpRequest, things: QuerySet[Asset], *, most: int) -> list[Asset]:
    """Those of the address, as far as they are among `things`. None where they are too many: the page says
    so, and nothing is left out in silence.
    """
    chosen = set(request.GET.getlist("geraet"))
    if len(chosen) > most:
        words = _(
            "Sie haben %(chosen)d gewählt, es gehen aber nur %(most)d auf einmal. Nehmen Sie welche heraus."
        )
        messages.warning(request, words % {"chosen": len(chosen), "most": most})
        return []
    return list(things.filter(reference__in=chosen).order_by("name", "pk"))


def has_chosen(request: HttpRequest) -> bool:
    return GOES_ON in request.GET


def choice_page(request: HttpRequest, things: QuerySet[Asset], **frame: Any) -> HttpResponse:
    """`frame`: `title`, `above`, `back_url`, `back_words`, `intro`, `notes`, `button`; `crumb` names the page
    at `back_url` where `above` does not."""
    search = request.GET.get("suche", "").strip()[:60]
    choice = choose_from(things, search=search, chosen=request.GET.getlist("geraet"))
    if has_chosen(request) and not choice.chosen:
        messages.warning(request, _("Wählen Sie mindestens ein Gerät."))
    context = {
        "form": ThingChoice(search, chosen=choice.chosen, choices=choice.pairs),
        "choice": choice,
        "search": search,
        **frame,
    }
    return render(request, "assetmarking/thefts/choose.html", context)
