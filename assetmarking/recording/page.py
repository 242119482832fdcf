"""A thing for who speaks for its firm, as ready strings."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assetmarking.categories import category_label
from assetmarking.codes.warnings import warnings_for
from assetmarking.models import Asset, Mark, MarkKind, Transfer
from assetmarking.recording.listing import BADGES
from assetmarking.recording.receipts import receipt_of
from assetmarking.recording.recording import why_not_deleted
from assetmarking.recording.states import may_come_back
from assetmarking.thefts.words import euros
from assetmarking.thing_sections import ACTIONS, SECTIONS
from assetmarking.transferring.transferring import open_offer_of
from partnership.journal import act_label, entries_about
from partnership.models import LogEntry
from partnership.times import berlin_day, long_date, long_moment, numeric_date, short_moment

TOLD = ("thing.", "mark.", "label.", "transfer.", "photo.")
"""Beginnings of acts that the history shows, without who did them."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    key: int
    kind: str
    text: str
    detail: str
    warnings: list[str]
    may_go: bool


@dataclass(frozen=True, slots=True)
class ThingPage:
    """`facts` are pairs of a name and what is said; `links` pairs of words and addresses."""

    state: str
    badge: str
    facts: list[tuple[str, str]]
    private: list[tuple[str, str]]
    marks: list[MarkRow]
    links: list[tuple[Any, str]]
    sections: list[tuple[str, dict[str, Any]]]
    history: list[tuple[str, str]]
    receipt: str
    offer: Transfer | None
    offered_until: str
    is_held: bool
    is_lent: bool
    is_back: bool
    may_come_back: bool
    is_stolen: bool
    may_go: bool


def lay_out_thing(asset: Asset) -> ThingPage:
    offer, receipt = open_offer_of(asset), receipt_of(asset)
    sections = [(section.template, section.context(asset)) for section in SECTIONS]
    actions = sorted(ACTIONS, key=lambda action: action.order)
    return ThingPage(
        state=str(asset.get_state_display()),
        badge=BADGES.get(Asset.State(asset.state), ""),
        facts=[(str(name), words) for name, words in _facts(asset) if words],
        private=[(str(name), words) for name, words in _private(asset) if words],
        marks=[_mark_row(mark, asset) for mark in asset.marks.all()],
        links=[(a.label, reverse(a.url_name, args=[asset.reference])) for a in actions if a.is_for(asset)],
        sections=[(template, context) for template, context in sections if context is not None],
        history=_history(asset),
        receipt=long_date(berlin_day(receipt.added_at)) if receipt else "",
        offer=offer,
        offered_until=long_moment(offer.offer_until) if offer else "",
        is_held=asset.state in (Asset.State.IN_USE, Asset.State.FOUND) and offer is None,
        is_lent=asset.state == Asset.State.LENT,
        is_back=asset.state == Asset.State.FOUND,
        may_come_back=may_come_back(asset),
        is_stolen=asset.state == Asset.State.STOLEN,
        may_go=not why_not_deleted(asset),
    )


def _facts(asset: Asset) -> list[tuple[str, str]]:
    return [
        (_("Art"), category_label(asset.category)),
        (_("Hersteller"), asset.make),
        (_("Modell"), asset.model),
        (_("Baujahr"), str(asset.year or "")),
        (_("Besonderheiten"), asset.peculiarities),
        (_("Nummer in diesem Portal"), asset.reference),
        (_("Erfasst am"), long_date(berlin_day(asset.created_at))),
    ]


def _private(asset: Asset) -> list[tuple[str, str]]:
    return [
        (_("Inventarnummer"), asset.own_number),
        (_("Wert"), "" if asset.value is None else euros(asset.value)),
        (_("Standort"), str(asset.site or "")),
        (_("Gewöhnlich aufbewahrt"), asset.kept_at),
        (_("Verliehen an"), _borrower(asset)),
        (_("Code der Aktion"), asset.campaign.code if asset.campaign else ""),
    ]


def _borrower(asset: Asset) -> str:
    if asset.state != Asset.State.LENT:
        return ""
    if not asset.lent_to:
        return _("nach so langer Zeit gelöscht")
    if not asset.lent_until:
        return asset.lent_to
    return _("%(who)s bis %(day)s") % {"who": asset.lent_to, "day": numeric_date(asset.lent_until)}


def _mark_row(mark: Mark, asset: Asset) -> MarkRow:
    on = numeric_date(mark.marked_on) if mark.marked_on else ""
    parts = (mark.vendor, mark.place, mark.marked_by, on)
    return MarkRow(
        key=mark.pk,
        kind=str(MarkKind(mark.kind).label),
        text=mark.text,
        detail=", ".join(part for part in parts if part),
        warnings=warnings_for(mark.kind, mark.text),
        may_go=asset.state != Asset.State.STOLEN,
    )


def _history(asset: Asset) -> list[tuple[str, str]]:
    """Latest first."""
    entries = entries_about(asset).order_by("-at", "-pk")[:100]
    return [(short_moment(e.at), _told(e)) for e in entries if e.act.startswith(TOLD)]


def _told(entry: LogEntry) -> str:
    """With the kind of mark, or the label's code."""
    more = entry.detail.get("kind") or entry.detail.get("code") or ""
    return f"{act_label(entry.act)}: {more}" if more else str(act_label(entry.act))
