"""Who did what: written with the act, read in timelines and by the auditor."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Count,
    F,
    Func,
    JSONField,
    Max,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)

from partnership.models import LogEntry, Organisation, Person
from partnership.queries import people_with_duties

_labels: dict[str, Any] = {}


def register_acts(labels: dict[str, Any]) -> None:
    """Apps name their acts in `ready()`: key to (lazy) German label."""
    _labels.update(labels)


def act_label(act: str) -> str:
    return str(_labels.get(act, act))


def known_acts() -> list[tuple[str, str]]:
    """(key, label) of every act, by label, to choose from."""
    return sorted(((act, str(label)) for act, label in _labels.items()), key=lambda pair: pair[1])


def log_act(
    *,
    act: str,
    thing: Model,
    actor: Person | None = None,
    organisation: Organisation | None = None,
    detail: dict[str, Any] | None = None,
) -> LogEntry:
    """Call inside the act's transaction. `organisation` is the controller whose auditor may read it."""
    [entry] = log_acts(act=act, things=[thing], actor=actor, organisation=organisation, detail=detail)
    return entry


def log_acts(
    *,
    act: str,
    things: Iterable[Model],
    actor: Person | None = None,
    organisation: Organisation | None = None,
    detail: dict[str, Any] | None = None,
) -> list[LogEntry]:
    """The same act for each of many things, in one statement."""
    if act not in _labels:
        raise KeyError(f"{act} is not registered")
    return LogEntry.objects.bulk_create(
        LogEntry(
            act=act,
            content_type=ContentType.objects.get_for_model(thing),
            object_id=thing.pk,
            actor=actor,
            organisation=organisation,
            detail=detail or {},
        )
        for thing in things
    )


def unname_firms(model: type[Model], keys: Collection[int]) -> None:
    """The log of what was emptied does not lead to the firm's person, who may have other appointments."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=keys, actor__isnull=False)
    entries.exclude(actor__in=people_with_duties()).update(actor=None)


def forget_reasons(model: type[Model], keys: Collection[int]) -> None:
    """What somebody wrote about an act goes with what it was about; that it was done stays."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=keys, detail__has_key="reason")
    word = Value("reason", output_field=TextField())
    without = {"template": "(%(expressions)s)", "arg_joiner": " - ", "output_field": JSONField()}
    entries.update(detail=Func(F("detail"), word, **without))


def entries_about(thing: Model) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk
    ).select_related("actor", "organisation")


def figure_of_entries(model: type[Model], figure: Max | Count, **which: Any) -> Subquery:
    """To annotate a model's rows with: a figure over what the log has about each."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id=OuterRef("pk"), **which)
    return Subquery(entries.order_by().values("object_id").annotate(figure=figure).values("figure"))
