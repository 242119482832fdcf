"""Who stands in for whom, with all rights of the post."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnership import mails
from partnership.administration.changes import check
from partnership.administration.posts import has_ended, lock_post, log_post
from partnership.administration.rules import STANDS_IN
from partnership.models import Deputy, Partnership, Person, Post
from partnership.refusals import Refusal
from partnership.times import numeric_date, today


def who_may_stand_in(post: Post) -> list[Person]:
    """Colleagues of today in the same organisation or partnership, by name."""
    colleagues = (
        Post.objects.in_force()
        .filter(
            role__in=STANDS_IN[post.role],
            organisation=post.organisation_id,
            partnership=post.partnership_id,
            person__is_active=True,
        )
        .exclude(person=post.person_id)
        .values("person")
    )
    return list(Person.objects.filter(pk__in=colleagues).order_by("name", "pk"))


@transaction.atomic
def name_deputy(
    *,
    post_id: int,
    person: Person,
    starts: datetime.date,
    ends: datetime.date | None,
    partnership: Partnership,
    actor: Person,
) -> Deputy:
    """Raises Refusal for somebody who may not stand in, and for a second time at once."""
    post = lock_post(post_id)
    if has_ended(post):
        raise Refusal(_("Diese Funktion ist beendet. Vertreten wird nur, wer sie noch hat."))
    if person not in who_may_stand_in(post):
        raise Refusal(
            _("%(person)s kann hier nicht vertreten. Wählen Sie jemanden aus derselben Organisation.")
            % {"person": person}
        )
    if ends and ends < starts:
        raise Refusal(_("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren Tag."))
    if ends and ends < today():
        raise Refusal(_("Die Vertretung wäre schon vorbei. Wählen Sie einen späteren letzten Tag."))
    others = post.deputies.filter(Q(ends__isnull=True) | Q(ends__gte=starts), person=person)
    if ends:
        others = others.filter(starts__lte=ends)
    if others.exists():
        raise Refusal(_("%(person)s vertritt in dieser Zeit schon.") % {"person": person})
    deputy = Deputy(post=post, person=person, starts=starts, ends=ends)
    check(deputy)
    deputy.save()
    log_post("deputy.named", post, actor, {"role": post.role, "since": numeric_date(starts)})
    if person != actor and person.has_usable_password():
        mails.tell_deputy(deputy, partnership=partnership)
    return deputy


@transaction.atomic
def end_deputy(*, deputy_id: int, actor: Person) -> None:
    """At once: the days that are over stay on record."""
    found = Deputy.objects.filter(pk=deputy_id).first()
    gone = Refusal(_("Diese Vertretung ist schon beendet."))
    if found is None:
        raise gone
    post = lock_post(found.post_id)
    deputy = Deputy.objects.filter(pk=deputy_id).first()
    if deputy is None or (deputy.ends and deputy.ends < today()):
        raise gone
    log_post("deputy.ended", post, actor, {"role": post.role})
    if deputy.starts >= today():
        deputy.delete()
        return
    deputy.ends = today() - datetime.timedelta(days=1)
    deputy.save(update_fields=["ends"])
