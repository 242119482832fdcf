"""The compose file and the image, as far as they can be checked without an engine."""

import re
from pathlib import Path

import yaml

from partnership.environment import KNOWN_VARIABLES

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ("migrate", "web", "worker", "beat")


def test_settings_know_every_variable_that_the_containers_set() -> None:
    for service in OURS:
        assert set(COMPOSE["services"][service]["environment"]) <= set(KNOWN_VARIABLES)


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "DATABASE_PASSWORD", "EMAIL_URL"):
        assert all(use.startswith(":?") for use in re.findall(r"\$\{" + name + r"(:?[?-]?)", text))


def test_only_migrate_signs_in_as_the_owner_of_the_tables() -> None:
    owner = COMPOSE["services"]["postgres"]["environment"]["POSTGRES_USER"]
    for service in OURS:
        address = COMPOSE["services"][service]["environment"]["DATABASE_URL"]
        assert address.startswith(f"postgres://{owner}:") == (service == "migrate")


def test_everything_that_serves_has_a_health_check() -> None:
    assert all("healthcheck" in service for name, service in COMPOSE["services"].items() if name != "migrate")


def test_images_are_pinned_and_not_run_as_root() -> None:
    images = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.M)
    images += [COMPOSE["services"][name]["image"] for name in ("postgres", "valkey")]
    assert all(re.search(r":\d+\.\d+", image) for image in images)
    assert "\nUSER 10001\n" in (ROOT / "Dockerfile").read_text()


def test_the_example_names_everything_that_must_be_set() -> None:
    must = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.M))
    assert must <= named


def test_operations_explains_every_setting() -> None:
    text = (ROOT / "docs/operations.md").read_text()
    assert all(f"`{name}`" in text for name in KNOWN_VARIABLES)
