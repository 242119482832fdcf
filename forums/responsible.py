"""Who is written to about an event or a series of an organisation."""

from partnership.models import Organisation, Partnership, Person, Post
from partnership.queries import coordinators_of, holders_of


def people_responsible(organiser: Organisation, partnership: Partnership) -> list[Person]:
    """The organiser's desks; where it has none, the partnership's coordinators."""
    desks = list(holders_of(Post.Role.DESK, organiser.pk))
    return desks or list(coordinators_of(partnership))
