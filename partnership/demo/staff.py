"""Colleagues who come, go and stand in for each other, so that the administration has something to show."""

import datetime

from django.utils import timezone

from partnership.administration.invitations import invite
from partnership.demo import leipzig
from partnership.models import Deputy, Invitation, Organisation, Partnership, Person, Post
from partnership.people import create_person
from partnership.times import today

Role = Post.Role
A_DAY = datetime.timedelta(days=1)
FORMER_OFFICER = "r.wolkenstein@demo.example"
COORDINATOR = "koordination@demo.example"


def create_staff_changes(
    partnership: Partnership, organisations: dict[str, Organisation], *, founded: datetime.date
) -> None:
    """Two open invitations, an old and a new one; a post that ends soon, one that is over; a deputy."""
    ihk, hwk, police = (organisations[name] for name in (leipzig.IHK, leipzig.HWK, leipzig.POLICE))
    coordinator = Person.objects.get(email=COORDINATOR)
    second = create_person(email="k.ulmenau@demo.example", name="Konrad Ulmenau")
    Post.objects.create(person=second, role=Role.COORDINATOR, partnership=partnership, starts=founded)
    _employ("j.federlein@demo.example", "Jonas Federlein", Role.DESK, hwk, founded, ends_in=18)
    _employ(FORMER_OFFICER, "Rita Wolkenstein", Role.OFFICER, police, founded, ends_in=-3)
    old = _employ("m.ackerhof@demo.example", "Mira Ackerhof", Role.DESK, ihk, today() - 9 * A_DAY)
    Invitation.objects.create(
        post=old, partnership=partnership, invited_by=coordinator, sent_at=timezone.now() - 9 * A_DAY
    )
    invite(
        name="Pelle Sternbach",
        email="p.sternbach@demo.example",
        role=Role.OFFICER,
        organisation=police,
        partnership=partnership,
        starts=today() + 14 * A_DAY,
        ends=None,
        actor=coordinator,
    )
    Deputy.objects.create(
        post=Post.objects.get(person__email=leipzig.SECOND_OFFICER),
        person=Person.objects.get(email=leipzig.OFFICER),
        starts=today() + 3 * A_DAY,
        ends=today() + 17 * A_DAY,
    )


def _employ(
    email: str,
    name: str,
    role: Role,
    organisation: Organisation,
    starts: datetime.date,
    *,
    ends_in: int | None = None,
) -> Post:
    return Post.objects.create(
        person=create_person(email=email, name=name),
        role=role,
        organisation=organisation,
        starts=starts,
        ends=None if ends_in is None else today() + ends_in * A_DAY,
        end_reason=Post.EndReason.OTHER_TASK if ends_in is not None and ends_in < 0 else "",
    )
