"""What goes by itself: searches, what finders wrote, read-in lists, addresses of offers, thefts that are
over, things that the firm does not have any more.

What a firm has is its own: it stays until the firm deletes it, retires it, or goes itself.
"""

import datetime

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmarking.models import Asset, FinderThread, ImportRun, Search, TheftReport, Transfer
from assetmarking.privacy.going import (
    delete_reports,
    delete_things,
    delete_threads,
    empty_transfers,
    forget_borrowers,
)
from assetmarking.queries import reports_visible_to
from assetmarking.searching.queries import with_open_hit
from partnership.models import FirmContact, Organisation
from partnership.retention.contacts import register_use
from partnership.retention.holds import Holdable, holds_cover
from partnership.retention.kinds import Erasable, Keys, RetentionKind
from partnership.rules import Posts
from partnership.times import berlin_day


def searches_due(before: datetime.datetime) -> QuerySet[Search]:
    """The proof of them lies in the chained log. Those that are kept longer, or have an open hit, go when
    that is over."""
    now = timezone.now()
    is_kept = Q(kept_until__isnull=False, kept_until__gt=now) | with_open_hit(now=now)
    return Search.objects.filter(searched_at__lt=before).exclude(is_kept)


def finds_due(before: datetime.datetime) -> QuerySet[FinderThread]:
    return FinderThread.objects.filter(closed_at__lt=before)


def lists_due(before: datetime.datetime) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(ended_at__lt=before)


def transfers_with_address() -> QuerySet[Transfer]:
    return Transfer.objects.exclude(to_email="", note="")


def transfers_due(before: datetime.datetime) -> QuerySet[Transfer]:
    return transfers_with_address().filter(ended_at__lt=before)


def ended_reports() -> QuerySet[TheftReport]:
    return TheftReport.objects.filter(ended_at__isnull=False)


def gone_things() -> QuerySet[Asset]:
    """While a report names it, a thing stays with it."""
    return Asset.objects.filter(state__in=Asset.GONE, thefts__isnull=True)


def things_with_borrower() -> QuerySet[Asset]:
    """Lent ones: what is back names nobody any more, the database sees to that."""
    return Asset.objects.exclude(lent_to="")


def lendings_due(before: datetime.datetime) -> QuerySet[Asset]:
    """From the day on which it should have been back; without one, from the day it was lent."""
    is_overdue = Q(lent_until__lt=berlin_day(before))
    return things_with_borrower().filter(is_overdue | Q(lent_until__isnull=True, state_since__lt=before))


def _delete_searches(keys: Keys) -> None:
    Search.objects.filter(pk__in=keys).delete()


def _delete_finds(keys: Keys) -> None:
    delete_threads(FinderThread.objects.filter(pk__in=keys))


def _delete_lists(keys: Keys) -> None:
    ImportRun.objects.filter(pk__in=keys).delete()


REPORT = Erasable(
    model=TheftReport,
    made="reported_at",
    owner="police",
    left=TheftReport.objects.all,
    erase=delete_reports,
)
KINDS = [
    RetentionKind(
        key="searches",
        order=40,
        label=_("Abfragen der Fahndung"),
        what=_("Gesuchte Nummern und ihr Ergebnis; der Abruf bleibt im Abrufprotokoll"),
        since=_("Abfrage"),
        period="searches",
        erasable=Erasable(
            model=Search,
            made="searched_at",
            owner="organisation",
            left=Search.objects.all,
            erase=_delete_searches,
        ),
        due=searches_due,
    ),
    RetentionKind(
        key="finds",
        order=41,
        label=_("Nachrichten zu Etiketten"),
        what=_("Was ein Finder und eine Firma einander geschrieben haben, und die Adresse des Finders"),
        since=_("Ende des Austauschs"),
        period="finds",
        erasable=Erasable(
            model=FinderThread, made="begun_at", left=FinderThread.objects.all, erase=_delete_finds
        ),
        due=finds_due,
    ),
    RetentionKind(
        key="read_lists",
        order=42,
        label=_("Eingelesene Listen von Geräten"),
        what=_("Zeilen und Fehler einer Liste; was daraus übernommen wurde, bleibt"),
        since=_("Ende des Einlesens"),
        period="finds",
        erasable=Erasable(
            model=ImportRun, made="uploaded_at", left=ImportRun.objects.all, erase=_delete_lists
        ),
        due=lists_due,
    ),
    RetentionKind(
        key="transfers",
        order=43,
        label=_("Angebote zur Übernahme"),
        what=_("Adresse und Nachricht; dass und wann übergeben wurde, bleibt"),
        since=_("Antwort oder Verfall"),
        period="contacts",
        erasable=Erasable(
            model=Transfer, made="offered_at", left=transfers_with_address, erase=empty_transfers
        ),
        due=transfers_due,
    ),
    RetentionKind(
        key="theft_reports",
        order=44,
        label=_("Diebstahlmeldungen"),
        what=_(
            "Was, wo, wann, mit Vorgangsnummer und Umständen; nur wenn sie erledigt oder zurückgezogen sind"
        ),
        since=_("Ende der Meldung"),
        period="things",
        erasable=REPORT,
        due=lambda before: ended_reports().filter(ended_at__lt=before),
    ),
    RetentionKind(
        key="gone_things",
        order=45,
        label=_("Verkaufte und ausgemusterte Geräte"),
        what=_("Mit Kennzeichen, Fotos und Kaufbeleg"),
        since=_("Verkauf oder Ausmusterung"),
        period="things",
        erasable=Erasable(model=Asset, order=1, made="created_at", left=gone_things, erase=delete_things),
        due=lambda before: gone_things().filter(state_since__lt=before),
    ),
    RetentionKind(
        key="borrowers",
        order=46,
        label=_("Verliehene Geräte"),
        what=_("An wen und bis wann; dass das Gerät verliehen ist, bleibt. Ist es zurück, sofort"),
        since=_("Ende der Leihe, ohne vereinbartes Ende: Beginn"),
        period="contacts",
        erasable=Erasable(model=Asset, made="created_at", left=things_with_borrower, erase=forget_borrowers),
        due=lendings_due,
    ),
]


def _lock_report(key: int) -> Model | None:
    return TheftReport.objects.filter(pk=key).select_for_update(no_key=True, of=("self",)).first()


def _who_keeps_report(posts: Posts, report: TheftReport) -> QuerySet[Organisation]:
    """The lead of the directorate that it went to."""
    return Organisation.objects.filter(theft_reports=report, pk__in=posts.lead_of)


HELD_REPORT = Holdable(
    slug="diebstahl",
    model=TheftReport,
    visible_to=reports_visible_to,
    holders=_who_keeps_report,
    lock=_lock_report,
    words=lambda report: f"{TheftReport._meta.verbose_name} {report.reference}",
    url=lambda report: reverse("thefts:theft", args=[report.reference]),
)


def keep_owners_of_things() -> None:
    """A report that is held keeps its things. Who speaks for a firm with things stays: a find has to reach
    somebody."""
    holds_cover(Asset, through=TheftReport, path="thefts__report")
    has_things = Exists(Asset.objects.filter(firm=OuterRef("firm")))
    register_use(FirmContact, lambda: Q(has_things, person__isnull=False, email_confirmed_at__isnull=False))
