from collections.abc import Callable
from functools import wraps
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache


def forgiving(method: Callable[..., Any], answer: Any) -> Callable[..., Any]:
    @wraps(method)
    def ask(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except redis.RedisError:
            return answer(args, kwargs) if callable(answer) else answer

    return ask


def _default(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return kwargs.get("default", args[2] if len(args) > 2 else None)


class ForgivingRedisCache(RedisCache):
    """Empty while Redis is away: only limits stand in it, and they fail open."""

    get = forgiving(RedisCache.get, _default)
    set = forgiving(RedisCache.set, None)
    add = forgiving(RedisCache.add, True)
    touch = forgiving(RedisCache.touch, False)
    delete = forgiving(RedisCache.delete, False)
    delete_many = forgiving(RedisCache.delete_many, None)
    has_key = forgiving(RedisCache.has_key, False)
    get_many = forgiving(RedisCache.get_many, lambda _args, _kwargs: {})
    set_many = forgiving(RedisCache.set_many, lambda _args, _kwargs: [])
    incr = forgiving(RedisCache.incr, 1)
