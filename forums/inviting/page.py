"""The list of those invited as ready rows: sent when, and what has come of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.desk.listing import Standing, standing_of, with_bookings
from forums.models import Event, EventInvitation, Registration
from partnership.blocked_addresses import blocked_among
from partnership.times import short_moment


class Answer(models.TextChoices):
    """What has come of an invitation. Lost is what came back; blocked, where nothing is sent."""

    UNSENT = "offen", gettext_lazy("noch nicht gesendet")
    ASKED = "gefragt", gettext_lazy("noch keine Antwort")
    REGISTERED = "angemeldet", gettext_lazy("angemeldet")
    DECLINED = "abgesagt", gettext_lazy("abgesagt")
    LOST = "verloren", gettext_lazy("kam nicht an")
    BLOCKED = "gesperrt", gettext_lazy("an diese Adresse geht nichts")


NOT_ARRIVING = (Answer.LOST, Answer.BLOCKED)
CAN_BE_SENT_AGAIN = (Answer.ASKED, Answer.DECLINED, Answer.LOST)


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """`more` says when it was sent, and how the registration stands."""

    pk: int
    name: str
    firm: str
    email: str
    answer: Answer
    more: str
    registration: str
    can_send_again: bool


@dataclass(frozen=True, slots=True)
class Invited:
    rows: list[InvitationRow]
    counts: dict[Answer, int]

    @property
    def unsent(self) -> int:
        return self.counts[Answer.UNSENT]

    @property
    def lost(self) -> int:
        return sum(self.counts[answer] for answer in NOT_ARRIVING)

    @property
    def sums(self) -> list[tuple[str, int]]:
        return [(str(answer.label), count) for answer, count in self.counts.items() if count]


def lay_out(event: Event, registrations: QuerySet[Registration]) -> Invited:
    """By name, in four statements. `registrations`: those that the reader may see."""
    invitations = list(event.invitations.all())
    blocked = blocked_among(invitation.email for invitation in invitations)
    found = _by_address(with_bookings(registrations.filter(event=event).exclude(email="")))
    rows = [_row(one, found.get(one.email.lower()), one.email.lower() in blocked) for one in invitations]
    counts = {answer: sum(row.answer == answer for row in rows) for answer in Answer}
    return Invited(rows, counts)


def _by_address(registrations: Iterable[Registration]) -> dict[str, Registration]:
    """What stands before what has ended, as somebody may register once more."""
    found: dict[str, Registration] = {}
    for registration in registrations:
        known = found.get(registration.email.lower())
        if known is None or known.state != Registration.State.CONFIRMED:
            found[registration.email.lower()] = registration
    return found


def _row(invitation: EventInvitation, registration: Registration | None, is_blocked: bool) -> InvitationRow:
    answer = _answer(invitation, registration, is_blocked)
    return InvitationRow(
        pk=invitation.pk,
        name=invitation.name,
        firm=invitation.firm_name,
        email=invitation.email,
        answer=answer,
        more=_more(invitation, registration),
        registration=registration.reference if registration else "",
        can_send_again=answer in CAN_BE_SENT_AGAIN,
    )


def _answer(invitation: EventInvitation, registration: Registration | None, is_blocked: bool) -> Answer:
    if registration:
        stands = registration.state == Registration.State.CONFIRMED
        return Answer.REGISTERED if stands else Answer.DECLINED
    if invitation.declined_at:
        return Answer.DECLINED
    if is_blocked:
        return Answer.BLOCKED
    if invitation.mail_lost_at:
        return Answer.LOST
    return Answer.ASKED if invitation.sent_at else Answer.UNSENT


def _more(invitation: EventInvitation, registration: Registration | None) -> str:
    if registration:
        standing = standing_of(registration)
        return _("hat sich abgemeldet") if standing == Standing.GONE else str(standing.label)
    if invitation.declined_at:
        return short_moment(invitation.declined_at)
    if invitation.sent_at:
        return _("gesendet %(when)s") % {"when": short_moment(invitation.sent_at)}
    return ""
