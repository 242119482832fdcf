"""The start page: the next free time, the coming days, and as many statements whatever there is."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.models import Appointment, OfficeHours
from consultations.offers import choice_value
from consultations.queries import free_times
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db
State = Appointment.State


def page(client: Client) -> str:
    return client.get("/").content.decode()


def test_the_next_free_time_leads_to_the_list_with_it_first(client: Client, world: World) -> None:
    first = free_times(partnership=world.partnership)[0]
    found = re.search(r'next-time.*?href="([^"]+)"', page(client), re.S)
    assert found
    assert client.get(found[1]).context["offer"].first.value == choice_value(first)


def test_a_taken_time_is_not_offered(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours, index=0)
    assert "3 Zeiten frei" in page(client)
    assert ", 9:45 Uhr</strong>" in page(client)


def test_a_coming_day_leads_to_its_house_and_day(client: Client, world: World) -> None:
    other = factories.make_hours(
        office=world.hwk_office,
        police=world.police,
        officers=[world.pia],
        day=world.hours.day + datetime.timedelta(days=1),
    )
    found = re.search(rf'href="(/beratung/\?ort={other.office_id}#tag-{other.day})"', page(client))
    assert found
    assert f'id="tag-{other.day}"' in client.get(found[1].partition("#")[0]).content.decode()


def test_free_times_of_the_coming_week_are_counted(client: Client, world: World) -> None:
    soon = timezone.localdate() + datetime.timedelta(days=2)
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=soon)
    OfficeHours.objects.filter(pk=world.hours.pk).update(state=OfficeHours.State.CANCELLED)
    assert "4 freie Zeiten in den nächsten sieben Tagen" in page(client)


def test_without_a_free_time_the_page_gives_the_telephone(client: Client, world: World) -> None:
    OfficeHours.objects.all().delete()
    text = page(client)
    assert "Gerade ist keine Zeit frei" in text
    assert world.partnership.phone in text


def test_a_portal_that_nobody_has_set_up_says_so(client: Client) -> None:
    assert "noch nicht eingerichtet" in page(client)


def test_the_members_are_named_and_no_former_ones(client: Client, world: World) -> None:
    former = factories.make_chamber(world.partnership, "HWK Chemnitz")
    former.membership_set.update(ends=timezone.localdate() - datetime.timedelta(days=1))
    text = page(client)
    assert world.police.name in text
    assert former.name not in text


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_a_visitor_gets_no_cookie(client: Client, world: World, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


def test_in_english(client: Client, world: World) -> None:
    assert "police advise" in client.get("/en/").content.decode()


def test_five_statements_for_one_day_and_for_thirty(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")
    with django_assert_num_queries(5):
        client.get("/")
    for number in range(1, 30):
        day = world.hours.day + datetime.timedelta(days=number)
        factories.make_hours(office=world.office, police=world.police, officers=[world.paula], day=day)
    with django_assert_num_queries(5):
        client.get("/")
