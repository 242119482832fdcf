"""A small browser: cookies, the form's token, one connection per request, as the web processes like it."""

import http.client
import itertools
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_numbers = itertools.count(1)


@dataclass
class Answer:
    status: int
    location: str
    text: str


@dataclass
class Browser:
    """Each has an address of its own, in a network of its own, so that limits count as they do outside."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    number: int = field(default_factory=lambda: next(_numbers))

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, data: dict[str, str]) -> Answer:
        """With the token of the page seen last."""
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **data}))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": f"10.{self.number // 250 % 250}.{self.number % 250}.1",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := TOKEN.search(text):
            self.token = found.group(1)
        return Answer(response.status, response.headers.get("Location") or "", text)
