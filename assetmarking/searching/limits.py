"""How many numbers somebody may look up in a day, and who is told when that is not enough."""

import datetime

from django.db import transaction
from django.db.models import F, Func, IntegerField, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmarking.models import Search, SearchSettings
from partnership.account_changes import partnership_of
from partnership.current import absolute_url
from partnership.locking import lock_rows
from partnership.models import Organisation, Person, Post
from partnership.outbox import mails_about_all, queue_mails
from partnership.queries import holders_of
from partnership.refusals import Refusal
from partnership.times import at_wall_time, long_day, today

MIDNIGHT = datetime.time()
WARNED_AT = 80
"""Per cent of the limit."""


class LimitReached(Refusal):
    """Nothing was looked up."""


def settings_of(organisation: Organisation) -> SearchSettings:
    """The defaults, unsaved, where nobody has changed them."""
    found = SearchSettings.objects.filter(organisation=organisation).first()
    return found or SearchSettings(organisation=organisation)


def numbers_today(person: Person) -> int:
    rows = Search.objects.filter(person=person, searched_at__gte=_morning())
    number = Func(F("texts"), function="CARDINALITY", output_field=IntegerField())
    return rows.aggregate(sum=Sum(number))["sum"] or 0


def lock_numbers_today(person: Person) -> int:
    """Until the end of the transaction nobody else counts for this person."""
    lock_rows(Person, [person.pk])
    return numbers_today(person)


def limit_warning(person: Person, organisation: Organisation) -> str:
    """Empty below four fifths of the limit."""
    limit, used = settings_of(organisation).daily_limit, numbers_today(person)
    if used * 100 < limit * WARNED_AT:
        return ""
    return _("Sie haben heute %(used)d von %(limit)d Nummern abgefragt.") % {"used": used, "limit": limit}


def reach_limit(*, person: Person, organisation: Organisation, asked: int, left: int) -> None:
    """Tells the lead and raises LimitReached. Outside of a transaction: the mail stays."""
    tell_leads(person=person, organisation=organisation)
    words = {"asked": asked, "left": max(left, 0)}
    if left > 0:
        sentence = ngettext(
            "Sie wollen %(asked)d Nummern abfragen, heute ist noch eine möglich. Nehmen Sie die wichtigste, "
            "oder bitten Sie Ihre Leitung, die Tagesgrenze zu ändern. Sie weiß Bescheid.",
            "Sie wollen %(asked)d Nummern abfragen, heute sind noch %(left)d möglich. Nehmen Sie die "
            "wichtigsten, oder bitten Sie Ihre Leitung, die Tagesgrenze zu ändern. Sie weiß Bescheid.",
            left,
        )
        raise LimitReached(sentence % words)
    raise LimitReached(
        _(
            "Ihre Tagesgrenze ist erreicht, morgen geht es weiter. Eilt es, bitten Sie Ihre Leitung, die "
            "Tagesgrenze zu ändern. Sie weiß Bescheid."
        )
    )


@transaction.atomic
def tell_leads(*, person: Person, organisation: Organisation) -> None:
    """Once a day for each person."""
    lock_rows(Person, [person.pk])
    told = mails_about_all(Person, [person.pk]).filter(kind="asset_search_limit", queued_at__gte=_morning())
    if told.exists():
        return
    limit = settings_of(organisation).daily_limit
    queue_mails(
        {
            "partnership": partnership,
            "kind": "asset_search_limit",
            "to_name": lead.name,
            "to_email": lead.email,
            "thing": person,
            "content": {
                "officer": person.name,
                "organisation": organisation.name,
                "limit": limit,
                "day": long_day(today()),
                "page": absolute_url(partnership, reverse("search:settings")),
            },
        }
        for lead in holders_of(Post.Role.LEAD, organisation.pk)
        if (partnership := partnership_of(lead)) is not None
    )


def _morning() -> datetime.datetime:
    return at_wall_time(today(), MIDNIGHT)
