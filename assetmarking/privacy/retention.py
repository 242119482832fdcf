"""What goes by itself: searches, what finders wrote, read-in lists, addresses of offers.

Things themselves are the firm's, which deletes or retires them.
"""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assetmarking.models import FinderThread, ImportRun, Search, Transfer
from assetmarking.searching.queries import with_open_hit
from partnership.links import revoke_links_of
from partnership.outbox import forget_mails, mails_about_all
from partnership.retention.kinds import Erasable, Keys, RetentionKind


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


def _delete_searches(keys: Keys) -> None:
    Search.objects.filter(pk__in=keys).delete()


def _delete_finds(keys: Keys) -> None:
    revoke_links_of(FinderThread, keys)
    forget_mails(mails_about_all(FinderThread, keys))
    FinderThread.objects.filter(pk__in=keys).delete()


def _delete_lists(keys: Keys) -> None:
    ImportRun.objects.filter(pk__in=keys).delete()


def _empty_transfers(keys: Keys) -> None:
    forget_mails(mails_about_all(Transfer, keys))
    Transfer.objects.filter(pk__in=keys).update(to_email="", note="")


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
        label=_("Eingelesene Listen von Gegenständen"),
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
            model=Transfer, made="offered_at", left=transfers_with_address, erase=_empty_transfers
        ),
        due=transfers_due,
    ),
]
