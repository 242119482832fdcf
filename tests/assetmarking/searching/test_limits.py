"""So many numbers a day: a warning before, a refusal after, and the lead is told once."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from assetmarking.models import Search, SearchSettings
from partnership.mail_content import build_message
from partnership.models import LogEntry, OutgoingMail
from tests.assetmarking.searching.steps import URL, ask, html_of, rows_of_log, search_for, sign_in_with_factor
from tests.personas import World

pytestmark = pytest.mark.django_db
FOUR = "AB-1111\nAB-2222\nAB-3333\nAB-4444"
SETTINGS = f"{URL}einstellung/"


def limit_to(world: World, number: int) -> None:
    SearchSettings.objects.update_or_create(organisation=world.police, defaults={"daily_limit": number})


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="asset_search_limit"))


def test_beyond_the_limit_nothing_is_looked_up_and_the_lead_is_told_once(
    client: Client, world: World
) -> None:
    limit_to(world, 5)
    search_for(sign_in_with_factor(client, world.paula), FOUR)
    for _time in range(2):
        response = ask(client, "CD-1111\nCD-2222")
        assert response.status_code == 409
        assert "heute ist noch eine möglich" in response.content.decode()
        assert "CD-2222" in response.content.decode()
    assert (Search.objects.count(), len(rows_of_log())) == (1, 1)
    assert [mail.to_email for mail in mails()] == [world.lea.email]


def test_below_the_limit_nobody_is_told(client: Client, world: World) -> None:
    limit_to(world, 5)
    search_for(sign_in_with_factor(client, world.paula), FOUR)
    assert mails() == []


def test_whoever_just_reaches_it_is_served_and_the_lead_is_told(client: Client, world: World) -> None:
    limit_to(world, 4)
    search_for(sign_in_with_factor(client, world.paula), FOUR)
    assert len(mails()) == 1
    assert "Ihre Tagesgrenze ist erreicht" in ask(client, "CD-1111").content.decode()
    assert len(mails()) == 1


def test_the_mail_says_who_and_how_many_and_not_what(client: Client, world: World) -> None:
    limit_to(world, 4)
    search_for(sign_in_with_factor(client, world.paula), FOUR)
    (mail,) = mails()
    text = str(build_message(mail, None).body)  # type: ignore[arg-type]
    assert f"{world.paula.name} (" in text
    assert "Tagesgrenze von 4 Nummern" in text
    assert "AB-1111" not in text


def test_a_warning_from_four_fifths_on(client: Client, world: World) -> None:
    limit_to(world, 5)
    sign_in_with_factor(client, world.paula)
    search_for(client, "AB-1111\nAB-2222\nAB-3333")
    assert "von 5 Nummern abgefragt" not in html_of(client, URL)
    search_for(client, "AB-4444")
    assert "Sie haben heute 4 von 5 Nummern abgefragt." in html_of(client, URL)


def test_yesterday_and_colleagues_do_not_count(client: Client, world: World) -> None:
    limit_to(world, 5)
    search_for(sign_in_with_factor(client, world.paula), FOUR)
    Search.objects.update(searched_at=timezone.now() - datetime.timedelta(days=1))
    search_for(client, FOUR)
    search_for(sign_in_with_factor(client, world.pia), FOUR)
    assert [search.person for search in Search.objects.order_by("pk")] == [
        world.paula,
        world.paula,
        world.pia,
    ]


def test_the_lead_changes_the_limit_and_the_journal_says_so(client: Client, world: World) -> None:
    sign_in_with_factor(client, world.lea)
    html_of(client, SETTINGS)
    answer = client.post(SETTINGS, {"daily_limit": "40", "keep_days": "60", "gesehen": "1"})
    assert answer["Location"].startswith(URL)
    row = SearchSettings.objects.get(organisation=world.police)
    assert (row.daily_limit, row.version, row.changed_by) == (40, 2, world.lea)
    assert LogEntry.objects.get(act="search_settings.changed").organisation == world.police


def test_two_leads_notice_each_other(client: Client, world: World) -> None:
    limit_to(world, 30)
    SearchSettings.objects.update(version=3)
    changed = {"daily_limit": "40", "keep_days": "60", "gesehen": "2"}
    assert sign_in_with_factor(client, world.lea).post(SETTINGS, changed).status_code == 409
    assert SearchSettings.objects.get().daily_limit == 30


@pytest.mark.parametrize("who", ["paula", "bert", "karl", "dora", "carl"])
def test_nobody_else_sets_it(client: Client, world: World, who: str) -> None:
    sign_in_with_factor(client, getattr(world, who))
    assert client.get(SETTINGS).status_code == 403
    assert client.post(SETTINGS, {"daily_limit": "40", "keep_days": "60", "gesehen": "1"}).status_code == 403


@pytest.mark.parametrize("number", ["0", "5001", "viele"])
def test_what_is_no_limit_is_said(client: Client, world: World, number: str) -> None:
    response = sign_in_with_factor(client, world.lea).post(SETTINGS, {"daily_limit": number, "gesehen": "1"})
    assert "von 1 bis 5000" in response.content.decode()
