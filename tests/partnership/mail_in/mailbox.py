"""A small IMAP server with one folder: the few commands that a fetcher needs."""

import re
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

USER, PASSWORD, FOLDER = "rueckmeldung@portal.example", "ge heim", "Eingang"


class Mailbox(socketserver.ThreadingTCPServer):
    """`flags` by number of a message, from 1. `refuses`: it takes no marks, as if it had gone away."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.messages: list[bytes] = []
        self.flags: dict[int, set[str]] = {}
        self.refuses = False

    def put(self, *messages: bytes) -> None:
        for message in messages:
            self.messages.append(message)
            self.flags[len(self.messages)] = set()

    @property
    def url(self) -> str:
        user, password = USER.replace("@", "%40"), PASSWORD.replace(" ", "%20")
        return f"imap://{user}:{password}@127.0.0.1:{self.server_address[1]}/{FOLDER}"


class Talk(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.say("* OK bereit")
        for line in self.rfile:
            tag, _space, rest = line.decode().strip().partition(" ")
            words = rest.split(" ")
            command = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
            answer = getattr(self, f"do_{command.replace(' ', '_').lower()}", None)
            self.say(f"{tag} {answer(rest) if answer else 'BAD'} .")
            if command == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def do_capability(self, _rest: str) -> str:
        self.say("* CAPABILITY IMAP4rev1")
        return "OK"

    def do_login(self, rest: str) -> str:
        return "OK" if rest == f'LOGIN {USER} "{PASSWORD}"' else "NO falsch"

    def do_select(self, rest: str) -> str:
        self.say(f"* {len(self.server.messages)} EXISTS")
        return "OK [READ-WRITE]" if rest == f'SELECT "{FOLDER}"' else "NO gibt es nicht"

    def do_uid_search(self, _rest: str) -> str:
        found = [str(uid) for uid, flags in sorted(self.server.flags.items()) if not flags]
        self.say(f"* SEARCH {' '.join(found)}".strip())
        return "OK"

    def do_uid_fetch(self, rest: str) -> str:
        found = re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest)
        assert found
        content = self.server.messages[int(found[1]) - 1][: int(found[2])]
        self.say(f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(content)}}}")
        self.wfile.write(content + b")\r\n")
        return "OK"

    def do_uid_store(self, rest: str) -> str:
        if self.server.refuses:
            raise ConnectionResetError
        found = re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\(\w+)\)", rest)
        assert found
        self.server.flags[int(found[1])].add(found[2])
        return "OK"

    def do_logout(self, _rest: str) -> str:
        self.say("* BYE")
        return "OK"


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with Mailbox() as server:
        server.handle_error = _keep_quiet  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.IMAP_URL = server.url
        yield server
        server.shutdown()


def _keep_quiet(request: Any, client_address: Any) -> None:
    """Of a talk that was cut off."""
