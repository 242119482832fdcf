"""What happened to a thing: its acts from the journal, its mails from the outbox, never a mail's body."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from partnership.journal import act_label, entries_about
from partnership.log_words import code_words
from partnership.mail_in.statuses import words_of
from partnership.models import LogEntry, OutgoingMail, ReceivedMail
from partnership.outbox import mail_label, mails_about, received_about
from partnership.times import short_moment

_outsiders: dict[str, Any] = {}


def register_outsiders(words: Any, acts: Collection[str]) -> None:
    """Apps name in `ready()` acts of people who are not signed in, and what a timeline calls these."""
    _outsiders.update(dict.fromkeys(acts, words))


@dataclass(frozen=True, slots=True)
class Happening:
    """`mail_state` is empty for an act; `by` is who did it or to whom the mail goes."""

    at: datetime.datetime
    what: str
    by: str
    detail: str
    mail_state: str = ""

    @property
    def when(self) -> str:
        return short_moment(self.at)


def timeline_of(thing: Model, *, without: Collection[str] = ()) -> list[Happening]:
    """Oldest first, in three statements; a mail stands below the act it tells of. `without`: acts that the
    page tells better."""
    acts = [_act(entry) for entry in entries_about(thing).exclude(act__in=without)]
    mails = [_mail(mail) for mail in mails_about(thing)]
    received = [_received(mail) for mail in received_about(thing)]
    return sorted(
        [*acts, *mails, *received], key=lambda happening: (happening.at, bool(happening.mail_state))
    )


def _act(entry: LogEntry) -> Happening:
    return Happening(
        at=entry.at,
        what=act_label(entry.act),
        by=str(entry.actor) if entry.actor else _nobody(entry.act),
        detail=_detail(entry.detail),
    )


def _nobody(act: str) -> str:
    """What runs out needs nobody."""
    return str(_outsiders.get(act, _("Portal")))


def _detail(detail: dict[str, str]) -> str:
    if "from" in detail and "to" in detail:
        return _("von %(before)s auf %(after)s") % {"before": detail["from"], "after": detail["to"]}
    return code_words(detail["by"]) if "by" in detail else ""


def _mail(mail: OutgoingMail) -> Happening:
    return Happening(
        at=mail.queued_at,
        what=_("E-Mail: %(kind)s") % {"kind": mail_label(mail.kind)},
        by=mail.to_email,
        detail=_delivery(mail),
        mail_state=mail.state,
    )


def _received(mail: ReceivedMail) -> Happening:
    """A bounce is shown as a mail that failed; whatever else came back as an act of its sender."""
    is_lost = mail.kind in ReceivedMail.NOT_DELIVERED
    return Happening(
        at=mail.received_at,
        what=str(mail.get_kind_display()),
        by=mail.outgoing.to_email if mail.outgoing else "",
        detail=words_of(mail.status) if is_lost or mail.kind == ReceivedMail.Kind.DELAYED else "",
        mail_state=OutgoingMail.State.FAILED if is_lost else "",
    )


def _delivery(mail: OutgoingMail) -> str:
    if mail.state == OutgoingMail.State.SENT and mail.sent_at:
        return _("gesendet %(when)s") % {"when": short_moment(mail.sent_at)}
    if mail.state == OutgoingMail.State.FAILED:
        return _("nicht zustellbar, bitte anders Bescheid geben")
    if mail.state == OutgoingMail.State.BLOCKED:
        return _("nicht gesendet, da an diese Adresse nichts ankommt")
    if mail.state == OutgoingMail.State.WITHDRAWN:
        return _("nicht gesendet, da nicht mehr nötig")
    if mail.attempts and not mail.leased_until:
        return _("noch nicht angekommen, nächster Versuch %(when)s") % {"when": short_moment(mail.due_at)}
    return _("wird gesendet")
