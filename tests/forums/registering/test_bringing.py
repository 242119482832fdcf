"""Whoever takes part registers colleagues along later."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forums.models import Event, EventPart, Registration, Visibility
from forums.registering.bringing import bring_along
from forums.registering.cancelling import cancel
from forums.registering.registering import Colleague
from forums.seats import NoPlaceLeft
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from tests.consultations.conftest import MailsOf
from tests.forums.registering_steps import last_mail, make_forum, states_of, take_part, token_in
from tests.personas import World, sign_in

OLE, INA = Colleague(name="Ole Opitz"), Colleague(name="Ina Ilse", email="ina@firma.example")
Forum = tuple[Event, EventPart, EventPart, EventPart]


@pytest.fixture
def forum(world: World) -> Forum:
    return make_forum(world)


@pytest.fixture
def ute(forum: Forum) -> Registration:
    return take_part(forum[0], forum[1])


def bring(registration: Registration, part: EventPart, *colleagues: Colleague, **given: Any) -> Any:
    return bring_along(
        registration_id=registration.pk, parts={part.pk: "site"}, colleagues=colleagues, **given
    )


def test_they_take_part_at_once(forum: Forum, ute: Registration) -> None:
    ole, ina = bring(ute, forum[1], OLE, INA)
    assert (ole.registered_by, ole.state, states_of(ole)) == (ute, "confirmed", {"Vortrag": "confirmed"})
    assert (ina.firm_name, ina.email) == (ute.firm_name, INA.email)


def test_each_address_is_told_and_who_brought_them_reads_of_all(
    forum: Forum, ute: Registration, mails_of: MailsOf
) -> None:
    mails = mails_of(lambda: bring(ute, forum[1], OLE, INA))
    assert [(mail.kind, mail.to_email) for mail in mails] == [
        ("event_registered", INA.email),
        ("event_changed", ute.email),
    ]
    assert mails[0].content["by"] == "Ute Quendel"
    assert mails[1].content["brought"] == "Ole Opitz, Ina Ilse"
    assert [person["name"] for person in mails[1].content["people"]] == ["Ute Quendel", "Ole Opitz"]


def test_twice_is_once(forum: Forum, ute: Registration, mails_of: MailsOf) -> None:
    bring(ute, forum[1], OLE, INA)
    assert mails_of(lambda: bring(ute, forum[1], OLE, INA)) == []
    assert ute.colleagues.count() == 2


def test_whoever_is_registered_already_stays_so(forum: Forum, ute: Registration) -> None:
    take_part(forum[0], forum[1], name="Ina", email=INA.email)
    assert bring(ute, forum[1], INA) == []


def test_nobody_waits_who_was_not_told_before(forum: Forum, ute: Registration) -> None:
    forum[2].places.update(capacity=1)
    with pytest.raises(NoPlaceLeft, match="nicht für alle Plätze frei"):
        bring(ute, forum[2], OLE, INA)
    assert not ute.colleagues.exists()


def test_whoever_knows_there_is_no_place_waits(forum: Forum, ute: Registration) -> None:
    forum[2].places.update(capacity=0)
    (ole,) = bring(ute, forum[2], OLE, may_wait_for=frozenset({forum[2].pk}))
    assert states_of(ole)["Türen"] == "waitlisted"


def test_eleven_are_too_many(forum: Forum, ute: Registration) -> None:
    bring(ute, forum[1], *(Colleague(name=f"Person {number}") for number in range(10)))
    with pytest.raises(Refusal, match="Mehr als zehn"):
        bring(ute, forum[1], OLE)


def test_one_address_is_one_person(forum: Forum, ute: Registration) -> None:
    with pytest.raises(Refusal, match="steht zweimal da"):
        bring(ute, forum[1], Colleague(name="Uwe", email=ute.email))


def test_nobody_is_refused(forum: Forum, ute: Registration) -> None:
    with pytest.raises(Refusal, match="Tragen Sie ein"):
        bring(ute, forum[1])


def test_a_cancelled_registration_brings_nobody(forum: Forum, ute: Registration) -> None:
    cancel(registration_id=ute.pk)
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        bring(ute, forum[1], OLE)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"visibility": Visibility.INVITED}, "niemand mit anmelden"),
        ({"registration_closes_at": "2020-01-01T00:00Z"}, "geschlossen"),
    ],
)
def test_where_nobody_registers_nobody_is_brought(
    forum: Forum, ute: Registration, changed: dict[str, Any], words: str
) -> None:
    Event.objects.filter(pk=forum[0].pk).update(**changed)
    with pytest.raises(Refusal, match=words):
        bring(ute, forum[1], OLE)


# the page


def page_of(registration: Registration) -> str:
    return reverse("forums:bring", args=[token_in(last_mail("event_registered")), registration.reference])


def data_of(part: EventPart, **rows: str) -> dict[str, str]:
    filled = {"mit-TOTAL_FORMS": "1", "mit-INITIAL_FORMS": "0", "mit-0-role": "business"}
    return filled | {"mit-0-name": "Ole Opitz", f"teil_{part.pk}": f"{part.pk}-site"} | rows


def test_behind_the_link_somebody_is_brought(client: Client, forum: Forum, ute: Registration) -> None:
    page = client.get(page_of(ute)).content.decode()
    assert "Wer kommt mit?" in page
    assert "noch 79 Plätze frei" in page
    data = data_of(forum[1], **{f"teil_{forum[2].pk}": "nein"})
    answer = client.post(page_of(ute), data)
    assert answer.status_code == 302
    assert "Ole Opitz" in client.get(answer["Location"]).content.decode()


def test_what_is_typed_stays_when_the_name_is_missing(
    client: Client, forum: Forum, ute: Registration
) -> None:
    data = data_of(forum[1], **{"mit-0-name": "", "mit-0-email": "ole@firma.example"})
    page = client.post(page_of(ute), data).content.decode()
    assert "ole@firma.example" in page
    assert not ute.colleagues.exists()


def test_another_row_keeps_what_is_typed(client: Client, forum: Forum, ute: Registration) -> None:
    page = client.post(page_of(ute), data_of(forum[1], **{"mit-weitere": "1"})).content.decode()
    assert 'value="Ole Opitz"' in page
    assert 'name="mit-1-name"' in page
    assert OutgoingMail.objects.filter(kind="event_changed").count() == 0


def test_a_colleagues_number_opens_nothing(client: Client, forum: Forum, ute: Registration) -> None:
    (ole,) = bring(ute, forum[1], OLE)
    assert client.get(page_of(ole)).status_code == 404


def test_signed_in_it_is_the_own_registration_only(
    client: Client, world: World, forum: Forum, ute: Registration
) -> None:
    page = reverse("own_registrations:bring", args=[ute.reference])
    assert client.get(page)["Location"] == f"/konto/anmelden/?next={page}"
    assert sign_in(client, world.alice).get(page).status_code == 404


def test_the_registrations_page_offers_it_while_one_can_register(
    client: Client, forum: Forum, ute: Registration
) -> None:
    address = reverse("forums:registration", args=[token_in(last_mail("event_registered"))])
    assert "Noch jemanden mit anmelden" in client.get(address).content.decode()
    Event.objects.filter(pk=forum[0].pk).update(registration_closes_at="2020-01-01T00:00Z")
    assert "Noch jemanden mit anmelden" not in client.get(address).content.decode()
