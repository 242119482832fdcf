"""Who may. Pure functions of a person's posts and a thing."""

from forums.models import Event, TrainingGoal
from partnership.rules import Posts


def may_open_events(posts: Posts) -> bool:
    """The list of events at the workplace; which are in it, queries decide."""
    return bool(posts.desks or posts.police or posts.coordinates)


def may_edit_events(posts: Posts) -> bool:
    return bool(posts.desks or posts.coordinates)


def may_edit_event(posts: Posts, event: Event) -> bool:
    """Desks of the organiser and of whoever runs it along, and the partnership's coordinators.

    Reads `event.partners`: prefetch them for lists.
    """
    return event.partnership_id in posts.coordinates or bool(_who_run(event) & posts.desks)


def may_read_participants(posts: Posts, event: Event) -> bool:
    """Names are for those who run the event."""
    return may_edit_event(posts, event)


def may_work_at_door(posts: Posts, event: Event) -> bool:
    """Whoever edits it, and police who run it along: they see who is expected, and nothing else of them."""
    return may_edit_event(posts, event) or bool(_who_run(event) & posts.police)


def may_edit_goal(posts: Posts, goal: TrainingGoal) -> bool:
    return goal.partnership_id in posts.coordinates or goal.organisation_id in posts.desks


def _who_run(event: Event) -> frozenset[int]:
    return frozenset({event.organiser_id, *(partner.pk for partner in event.partners.all())})
