"""How a feed is handed to calendar programs, which are mostly told that nothing has changed."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from partnership.calendar_files import Feed


def answer_with_feed(
    request: HttpRequest, feed: Feed, *, changed_at: datetime.datetime | None = None
) -> HttpResponse:
    """`changed_at` where somebody has kept since when the content is what it is now."""
    etag = f'"{feed.fingerprint}"'
    changed = int(changed_at.timestamp()) if changed_at else None
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is not None:
        return response
    response = HttpResponse(feed.as_file(), content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    return response
