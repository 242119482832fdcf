"""Secret links: random, stored as a hash, for one purpose, with an end."""

import datetime

import pytest
from django.utils import timezone

from partnership.links import extend_links, find_link, issue_link, issue_links, revoke_links
from partnership.models import Office, Organisation, SecretLink
from tests.factories import make_chamber, make_office

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
Purpose = SecretLink.Purpose


@pytest.fixture
def office() -> Office:
    return make_office(make_chamber(None))


def issue(
    thing: Office, purpose: SecretLink.Purpose = Purpose.MANAGE, ends_in: datetime.timedelta = HOUR
) -> str:
    return issue_link(thing=thing, purpose=purpose, expires_at=timezone.now() + ends_in)


def thing_behind(token: str, purpose: Purpose = Purpose.MANAGE) -> object:
    link = find_link(token, purpose=purpose, model=Office)
    return link.thing if link else None


def test_a_token_leads_to_its_thing(office: Office) -> None:
    assert thing_behind(issue(office)) == office


def test_tokens_are_long_and_none_is_like_another(office: Office) -> None:
    tokens = {issue(office) for _number in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens)


def test_whoever_reads_the_database_cannot_open_a_link(office: Office) -> None:
    token = issue(office)
    link = SecretLink.objects.get()
    assert token not in str([getattr(link, field.attname) for field in link._meta.concrete_fields])
    assert thing_behind(link.token_hash[:43]) is None


def test_a_link_serves_one_purpose(office: Office) -> None:
    assert thing_behind(issue(office, Purpose.CONFIRM), Purpose.MANAGE) is None


def test_a_link_leads_to_one_kind_of_thing(office: Office) -> None:
    assert find_link(issue(office), purpose=Purpose.MANAGE, model=Organisation) is None


def test_a_link_has_an_end(office: Office) -> None:
    assert thing_behind(issue(office, ends_in=-datetime.timedelta(seconds=1))) is None


@pytest.mark.parametrize("token", ["", "kurz", "a" * 43, "ä" * 43, "a" * 42 + "\n", "a" * 10_000])
def test_what_is_no_token_leads_nowhere(office: Office, token: str) -> None:
    issue(office)
    assert thing_behind(token) is None


def test_another_end_for_all_links_of_a_thing(office: Office) -> None:
    token = issue(office, ends_in=-HOUR)
    extend_links(thing=office, expires_at=timezone.now() + HOUR)
    assert thing_behind(token) == office


def test_revoked_links_lead_nowhere(office: Office) -> None:
    other = make_office(office.organisation)
    token, kept = issue(office), issue(other)
    revoke_links(thing=office)
    assert thing_behind(token) is None
    assert thing_behind(kept) == other


def test_links_of_one_purpose_can_be_revoked_alone(office: Office) -> None:
    manage, confirm = issue(office), issue(office, Purpose.CONFIRM)
    revoke_links(thing=office, purpose=Purpose.CONFIRM)
    assert thing_behind(manage) == office
    assert thing_behind(confirm, Purpose.CONFIRM) is None


def test_many_things_have_a_token_each(office: Office) -> None:
    other = make_office(office.organisation)
    tokens = issue_links(things=[office, other], purpose=Purpose.MANAGE, expires_at=timezone.now() + HOUR)
    assert {key: thing_behind(token) for key, token in tokens.items()} == {office.pk: office, other.pk: other}
