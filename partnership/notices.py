"""What an act says on the page it leads to ('Zugestimmt.'), without writing the session when that is read.

The sentence stays in the session; the redirect's address names it, and only that address shows it. Reading
the page again shows it again, every other page does not.
"""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib.messages.storage.base import BaseStorage, Message
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, get_random_string

PARAMETER = "meldung"
SESSION_KEY = "notice"


class AddressedNotices(BaseStorage):
    """Of several acts in one session the last one's sentences are kept. Views do not see the parameter."""

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().__init__(request, *args, **options)
        self.token = ""
        if PARAMETER in request.GET:
            rest: Any = request.GET.copy()
            token = rest.pop(PARAMETER)[-1]
            request.GET = rest
            self.token = token if request.method in ("GET", "HEAD") else ""

    def _get(self, *args: Any, **options: Any) -> tuple[list[Message], bool]:
        kept = self.request.session.get(SESSION_KEY) if self.token else None
        if not kept or not constant_time_compare(kept["token"], self.token):
            return [], True
        return [Message(level, sentence) for level, sentence in kept["sentences"]], True

    def _store(
        self, messages: list[Message], response: HttpResponseBase, *args: Any, **options: Any
    ) -> list[Message]:
        if messages and "Location" in response:
            self.token = get_random_string(8)
            sentences = [(message.level, str(message.message)) for message in messages]
            self.request.session[SESSION_KEY] = {"token": self.token, "sentences": sentences}
        return []

    def update(self, response: HttpResponseBase) -> list[Message] | None:
        """A page that only leads on hands the notice on."""
        unstored = super().update(response)
        if self.token and "Location" in response:
            response["Location"] = _with_token(response["Location"], self.token)
        return unstored


def _with_token(address: str, token: str) -> str:
    parts = urlsplit(address)
    query = "&".join(part for part in (parts.query, f"{PARAMETER}={token}") if part)
    return urlunsplit(parts._replace(query=query))
