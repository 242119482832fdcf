"""What is kept although its time is over: placed and ended by who owns it, with a reason and a last day."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.journal import log_act
from partnership.models import Organisation, Person, RetentionHold
from partnership.refusals import Refusal
from partnership.rules import Posts
from partnership.times import numeric_date

LONGEST_DAYS = 3 * 365


@dataclass(frozen=True, kw_only=True)
class Holdable:
    """A kind of thing that can be held, and with it what belongs to it.

    `holders` are the organisations for which these posts may; `lock` gives the thing as it is under the lock
    that whoever erases it takes as well, None once it is erased.
    """

    slug: str
    model: type[Model]
    visible_to: Callable[[Posts], QuerySet[Any]]
    holders: Callable[[Posts, Any], QuerySet[Organisation]]
    lock: Callable[[int], Model | None]
    words: Callable[[Any], str]
    url: Callable[[Any], str]


_holdables: dict[str, Holdable] = {}
_above: dict[type[Model], list[tuple[type[Model], str]]] = {}


def register_holdables(*holdables: Holdable) -> None:
    """Apps name theirs in `ready()`."""
    _holdables.update({holdable.slug: holdable for holdable in holdables})


def holds_cover(model: type[Model], *, through: type[Model], path: str) -> None:
    """What of `model` leads by `path` to something held is held with it."""
    _above.setdefault(model, []).append((through, path))


def holdable_called(slug: str) -> Holdable | None:
    return _holdables.get(slug)


def holdable_of(hold: RetentionHold) -> Holdable | None:
    """None where the app that knew the thing is gone."""
    model = hold.content_type.model_class()
    return next((holdable for holdable in _holdables.values() if holdable.model is model), None)


def held_things(model: type[Model]) -> Q:
    """What of this model is held: itself, through what it belongs to, or as it tells of something held."""
    held = Q(pk__in=_keys_held_directly(model))
    for above, path in _above.get(model, []):
        for keys in _held_keys(above):
            held |= Q(**{f"{path}__in": keys})
    if any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields):
        for holdable in _holdables.values():
            kind = ContentType.objects.get_for_model(holdable.model)
            for keys in _held_keys(holdable.model):
                held |= Q(content_type=kind, object_id__in=keys)
    return held


def holds_on(thing: Model) -> list[RetentionHold]:
    """Those that stand today, what it belongs to included."""
    found = Q(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)
    for above, path in _above.get(type(thing), []):
        keys = type(thing)._default_manager.filter(pk=thing.pk).values(path)
        found |= Q(content_type=ContentType.objects.get_for_model(above), object_id__in=keys)
    rows = RetentionHold.objects.standing().filter(found)
    return list(rows.select_related("organisation", "placed_by"))


@dataclass(frozen=True, slots=True)
class HoldNote:
    """What a thing's page says: until when it is kept, and where to change that, for who may."""

    until: str
    url: str


def hold_note(holdable: Holdable, thing: Model, posts: Posts) -> HoldNote:
    may = holdable.holders(posts, thing).exists()
    return HoldNote(
        until=numeric_date(max(hold.until for hold in holds)) if (holds := holds_on(thing)) else "",
        url=reverse("workplace:hold", args=[holdable.slug, thing.pk]) if may else "",
    )


def refuse_held(thing: Model) -> None:
    """Raises the Refusal that erasing it would meet; call it under the lock."""
    for hold in holds_on(thing):
        raise Refusal(
            _(
                "%(thing)s wird bis %(until)s aufbewahrt (%(organisation)s). Löschen lässt sich das erst, "
                "wenn die Aufbewahrung aufgehoben oder vorbei ist."
            )
            % {
                "thing": f"{thing._meta.verbose_name} {thing}",
                "until": numeric_date(hold.until),
                "organisation": hold.organisation.short_name,
            }
        )


@transaction.atomic
def place_hold(
    *,
    holdable: Holdable,
    key: int,
    organisation: Organisation,
    reason: str,
    until: datetime.date,
    actor: Person,
) -> RetentionHold:
    """From now until the end of a day, three years ahead at most. Raises Refusal."""
    thing = holdable.lock(key)
    if thing is None:
        raise Refusal(_("Die Angaben sind schon gelöscht. Aufzubewahren ist hier nichts mehr."))
    today = timezone.localdate()
    if not today < until <= today + datetime.timedelta(days=LONGEST_DAYS):
        raise Refusal(_("Wählen Sie einen Tag in der Zukunft, höchstens drei Jahre von heute an."))
    hold = RetentionHold.objects.create(
        organisation=organisation,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        reason=reason,
        until=until,
        placed_by=actor,
    )
    detail = {"until": numeric_date(until)}
    log_act(act="hold.placed", thing=thing, actor=actor, organisation=organisation, detail=detail)
    return hold


@transaction.atomic
def end_hold(*, hold_id: int, actor: Person) -> RetentionHold:
    """What is due goes in the next night. Ending it twice changes nothing."""
    rows = RetentionHold.objects.select_for_update(no_key=True, of=("self",))
    hold = rows.select_related("organisation").get(pk=hold_id)
    if hold.ended_at is None:
        hold.ended_at, hold.ended_by = timezone.now(), actor
        hold.save(update_fields=["ended_at", "ended_by"])
        if hold.thing:
            log_act(act="hold.ended", thing=hold.thing, actor=actor, organisation=hold.organisation)
    return hold


def holds_visible_to(posts: Posts) -> QuerySet[RetentionHold]:
    """An auditor's: those of the own organisation that stand, the first to end first."""
    rows = RetentionHold.objects.standing().filter(organisation__in=posts.auditor_of)
    return rows.select_related("organisation", "placed_by").order_by("until", "pk")


def _held_keys(model: type[Model]) -> Iterator[QuerySet[Any]]:
    """One for each way of being held: all in one would read the whole table for the few that are."""
    rows = model._default_manager.values("pk")
    yield rows.filter(pk__in=_keys_held_directly(model))
    for above, path in _above.get(model, []):
        for keys in _held_keys(above):
            yield rows.filter(**{f"{path}__in": keys})


def _keys_held_directly(model: type[Model]) -> QuerySet[Any]:
    kind = ContentType.objects.get_for_model(model)
    return RetentionHold.objects.standing().filter(content_type=kind).values("object_id")
