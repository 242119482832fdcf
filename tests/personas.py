"""The people of the tests, and the small world they live in."""

import datetime
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import OfficeHours
from partnership.models import Office, Organisation, Partnership, Person, Post, Room
from tests import factories

Role = Post.Role
NOT_IN_FORCE = [{"ends": -1}, {"starts": 1}]
"""In days from the test's own today: a run may pass midnight."""


@dataclass(frozen=True)
class World:
    partnership: Partnership
    ihk: Organisation
    hwk: Organisation
    police: Organisation
    office: Office
    hwk_office: Office
    room: Room
    hours: OfficeHours
    alice: Person
    """owner of a firm"""
    bert: Person
    """desk of the IHK"""
    hanna: Person
    """desk of the HWK"""
    paula: Person
    """prevention officer"""
    pia: Person
    """another officer of the same directorate"""
    lea: Person
    """their lead"""
    karl: Person
    """coordinator"""
    dora: Person
    """data protection officer of the police"""
    carl: Person
    """signed in, without any post"""
    theo: Person
    """technician, without any post"""


def build_world() -> World:
    partnership = factories.make_partnership()
    ihk = factories.make_chamber(partnership)
    hwk = factories.make_chamber(partnership, "HWK", name="Handwerkskammer zu Leipzig")
    police = factories.make_police(partnership)
    office = factories.make_office(ihk)
    room = factories.make_room(office)
    people = factories.make_people(
        *("alice", "bert", "hanna", "paula", "pia", "lea", "karl", "dora", "carl", "theo"),
        technician="theo",
    )
    factories.give_posts(
        Post(person=people["bert"], role=Role.DESK, organisation=ihk),
        Post(person=people["hanna"], role=Role.DESK, organisation=hwk),
        Post(person=people["paula"], role=Role.OFFICER, organisation=police),
        Post(person=people["pia"], role=Role.OFFICER, organisation=police),
        Post(person=people["lea"], role=Role.LEAD, organisation=police),
        Post(person=people["dora"], role=Role.AUDITOR, organisation=police),
        Post(person=people["karl"], role=Role.COORDINATOR, partnership=partnership),
    )
    with_posts = ("bert", "hanna", "paula", "pia", "lea", "karl", "dora")
    factories.give_apps(*(people[name] for name in (*with_posts, "theo")))
    hours = factories.make_hours(
        office=office, police=police, officers=[people["paula"]], room=room, partnership=partnership
    )
    hwk_office = factories.make_office(
        hwk, name="HWK Leipzig", city="Leipzig", postcode="04103", latitude=51.34, longitude=12.38
    )
    return World(partnership, ihk, hwk, police, office, hwk_office, room, hours, **people)


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def sign_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def redate_posts(person: Person, days: dict[str, int]) -> None:
    """To one of `NOT_IN_FORCE`."""
    today = timezone.localdate()
    dates = {name: today + datetime.timedelta(days=number) for name, number in days.items()}
    Post.objects.filter(person=person).update(**dates)
