"""What acts leave behind: mails, links, addresses, logs, and the evidence of deletion itself."""

import datetime
from typing import Any

from django.contrib.admin.models import LogEntry as AdminEntry
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from partnership.models import (
    BlockedAddress,
    ErasedThing,
    ErasureRequest,
    ErasureState,
    LogEntry,
    OutgoingMail,
    PendingAddress,
    ReceivedMail,
    RetentionHold,
    RetentionRun,
    SecondFactorReset,
    SecretLink,
)
from partnership.models.mail import EMPTY
from partnership.outbox import NOBODYS
from partnership.registration import forget_pending
from partnership.retention.kinds import Erasable, Keys, RetentionKind


def _full_mails() -> QuerySet[OutgoingMail]:
    """What has not left yet is nobody's to empty."""
    return OutgoingMail.objects.exclude(state=OutgoingMail.State.QUEUED).exclude(EMPTY)


def mails_due(before: datetime.datetime) -> QuerySet[OutgoingMail]:
    """Sent before, or given up: then `due_at` is the last attempt's."""
    return _full_mails().annotate(over_at=Coalesce("sent_at", "due_at")).filter(over_at__lt=before)


def _empty_mails(keys: Keys) -> None:
    OutgoingMail.objects.filter(pk__in=keys).update(**NOBODYS)


def _forget_addresses(keys: Keys) -> None:
    forget_pending(PendingAddress.objects.filter(pk__in=keys))


def _deletable(model: Any, *, made: str, owner: str = "", left: Any = None) -> Erasable:
    """What goes as a whole row."""
    return Erasable(
        model=model,
        made=made,
        owner=owner,
        left=left or model.objects.all,
        erase=lambda keys: model.objects.filter(pk__in=keys).delete(),
    )


KINDS = [
    RetentionKind(
        key="mails",
        order=30,
        label=_("Inhalte von E-Mails"),
        what=_("Inhalt, Kalenderdatei, Name und Adresse; dass und wann sie gesendet wurde, bleibt"),
        since=_("Versand oder letzter Versuch"),
        period="mails",
        erasable=Erasable(model=OutgoingMail, made="queued_at", left=_full_mails, erase=_empty_mails),
        due=mails_due,
    ),
    RetentionKind(
        key="received",
        order=31,
        label=_("Was zurückkam"),
        what=_("Dass und warum eine E-Mail nicht ankam oder beantwortet wurde"),
        since=_("Eingang"),
        period="contacts",
        erasable=_deletable(ReceivedMail, made="received_at"),
        due=lambda before: ReceivedMail.objects.filter(received_at__lt=before),
        is_listed=False,
    ),
    RetentionKind(
        key="blocked",
        order=32,
        label=_("Gesperrte Adressen"),
        what=_("Adressen, an die nichts ankam"),
        since=_("Sperre"),
        period="contacts",
        erasable=_deletable(BlockedAddress, made="since"),
        due=lambda before: BlockedAddress.objects.filter(since__lt=before),
    ),
    RetentionKind(
        key="addresses",
        order=50,
        label=_("Adressen vor der Bestätigung"),
        what=_("Anmeldungen und neue Adressen, die niemand bestätigt hat"),
        since=_("Anfrage"),
        period="addresses",
        erasable=Erasable(
            model=PendingAddress, made="asked_at", left=PendingAddress.objects.all, erase=_forget_addresses
        ),
        due=lambda before: PendingAddress.objects.filter(asked_at__lt=before),
    ),
    RetentionKind(
        key="links",
        order=51,
        label=_("Links aus E-Mails"),
        what=_("Die Prüfsummen abgelaufener Links"),
        since=_("Ablauf"),
        period="links",
        erasable=_deletable(SecretLink, made="created_at"),
        due=lambda before: SecretLink.objects.filter(expires_at__lt=before),
        is_listed=False,
    ),
    RetentionKind(
        key="resets",
        order=60,
        label=_("Anträge zum zweiten Faktor"),
        what=_("Wer ihn für wen zurückgesetzt hat, mit dem Grund"),
        since=_("Antrag"),
        period="log",
        counts_years=True,
        erasable=_deletable(
            SecondFactorReset,
            made="asked_at",
            left=lambda: SecondFactorReset.objects.exclude(state=SecondFactorReset.State.OPEN),
        ),
        due=lambda before: SecondFactorReset.objects.filter(asked_at__lt=before).exclude(
            state=SecondFactorReset.State.OPEN
        ),
    ),
    RetentionKind(
        key="log",
        order=61,
        label=_("Protokoll"),
        what=_("Wer was getan hat"),
        since=_("Vorgang"),
        period="log",
        counts_years=True,
        erasable=_deletable(LogEntry, made="at", owner="organisation"),
        due=lambda before: LogEntry.objects.filter(at__lt=before),
    ),
    RetentionKind(
        key="technical_log",
        order=62,
        label=_("Protokoll der Technik"),
        what=_("Was unter „Technik“ geändert wurde"),
        since=_("Vorgang"),
        period="contacts",
        erasable=_deletable(AdminEntry, made="action_time"),
        due=lambda before: AdminEntry.objects.filter(action_time__lt=before),
        is_listed=False,
    ),
    RetentionKind(
        key="requests",
        order=70,
        label=_("Löschbegehren"),
        what=_("Wer sie gestellt hat, Grund und Entscheidung"),
        since=_("Abschluss"),
        period="evidence",
        erasable=_deletable(ErasureRequest, made="asked_at"),
        due=lambda before: ErasureRequest.objects.filter(closed_at__lt=before).exclude(
            state=ErasureState.OPEN
        ),
        is_listed=False,
    ),
    RetentionKind(
        key="holds",
        order=71,
        label=_("Aufbewahrungen, die vorbei sind"),
        what=_("Mit ihrem Grund"),
        since=_("Ende"),
        period="evidence",
        erasable=_deletable(RetentionHold, made="placed_at"),
        due=lambda before: RetentionHold.objects.filter(Q(ended_at__lt=before) | Q(until__lt=before.date())),
        is_listed=False,
    ),
    RetentionKind(
        key="erasures",
        order=72,
        label=_("Löschliste in der Datenbank"),
        what=_("Die Dateien außerhalb bleiben, bis die Technik sie entfernt"),
        since=_("Löschung"),
        period="evidence",
        erasable=_deletable(ErasedThing, made="erased_at"),
        due=lambda before: ErasedThing.objects.filter(erased_at__lt=before, part__isnull=True),
        is_listed=False,
    ),
    RetentionKind(
        key="runs",
        order=73,
        label=_("Löschläufe"),
        what=_("Wann und wie viel gelöscht wurde"),
        since=_("Lauf"),
        period="evidence",
        erasable=_deletable(RetentionRun, made="started_at"),
        due=lambda before: RetentionRun.objects.filter(started_at__lt=before),
        is_listed=False,
    ),
]
