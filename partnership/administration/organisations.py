"""Members of a partnership: who they are, and from when to when."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnership.administration.changes import ChangedMeanwhile, check, write_changes
from partnership.journal import log_act
from partnership.models import Membership, Organisation, Partnership, Person
from partnership.refusals import Refusal
from partnership.times import numeric_date


@transaction.atomic
def add_organisation(
    *, partnership: Partnership, starts: datetime.date, values: Mapping[str, Any], actor: Person
) -> Organisation:
    """A new organisation, a member from a day on."""
    _refuse_twin(values["name"])
    organisation = Organisation(**values)
    check(organisation)
    organisation.save()
    log_act(act="organisation.added", thing=organisation, actor=actor, organisation=organisation)
    add_membership(partnership=partnership, organisation=organisation, starts=starts, ends=None, actor=actor)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation_id: int, seen: int, values: Mapping[str, Any], actor: Person
) -> list[str]:
    """Raises ChangedMeanwhile, and Refusal for a parent that is below itself or a kind that has posts."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    _refuse_twin(values["name"], but=organisation)
    _refuse_circle(organisation, values.get("parent"))
    if values["kind"] != organisation.kind and organisation.posts.exists():
        raise Refusal(
            _(
                "Hier gibt es schon Funktionen, und ihre Rechte folgen aus der Art der Organisation. "
                "Legen Sie für eine andere Art eine neue Organisation an."
            )
        )
    fields = write_changes(organisation, seen=seen, values=values)
    if fields:
        log_act(
            act="organisation.changed",
            thing=organisation,
            actor=actor,
            organisation=organisation,
            detail={"fields": ", ".join(fields)},
        )
    return fields


@transaction.atomic
def add_membership(
    *,
    partnership: Partnership,
    organisation: Organisation,
    starts: datetime.date,
    ends: datetime.date | None,
    actor: Person,
) -> Membership:
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    membership = Membership(partnership=partnership, organisation=organisation, starts=starts, ends=ends)
    if ends and ends < starts:
        raise Refusal(_("Das Ende der Mitgliedschaft liegt vor ihrem Beginn. Wählen Sie einen späteren Tag."))
    others = Membership.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=starts), partnership=partnership, organisation=organisation
    )
    if ends:
        others = others.filter(starts__lte=ends)
    if others.exists():
        raise Refusal(_("In dieser Zeit ist die Organisation schon Mitglied. Wählen Sie andere Tage."))
    check(membership)
    membership.save()
    _log("membership.added", membership, actor, {"since": numeric_date(starts)})
    return membership


@transaction.atomic
def end_membership(
    *, membership_id: int, seen_end: datetime.date | None, last_day: datetime.date, actor: Person
) -> Membership:
    """What is planned after the last day stays and is named; nothing is cancelled by it."""
    membership = (
        Membership.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(pk=membership_id)
    )
    if membership.ends != seen_end:
        raise ChangedMeanwhile
    if last_day < membership.starts:
        raise Refusal(_("Die Mitgliedschaft beginnt erst danach. Wählen Sie einen späteren Tag."))
    membership.ends = last_day
    membership.save(update_fields=["ends"])
    _log("membership.ended", membership, actor, {"until": numeric_date(last_day)})
    return membership


def _log(act: str, membership: Membership, actor: Person, detail: dict[str, Any]) -> None:
    log_act(act=act, thing=membership, actor=actor, organisation=membership.organisation, detail=detail)


def _refuse_twin(name: str, *, but: Organisation | None = None) -> None:
    twins = Organisation.objects.filter(name__iexact=name)
    if (twins.exclude(pk=but.pk) if but else twins).exists():
        raise Refusal(
            _(
                "Eine Organisation mit diesem Namen gibt es schon. Steht sie nicht in Ihrer Liste, "
                "gehört sie zu einer anderen Partnerschaft: Wenden Sie sich an die Technik."
            )
        )


def _refuse_circle(organisation: Organisation, parent: Organisation | None) -> None:
    above = parent
    while above is not None:
        if above.pk == organisation.pk:
            raise Refusal(_("Eine Organisation kann nicht sich selbst übergeordnet sein. Wählen Sie anders."))
        above = above.parent
