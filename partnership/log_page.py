"""The auditor's log as rows of ready strings."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partnership.journal import act_label
from partnership.log_words import detail_words, names_of_things
from partnership.models import LogEntry
from partnership.queries import people_with_duties
from partnership.times import at_wall_time, short_moment

MIDNIGHT = datetime.time()


@dataclass(frozen=True, slots=True)
class LogRow:
    when: str
    who: str
    organisation: str
    act: str
    thing: str
    detail: str


def filter_entries(entries: QuerySet[LogEntry], wanted: dict[str, Any]) -> QuerySet[LogEntry]:
    """`wanted` holds act, person's name or address, first and last day, as far as given."""
    if act := wanted.get("vorgang"):
        entries = entries.filter(act=act)
    if first := wanted.get("von"):
        entries = entries.filter(at__gte=at_wall_time(first, MIDNIGHT))
    if last := wanted.get("bis"):
        entries = entries.filter(at__lt=at_wall_time(last + datetime.timedelta(days=1), MIDNIGHT))
    if text := wanted.get("person"):
        named = people_with_duties().filter(Q(name__icontains=text) | Q(email__icontains=text))
        entries = entries.filter(actor__in=named.values("pk"))
    return entries


def lay_out_log(entries: Collection[LogEntry]) -> list[LogRow]:
    """Who acted for a firm is not named: a sole trader's name would be the firm's."""
    things = names_of_things(entries)
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    named = set(people_with_duties().filter(pk__in=actors).values_list("pk", flat=True))
    return [
        LogRow(
            when=short_moment(entry.at),
            who=_who(entry, named),
            organisation=entry.organisation.short_name if entry.organisation else "",
            act=act_label(entry.act),
            thing=things[entry.content_type_id, entry.object_id],
            detail=detail_words(entry.detail),
        )
        for entry in entries
    ]


def _who(entry: LogEntry, named: set[int]) -> str:
    if entry.actor is None:
        return _("ohne Anmeldung")
    return str(entry.actor) if entry.actor_id in named else _("Firma")
