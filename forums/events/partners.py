"""Who runs an event along: other members of the partnership."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from forums.models import Event
from partnership.models import Organisation
from partnership.queries import members_of
from partnership.refusals import Refusal


def set_partners(event: Event, partners: Collection[Organisation]) -> list[str]:
    """The names of those who came or went; raises Refusal for whoever is no member any more."""
    before = {partner.pk: partner for partner in event.partners.all()}
    after = {partner.pk: partner for partner in partners if partner.pk != event.organiser_id}
    members = set(members_of(event.partnership).values_list("pk", flat=True))
    if strangers := [partner.name for key, partner in after.items() if key not in members | before.keys()]:
        raise Refusal(
            _("%(partners)s gehört nicht zur Partnerschaft. Wählen Sie Mitglieder.")
            % {"partners": ", ".join(strangers)}
        )
    event.partners.set(after.values())
    changed = before.keys() ^ after.keys()
    return sorted((before | after)[key].short_name for key in changed)
