"""A cache that is empty while Redis is away."""

import pytest
from django.conf import settings
from django.core.cache import cache

from partnership.cache import ForgivingRedisCache


@pytest.fixture
def nobody_there() -> ForgivingRedisCache:
    return ForgivingRedisCache("redis://127.0.0.1:9/0", settings.CACHES["default"])


def test_it_keeps_what_it_is_given() -> None:
    cache.set("wort", "ja", 60)
    assert cache.get("wort") == "ja"
    assert cache.add("zahl", 1, 60)
    assert cache.incr("zahl") == 2
    assert cache.get_many(["wort", "zahl"]) == {"wort": "ja", "zahl": 2}


def test_without_redis_it_is_empty(nobody_there: ForgivingRedisCache) -> None:
    assert nobody_there.get("wort") is None
    assert nobody_there.get("wort", "sonst") == nobody_there.get("wort", default="sonst") == "sonst"
    assert nobody_there.get_many(["wort"]) == {}
    assert "wort" not in nobody_there


def test_without_redis_writing_harms_nobody(nobody_there: ForgivingRedisCache) -> None:
    nobody_there.set("wort", "ja", 60)
    assert nobody_there.set_many({"wort": "ja"}) == []
    assert nobody_there.delete("wort") is False
    assert nobody_there.touch("wort") is False
    nobody_there.delete_many(["wort"])


def test_without_redis_a_count_never_passes_a_limit(nobody_there: ForgivingRedisCache) -> None:
    assert nobody_there.add("zahl", 0, 60) is True
    assert [nobody_there.incr("zahl") for _time in range(3)] == [1, 1, 1]
