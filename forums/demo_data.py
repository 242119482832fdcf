"""Events of the demo, relative to today."""

from django.db import transaction

from forums.demo.afterwards import add_afterwards
from forums.demo.desk import add_callers, add_guests
from forums.demo.door import add_event_of_today
from forums.demo.forum import add_forum
from forums.demo.others import add_others
from forums.demo.planning import add_planning
from forums.demo.registrations import add_registrations
from forums.demo.waiting import add_waiting
from forums.models import Event
from partnership.demo import leipzig
from partnership.models import Partnership


@transaction.atomic
def create_demo_data() -> None:
    """At the first start; later starts leave it alone."""
    partnership = Partnership.objects.filter(slug=leipzig.SLUG).first()
    if partnership is None or Event.objects.exists():
        return
    forum = add_forum(partnership)
    add_registrations(forum)
    add_callers(forum)
    add_guests(forum)
    add_others(partnership)
    add_waiting(partnership)
    add_event_of_today(partnership)
    add_planning(partnership)
    add_afterwards(partnership)
