"""The folder of the list of erasures: looked at before a start and while the portal runs."""

import os
import threading
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from partnership.models import Alarm
from partnership.retention import list_folder
from partnership.retention.list_folder import fault_of
from partnership.watch.alarms import watch_portal
from partnership.watch.findings import look
from tests.factories import make_partnership, make_person
from tests.personas import World, sign_in

MEMORY = Path("/dev/shm")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As in production, on a disk, whatever this machine's is."""
    monkeypatch.setattr(list_folder, "GONE_TOMORROW", frozenset())
    settings.IS_LOCAL = False
    settings.ERASURE_LIST_DIR = tmp_path
    return tmp_path


def status_of(folder: Path) -> str:
    fault = fault_of(folder)
    return fault.status if fault else "ok"


def checked() -> list[str | None]:
    """What of ours `check --deploy` says."""
    said = [message.id for message in run_checks(include_deployment_checks=True)]
    return [name for name in said if name and name.startswith("portal.")]


def test_a_folder_that_can_be_written_to_is_fine(folder: Path) -> None:
    assert (status_of(folder), checked()) == ("ok", [])


def test_a_folder_that_is_not_there(folder: Path, settings: Settings) -> None:
    settings.ERASURE_LIST_DIR = folder / "weg"
    assert (status_of(folder / "weg"), checked()) == ("missing", ["portal.E001"])


def test_a_file_is_no_folder(folder: Path) -> None:
    (folder / "datei").touch()
    assert status_of(folder / "datei") == "missing"


def test_a_folder_without_the_right_to_write(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no rights stop."""
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    assert (status_of(folder), checked()) == ("read-only", ["portal.E001"])


def test_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_folder, "LEAST_FREE", 1 << 62)
    assert status_of(folder) == "full"


@pytest.mark.skipif(not os.path.ismount(MEMORY), reason="no memory to look at")
def test_what_lies_in_memory_is_gone_tomorrow(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_folder, "GONE_TOMORROW", frozenset({"tmpfs"}))
    settings.ERASURE_LIST_DIR = MEMORY
    assert (status_of(MEMORY), checked()) == ("not-kept", ["portal.W001"])


def test_the_innermost_mount_decides(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = {Path("/"): "overlay", folder: "ext4", folder / "neben": "tmpfs"}
    monkeypatch.setattr(list_folder, "GONE_TOMORROW", frozenset({"overlay", "tmpfs"}))
    monkeypatch.setattr(list_folder, "_mounts", mounts.items)
    assert status_of(folder) == "ok"
    del mounts[folder]
    assert status_of(folder) == "not-kept"


def test_a_folder_in_the_programs_own_data(folder: Path, settings: Settings) -> None:
    settings.VAR_DIR = folder
    assert checked() == ["portal.W002"]


def test_developers_are_not_asked_for_one(folder: Path, settings: Settings) -> None:
    settings.IS_LOCAL, settings.ERASURE_LIST_DIR = True, folder / "weg"
    assert checked() == []


def test_a_share_that_hangs_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()
    monkeypatch.setattr(os, "access", lambda _path, _mode: answers.wait(60))
    monkeypatch.setattr(list_folder, "MOST_SECONDS", 0.1)
    try:
        fault = list_folder.look_at_folder()
    finally:
        answers.set()
    assert fault is not None
    assert fault.status == "away"


# while the portal runs


@pytest.mark.django_db(transaction=True)
def test_readyz_names_it_and_stays_ready(client: Client, folder: Path, settings: Settings) -> None:
    settings.ERASURE_LIST_DIR, settings.SECURE_SSL_REDIRECT = folder / "weg", False
    response = client.get("/readyz")
    assert (response.status_code, response.json()["erasures"]) == (200, "missing")


@pytest.mark.django_db
def test_technicians_are_mailed_once_when_it_goes_missing(
    folder: Path, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    make_partnership()
    make_person("technik@personen.example", is_staff=True)
    watch_portal()
    assert mailoutbox == []
    settings.ERASURE_LIST_DIR = folder / "weg"
    watch_portal()
    watch_portal()
    assert [mail.subject for mail in mailoutbox] == ["Störung im Portal: Löschliste"]
    assert "Bis dahin lässt sich nichts löschen." in mailoutbox[0].body


@pytest.mark.django_db
def test_the_page_of_technicians_says_it(
    client: Client, world: World, folder: Path, settings: Settings
) -> None:
    settings.ERASURE_LIST_DIR = folder / "weg"
    html = sign_in(client, world.theo).get("/arbeitsplatz/betrieb/").content.decode()
    assert "Der Ordner der Löschliste fehlt. Prüfen Sie ERASURE_LIST_DIR." in html


@pytest.mark.django_db
def test_a_folder_that_is_there_is_no_alarm() -> None:
    kinds = [finding.kind for finding in look() if finding.is_wrong]
    assert Alarm.Kind.ERASURES not in kinds
