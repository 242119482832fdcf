"""Limits per address and per network; when they cannot be counted, people get in."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import redis
from django.conf import settings as django_settings
from django.test import RequestFactory
from pytest_django import Settings

from partnership import limits
from partnership.limits import TooManyRequests, check_limit


@pytest.fixture(autouse=True)
def counting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two from one address, three from one network, in an hour; the process has not given up counting."""
    settings.LIMITS_ON = True
    settings.LIMITS = {"probe": (2, 3, 3600), "other": (2, 3, 3600)}
    monkeypatch.setattr(limits, "_silent_until", 0.0)
    monkeypatch.setattr(limits, "_client", None)


@pytest.fixture
def deaf_server(settings: Settings) -> Iterator[socket.socket]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.REDIS_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        yield server


def ask(address: str, name: str = "probe") -> None:
    check_limit(RequestFactory().get("/", REMOTE_ADDR=address), name)


def gets_in(address: str, name: str = "probe") -> bool:
    try:
        ask(address, name)
    except TooManyRequests:
        return False
    return True


def test_one_address_too_many_times() -> None:
    ask("192.0.2.1")
    ask("192.0.2.1")
    with pytest.raises(TooManyRequests) as refused:
        ask("192.0.2.1")
    assert 0 < refused.value.retry_after_seconds <= 3600


@pytest.mark.parametrize(
    "addresses",
    [
        ["192.0.2.1", "192.0.2.77", "192.0.2.200", "192.0.2.254"],
        ["2001:db8:5:1::1", "2001:db8:5:2::1", "2001:db8:5:3::1", "2001:db8:5:ffff::1"],
    ],
)
def test_one_network_too_many_times(addresses: list[str]) -> None:
    for address in addresses[:3]:
        ask(address)
    with pytest.raises(TooManyRequests):
        ask(addresses[3])


def test_another_network_is_not_held_back() -> None:
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        ask(address)
    assert not gets_in("192.0.2.4")
    assert gets_in("198.51.100.1")


def test_a_household_with_many_ipv6_addresses_is_one() -> None:
    ask("2001:db8:5:1::1")
    ask("2001:db8:5:1::2")
    with pytest.raises(TooManyRequests):
        ask("2001:db8:5:1:ffff::3")


def test_an_ipv4_address_in_ipv6_dress_is_the_same_address() -> None:
    ask("192.0.2.1")
    ask("::ffff:192.0.2.1")
    with pytest.raises(TooManyRequests):
        ask("192.0.2.1")


def test_each_act_is_counted_for_itself() -> None:
    ask("192.0.2.1")
    ask("192.0.2.1")
    assert not gets_in("192.0.2.1")
    assert gets_in("192.0.2.1", "other")


def test_a_request_without_an_address_is_counted_too() -> None:
    ask("")
    ask("unix")
    with pytest.raises(TooManyRequests):
        ask("")


def test_counts_do_not_stay_for_ever() -> None:
    ask("192.0.2.1")
    broker = redis.Redis.from_url(django_settings.REDIS_URL)
    assert all(0 < broker.ttl(key) <= 3600 for key in broker.keys("limit:probe:*"))


def test_limits_can_be_switched_off(settings: Settings) -> None:
    settings.LIMITS_ON = False
    assert all(gets_in("192.0.2.1") for _time in range(5))


def test_without_redis_everybody_gets_in(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    assert all(gets_in("192.0.2.1") for _time in range(5))


def test_a_redis_that_does_not_answer_is_asked_once_and_then_left_alone(deaf_server: socket.socket) -> None:
    ask("192.0.2.1")
    for _time in range(5):
        ask("192.0.2.1")
    deaf_server.settimeout(0.2)
    deaf_server.accept()[0].close()
    with pytest.raises(TimeoutError):
        deaf_server.accept()


def test_the_first_requests_of_a_process_may_come_all_at_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIMITS = {"probe": (10_000, 10_000, 3600)}
    for _process in range(20):
        monkeypatch.setattr(limits, "_client", None)
        barrier = Barrier(8)

        def first(barrier: Barrier = barrier) -> bool:
            barrier.wait(timeout=60)
            return gets_in("192.0.2.1")

        with ThreadPoolExecutor(8) as threads:
            answers = [threads.submit(first) for _thread in range(8)]
            assert all(answer.result() for answer in answers)
        assert limits._silent_until == 0.0, "counting was given up"
