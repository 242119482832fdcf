"""What stands in the broker: tasks in the queue, counts and what is cached."""

import base64
import json
from functools import cache

import redis
from django.conf import settings

from partnership.watch.broker import QUEUE


def waiting_tasks() -> list[tuple[str, int]]:
    """Name and primary key of every task that no worker has taken yet, oldest first."""
    found = []
    for raw in reversed(_broker().lrange(QUEUE, 0, -1)):
        message = json.loads(raw)
        arguments, _keywords, _options = json.loads(base64.b64decode(message["body"]))
        found.append((message["headers"]["task"], arguments[0]))
    return found


def fill_queue(number: int) -> None:
    """With what no worker will ever read."""
    _broker().rpush(QUEUE, *[b"{}"] * number)


def forget_tasks() -> None:
    _broker().delete(QUEUE)


def forget_counts() -> None:
    """What limits have counted and the cache holds."""
    broker = _broker()
    if keys := [key for key in broker.keys("*") if key.startswith((b"limit:", b"portal:"))]:
        broker.delete(*keys)


def _broker() -> redis.Redis:
    return _client(settings.REDIS_URL)


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url)
