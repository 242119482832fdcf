"""A lost second factor is taken away by two people with the right, neither of them the one concerned."""

import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import account_mails, sessions
from partnership.account_changes import organisation_of, partnership_of
from partnership.journal import log_act
from partnership.models import Deputy, Membership, Partnership, Person, Post, SecondFactorReset
from partnership.refusals import Refusal
from partnership.rules import FACTORS, Posts, posts_of

State = SecondFactorReset.State
Role = Post.Role


def people_whose_factor_may_be_reset(posts: Posts) -> QuerySet[Person]:
    """By coordinators: of the members and of the coordination; by leads: of their officers."""
    today = timezone.localdate()
    members = Membership.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today, partnership__in=posts.coordinates
    )
    theirs = (
        Q(partnership__in=posts.coordinates)
        | Q(organisation__in=members.values("organisation"))
        | Q(organisation__in=posts.lead_of, role=Role.OFFICER)
    )
    rows = Post.objects.in_force().filter(theirs)
    stand_ins = Deputy.objects.in_force().filter(post__in=rows)
    return Person.objects.filter(Q(pk__in=rows.values("person")) | Q(pk__in=stand_ins.values("person")))


def resets_visible_to(posts: Posts) -> QuerySet[SecondFactorReset]:
    return SecondFactorReset.objects.filter(
        person__in=people_whose_factor_may_be_reset(posts)
    ).select_related("person", "asked_by", "confirmed_by")


def open_resets(posts: Posts, *, now: datetime.datetime) -> QuerySet[SecondFactorReset]:
    """Without those whose day is over and which nobody has needed to expire yet."""
    return resets_visible_to(posts).filter(state=State.OPEN, asked_at__gt=now - SecondFactorReset.LASTS)


@transaction.atomic
def ask_for_reset(*, person: Person, asked_by: Person, reason: str) -> SecondFactorReset:
    if person == asked_by:
        raise Refusal(_("Ihren eigenen zweiten Faktor setzen zwei andere zurück. Bitten Sie sie darum."))
    _check_right(person, asked_by)
    if not Authenticator.objects.filter(user=person, type__in=FACTORS).exists():
        raise Refusal(_("Diese Person hat keinen zweiten Faktor. Sie richtet ihn beim Anmelden ein."))
    now = timezone.now()
    _expire_run_out(person, now=now)
    try:
        with transaction.atomic():
            reset = SecondFactorReset.objects.create(
                person=person, asked_by=asked_by, reason=reason.strip(), asked_at=now
            )
    except IntegrityError:
        raise Refusal(_("Für diese Person läuft schon ein Antrag. Er steht in der Liste.")) from None
    _log("asked", reset, asked_by)
    partnership = partnership_of(person)
    if partnership:
        account_mails.say_reset_asked(partnership=partnership, reset=reset)
        for reader in _who_may_confirm(reset, partnership):
            account_mails.ask_to_confirm_reset(partnership=partnership, reset=reset, reader=reader)
    return reset


@transaction.atomic
def confirm_reset(*, reset_id: int, confirmed_by: Person) -> SecondFactorReset:
    """The factors and recovery codes go, every session ends, the person is told."""
    reset = _lock_open(reset_id)
    if confirmed_by.pk in (reset.asked_by_id, reset.person_id):
        raise Refusal(_("Bestätigen muss eine zweite, unbeteiligte Person."))
    _check_right(reset.person, confirmed_by)
    _check_right(reset.person, reset.asked_by)
    reset.confirmed_by, reset.state, reset.ended_at = confirmed_by, State.DONE, timezone.now()
    reset.save(update_fields=["confirmed_by", "state", "ended_at"])
    Authenticator.objects.filter(user=reset.person).delete()
    sessions.end_sessions(person=reset.person)
    _log("confirmed", reset, confirmed_by)
    partnership = partnership_of(reset.person)
    if partnership:
        account_mails.say_reset(partnership=partnership, reset=reset)
    return reset


@transaction.atomic
def withdraw_reset(*, reset_id: int, by: Person) -> None:
    """Whoever could confirm it can also stop it, and so can the one it concerns."""
    reset = _lock_open(reset_id)
    if by != reset.person:
        _check_right(reset.person, by)
    reset.state, reset.ended_at = State.WITHDRAWN, timezone.now()
    reset.save(update_fields=["state", "ended_at"])
    _log("withdrawn", reset, by)


def _lock_open(reset_id: int) -> SecondFactorReset:
    reset = (
        SecondFactorReset.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "asked_by")
        .get(pk=reset_id)
    )
    if reset.state != State.OPEN or reset.lasts_until <= timezone.now():
        raise Refusal(_("Dieser Antrag ist nicht mehr offen. Stellen Sie bei Bedarf einen neuen."))
    return reset


def _expire_run_out(person: Person, *, now: datetime.datetime) -> None:
    SecondFactorReset.objects.filter(
        person=person, state=State.OPEN, asked_at__lte=now - SecondFactorReset.LASTS
    ).update(state=State.EXPIRED, ended_at=now)


def _check_right(person: Person, by: Person) -> None:
    if not people_whose_factor_may_be_reset(posts_of(by)).filter(pk=person.pk).exists():
        raise Refusal(_("Das darf nur die Koordination oder die Leitung der Person."))


def _who_may_confirm(reset: SecondFactorReset, partnership: Partnership) -> list[Person]:
    organisations = Post.objects.in_force().filter(person=reset.person).values("organisation")
    rows = Post.objects.in_force().filter(
        Q(role=Role.COORDINATOR, partnership=partnership) | Q(role=Role.LEAD, organisation__in=organisations)
    )
    people = Person.objects.filter(pk__in=rows.values("person"), is_active=True)
    others = people.exclude(pk__in=[reset.person_id, reset.asked_by_id]).order_by("pk")
    return [p for p in others if people_whose_factor_may_be_reset(posts_of(p)).filter(pk=reset.person_id)]


def _log(act: str, reset: SecondFactorReset, actor: Person) -> None:
    log_act(
        act=f"second_factor_reset.{act}",
        thing=reset,
        actor=actor,
        organisation=organisation_of(reset.person),
        detail={"person": reset.person_id, "asked_by": reset.asked_by_id},
    )
