"""Calendar addresses: made, renewed, ended, and opened by calendar programs that never sign in."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.account_changes import organisation_of
from partnership.journal import log_act
from partnership.links import hash_of, new_token
from partnership.models import CalendarFeed, Office, Organisation, Person
from partnership.refusals import Refusal
from partnership.rules import Posts, may_have_feed, posts_of
from partnership.times import berlin_day

Kind = CalendarFeed.Kind


def feeds_for_work(posts: Posts) -> list[CalendarFeed]:
    """Everything a post gives to subscribe to, not saved: the own day, the whole chamber, each house."""
    found = [CalendarFeed(kind=Kind.OFFICER)] if posts.officer_of else []
    chambers = Organisation.objects.filter(pk__in=posts.desks).order_by("name", "pk")
    houses = Office.objects.filter(organisation__in=posts.desks).order_by(
        "organisation", "kind", "city", "pk"
    )
    found += [CalendarFeed(kind=Kind.CHAMBER, organisation=chamber) for chamber in chambers]
    return found + [CalendarFeed(kind=Kind.HOUSE, office=house) for house in houses]


def feeds_of(person: Person) -> dict[str, CalendarFeed]:
    """By their key."""
    feeds = CalendarFeed.objects.filter(person=person).select_related("office", "organisation")
    return {feed.key: feed for feed in feeds}


@transaction.atomic
def make_feed(*, person: Person, wanted: CalendarFeed, language: str = "de") -> tuple[CalendarFeed, str]:
    """The feed and its token, which cannot be read back. One for each thing."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if wanted.key in feeds_of(person):
        raise Refusal(
            _("Für diesen Kalender gibt es schon eine Adresse. Wenn sie verloren ist, erneuern Sie sie.")
        )
    token = new_token()
    feed = CalendarFeed.objects.create(
        person=person,
        kind=wanted.kind,
        organisation=wanted.organisation,
        office=wanted.office,
        token_hash=hash_of(token),
        language=language,
    )
    _log("feed.made", feed, actor=person)
    return feed, token


@transaction.atomic
def renew_feed(*, feed_id: int, language: str = "de") -> tuple[CalendarFeed, str]:
    """Another address; the earlier one ends at once."""
    feed = _lock(feed_id)
    if feed is None:
        raise Refusal(_("Diese Kalenderadresse gibt es nicht mehr. Erzeugen Sie eine."))
    token = new_token()
    CalendarFeed.objects.filter(pk=feed.pk).delete()
    renewed = CalendarFeed.objects.create(
        person=feed.person,
        kind=feed.kind,
        organisation=feed.organisation,
        office=feed.office,
        token_hash=hash_of(token),
        language=language,
    )
    _log("feed.renewed", renewed, actor=feed.person)
    return renewed, token


@transaction.atomic
def end_feed(*, feed_id: int, actor: Person | None) -> None:
    """Twice changes nothing. `actor` is None where a post has ended."""
    feed = _lock(feed_id)
    if feed is None:
        return
    CalendarFeed.objects.filter(pk=feed.pk).delete()
    _log("feed.ended", feed, actor=actor)


def open_feed(token: str) -> tuple[CalendarFeed, Posts] | None:
    """The feed behind a token with its person's posts of today.

    With the right to it a feed ends for good: whoever gets the post again makes a new address.
    """
    rows = CalendarFeed.objects.select_related("person", "office", "organisation")
    feed = rows.filter(token_hash=hash_of(token)).first()
    if feed is None:
        return None
    posts = posts_of(feed.person)
    if feed.person.is_active and may_have_feed(posts, feed):
        return feed, posts
    end_feed(feed_id=feed.pk, actor=None)
    return None


def note_fetched(feed: CalendarFeed, *, fingerprint: str, now: datetime.datetime) -> datetime.datetime:
    """Since when the content is what it is now. Written when that changes, else once a day."""
    is_same = feed.fingerprint == fingerprint and feed.changed_at is not None
    changed_at = feed.changed_at if is_same and feed.changed_at else now
    if not is_same or feed.fetched_on != berlin_day(now):
        CalendarFeed.objects.filter(pk=feed.pk).update(
            fetched_on=berlin_day(now), fingerprint=fingerprint, changed_at=changed_at
        )
    return changed_at


def _lock(feed_id: int) -> CalendarFeed | None:
    rows = CalendarFeed.objects.select_for_update(of=("self",))
    return rows.select_related("person", "office__organisation", "organisation").filter(pk=feed_id).first()


def _log(act: str, feed: CalendarFeed, *, actor: Person | None) -> None:
    owner = feed.organisation or (feed.office.organisation if feed.office else organisation_of(feed.person))
    log_act(act=act, thing=feed.person, actor=actor, organisation=owner, detail={"calendar": feed.title})
