"""Accounts of people: made without a password, given one by their holder, closed and opened again."""

from partnership.models import Person


def create_person(*, email: str, name: str) -> Person:
    """The one way in for people who act for an organisation. The holder chooses the password."""
    return Person.objects.create_user(email, None, name=name)


def choose_first_password(*, person: Person, password: str) -> None:
    """Call it for whoever has opened the link that was sent to the address, which is confirmed by that."""
    person.set_password(password)
    person.save(update_fields=["password"])
