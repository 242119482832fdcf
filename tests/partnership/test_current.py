"""Several partnerships side by side, told apart by host name."""

import pytest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from partnership.current import absolute_url, current_partnership, forget_partnerships
from partnership.models import Partnership
from tests.factories import make_partnership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hosts(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["leipzig.example", "zwickau.example", "127.0.0.1"]


def at(host: str) -> Partnership | None:
    return current_partnership(RequestFactory().get("/", headers={"host": host}))


def test_a_host_name_leads_to_its_partnership() -> None:
    leipzig = make_partnership(host="leipzig.example")
    zwickau = make_partnership(host="zwickau.example")
    assert at("zwickau.example") == zwickau
    assert at("leipzig.example:8443") == leipzig


def test_a_host_name_of_nobody_leads_to_the_first() -> None:
    leipzig = make_partnership(host="leipzig.example")
    make_partnership(host="zwickau.example")
    assert at("127.0.0.1") == leipzig


def test_a_portal_that_nobody_has_set_up_has_none() -> None:
    assert at("127.0.0.1") is None


def test_it_is_not_read_from_the_database_for_every_page(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_partnership()
    with django_assert_num_queries(1):
        assert at("127.0.0.1") == at("127.0.0.1")


def test_a_change_shows_as_soon_as_it_must() -> None:
    partnership = make_partnership()
    at("127.0.0.1")
    Partnership.objects.filter(pk=partnership.pk).update(name="Neuer Name")
    forget_partnerships()
    found = at("127.0.0.1")
    assert found is not None
    assert found.name == "Neuer Name"


def test_links_in_mails_lead_to_the_partnerships_own_host(settings: Settings) -> None:
    settings.BASE_URL = "https://portal.example/"
    assert absolute_url(make_partnership(host="leipzig.example"), "/a/") == "https://leipzig.example/a/"
    assert absolute_url(make_partnership(), "/a/") == "https://portal.example/a/"
