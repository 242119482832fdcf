"""What the registry tells somebody about themselves. Things are a firm's, which downloads its own."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmarking.models import FinderThread, ImportRun, LabelSheet, Search, TheftReport, Transfer
from partnership.models import Person
from partnership.own_data import Row, Section
from partnership.queries import has_confirmed_address

FIND_LABELS = {
    "code": gettext_lazy("Etikett"),
    "begun": gettext_lazy("begonnen am"),
    "written": gettext_lazy("Ihre Nachrichten"),
}
SEARCH_LABELS = {
    "at": gettext_lazy("Zeitpunkt"),
    "purpose": gettext_lazy("Zweck"),
    "case_number": gettext_lazy("Vorgangsnummer"),
    "numbers": gettext_lazy("gesuchte Nummern"),
    "kept_until": gettext_lazy("aufbewahrt bis"),
}
REPORT_LABELS = {
    "reference": gettext_lazy("Nummer"),
    "firm": gettext_lazy("Firma"),
    "reported": gettext_lazy("gemeldet am"),
    "state": gettext_lazy("Stand"),
    "circumstances": gettext_lazy("Umstände"),
}
OFFER_LABELS = {
    "thing": gettext_lazy("Gerät"),
    "offered": gettext_lazy("angeboten am"),
    "side": gettext_lazy("Ihre Seite"),
    "state": gettext_lazy("Stand"),
    "address": gettext_lazy("E-Mail-Adresse"),
    "note": gettext_lazy("Nachricht"),
}
FILE_LABELS = {
    "kind": gettext_lazy("Art"),
    "firm": gettext_lazy("Firma"),
    "at": gettext_lazy("Zeitpunkt"),
    "what": gettext_lazy("was"),
}


def about_finds(person: Person) -> Section:
    """What was written to owners of labelled things from the person's confirmed address."""
    threads = FinderThread.objects.none()
    if has_confirmed_address(person):
        threads = FinderThread.objects.filter(finder_email__iexact=person.email)
    rows = threads.select_related("label").prefetch_related("messages").order_by("begun_at", "pk")
    return Section(
        key="finds",
        order=24,
        title=gettext_lazy("Was Sie zu Etiketten geschrieben haben"),
        labels=FIND_LABELS,
        rows=[
            {
                "code": thread.label.code,
                "begun": thread.begun_at,
                "written": "\n\n".join(m.text for m in thread.messages.all() if not m.is_from_owner),
            }
            for thread in rows
        ],
    )


def about_reports(person: Person) -> Section:
    """Those that the person wrote, for whatever firm."""
    reports = TheftReport.objects.filter(reported_by=person).select_related("firm")
    return Section(
        key="theft_reports",
        order=25,
        title=gettext_lazy("Diebstähle, die Sie gemeldet haben"),
        labels=REPORT_LABELS,
        rows=[
            {
                "reference": report.reference,
                "firm": report.firm.name,
                "reported": report.reported_at,
                "state": report.get_state_display(),
                "circumstances": report.circumstances,
            }
            for report in reports.order_by("reported_at", "pk")
        ],
    )


def about_offers(person: Person) -> Section:
    """Made by the person, or to the confirmed address."""
    whose = Q(offered_by=person)
    if has_confirmed_address(person):
        whose |= Q(to_email__iexact=person.email)
    return Section(
        key="offers",
        order=26,
        title=gettext_lazy("Geräte, die Sie angeboten haben oder die Ihnen angeboten wurden"),
        labels=OFFER_LABELS,
        rows=[
            {
                "thing": offer.called,
                "offered": offer.offered_at,
                "side": _("abgegeben") if offer.offered_by_id == person.pk else _("angeboten bekommen"),
                "state": offer.get_state_display(),
                "address": offer.to_email,
                "note": offer.note,
            }
            for offer in Transfer.objects.filter(whose).order_by("offered_at", "pk")
        ],
    )


def about_files(person: Person) -> Section:
    """Lists that the person has read in, sheets of labels that they have had made."""
    lists = ImportRun.objects.filter(person=person).select_related("firm").defer("content", "faulty")
    sheets = LabelSheet.objects.filter(made_by=person).select_related("firm").defer("pdf")
    rows = [_file_row(_("Liste"), run.firm.name, run.uploaded_at, run.file_name) for run in lists]
    rows += [
        _file_row(_("Etiketten"), sheet.firm.name, sheet.made_at, ", ".join(sheet.codes)) for sheet in sheets
    ]
    return Section(
        key="registry_files",
        order=27,
        title=gettext_lazy("Listen und Etiketten von Geräten"),
        labels=FILE_LABELS,
        rows=sorted(rows, key=lambda row: str(row["at"])),
    )


def about_searches(person: Person) -> Section:
    """As long as they are there; that somebody looked something up stays in the chained log."""
    return Section(
        key="searches",
        order=34,
        title=gettext_lazy("Ihre Abfragen der Fahndung"),
        labels=SEARCH_LABELS,
        rows=[
            {
                "at": search.searched_at,
                "purpose": search.get_purpose_display(),
                "case_number": search.case_number,
                "numbers": ", ".join(search.texts),
                "kept_until": search.kept_until or "",
            }
            for search in Search.objects.filter(person=person).order_by("searched_at", "pk")
        ],
    )


def _file_row(kind: str, firm: str, at: Any, what: str) -> Row:
    return {"kind": kind, "firm": firm, "at": at, "what": what}


SOURCES = (about_finds, about_reports, about_offers, about_files, about_searches)
