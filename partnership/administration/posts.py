"""Posts of people: given, ended, taken back. Nobody gives a post to themselves."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import mails
from partnership.administration.changes import ChangedMeanwhile, check, log_in_members
from partnership.administration.rules import roles_of
from partnership.journal import log_act
from partnership.models import Invitation, Organisation, Partnership, Person, Post
from partnership.refusals import Refusal
from partnership.times import numeric_date, today

Role = Post.Role


@transaction.atomic
def add_post(
    *,
    person_id: int,
    role: str,
    organisation: Organisation | None,
    partnership: Partnership,
    starts: datetime.date,
    ends: datetime.date | None,
    actor: Person,
) -> Post:
    """`partnership` is that of the coordinator who acts; a coordinator's post belongs to it.

    The person learns of it by mail, whoever has not accepted an invitation yet from that.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    if person == actor:
        raise Refusal(_("Niemand gibt sich selbst eine Funktion. Bitten Sie jemanden aus der Koordination."))
    if not person.is_active:
        raise Refusal(_("Dieses Konto ist gesperrt. Entsperren Sie es zuerst."))
    post = write_post(
        person=person,
        role=role,
        organisation=organisation,
        partnership=partnership,
        starts=starts,
        ends=ends,
        actor=actor,
    )
    if person.has_usable_password():
        mails.tell_post_added(post, partnership=partnership, actor=actor)
    return post


def write_post(
    *,
    person: Person,
    role: str,
    organisation: Organisation | None,
    partnership: Partnership,
    starts: datetime.date,
    ends: datetime.date | None,
    actor: Person,
) -> Post:
    """The row and its log entry, inside the act's transaction, with the person locked."""
    if ends and ends < starts:
        raise Refusal(_("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren Tag."))
    if ends and ends < today():
        raise Refusal(_("Die Funktion wäre schon vorbei. Wählen Sie einen späteren letzten Tag."))
    if organisation and role not in roles_of(organisation):
        raise Refusal(
            _("Diese Funktion gibt es bei „%(organisation)s“ nicht. Wählen Sie eine andere.")
            % {"organisation": organisation.name}
        )
    post = Post(
        person=person,
        role=role,
        organisation=organisation,
        partnership=None if organisation else partnership,
        starts=starts,
        ends=ends,
    )
    check(post)
    post.save()
    log_post("post.added", post, actor, {"role": post.role, "since": numeric_date(starts)})
    return post


@transaction.atomic
def end_post(
    *,
    post_id: int,
    seen_end: datetime.date | None,
    last_day: datetime.date,
    reason: str,
    partnership: Partnership,
    actor: Person,
) -> Post:
    """Whatever is still open in it stays with the organisation; nothing is given to somebody else by this."""
    post = lock_post(post_id)
    if post.ends != seen_end:
        raise ChangedMeanwhile
    if post.ends and post.ends < today():
        raise Refusal(_("Diese Funktion ist schon beendet."))
    if last_day < post.starts:
        raise Refusal(_("Die Funktion beginnt erst danach. Wählen Sie einen späteren Tag."))
    refuse_without_coordinator(post, last_day=last_day)
    post.ends, post.end_reason = last_day, reason
    check(post)
    post.save(update_fields=["ends", "end_reason"])
    log_post("post.ended", post, actor, {"role": post.role, "until": numeric_date(last_day)})
    if post.person.has_usable_password() and post.person != actor:
        mails.tell_post_ended(post, partnership=partnership)
    return post


@transaction.atomic
def withdraw_post(*, post_id: int, actor: Person) -> None:
    """Take back a post that has not begun: nobody has acted in it yet."""
    post = lock_post(post_id)
    if post.starts <= today():
        raise Refusal(_("Diese Funktion hat schon begonnen. Beenden Sie sie mit einem letzten Tag."))
    log_post("post.withdrawn", post, actor, {"role": post.role})
    post.delete()


def lock_post(post_id: int) -> Post:
    """Coordinators' posts meet at their partnership, so that the last of them is noticed."""
    found = Post.objects.filter(pk=post_id).values("role", "partnership_id", "person_id").first()
    if found is None:
        raise Refusal(_("Diese Funktion gibt es nicht mehr. Laden Sie die Seite neu."))
    if found["partnership_id"]:
        Partnership.objects.select_for_update(no_key=True).get(pk=found["partnership_id"])
    Person.objects.select_for_update(no_key=True).get(pk=found["person_id"])
    post = (
        Post.objects.select_for_update(no_key=True, of=("self",))
        .select_related("person", "organisation", "partnership")
        .filter(pk=post_id)
        .first()
    )
    if post is None:
        raise Refusal(_("Diese Funktion gibt es nicht mehr. Laden Sie die Seite neu."))
    return post


def refuse_without_coordinator(post: Post, *, last_day: datetime.date) -> None:
    """The day after, somebody who can sign in must still coordinate. Call it with the partnership locked."""
    if post.role != Role.COORDINATOR:
        return
    waiting = Invitation.objects.waiting().values("post")
    others = (
        Post.objects.in_force(last_day + datetime.timedelta(days=1))
        .filter(role=Role.COORDINATOR, partnership=post.partnership, person__is_active=True)
        .exclude(pk=post.pk)
        .exclude(pk__in=waiting)
    )
    if not others.exists():
        raise Refusal(
            _(
                "Danach hätte die Partnerschaft keine Koordination mehr. Laden Sie zuerst eine Nachfolge "
                "ein, und warten Sie, bis sie die Einladung angenommen hat."
            )
        )


def log_post(act: str, post: Post, actor: Person, detail: dict[str, Any] | None = None) -> None:
    """In the log of the organisation; a coordinator's post stands in those of the members."""
    if post.organisation:
        log_act(act=act, thing=post.person, actor=actor, organisation=post.organisation, detail=detail)
    else:
        assert post.partnership is not None
        log_in_members(act=act, thing=post.person, partnership=post.partnership, actor=actor, detail=detail)


def has_ended(post: Post) -> bool:
    return post.ends is not None and post.ends < timezone.localdate()
