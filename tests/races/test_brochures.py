"""Two partners release at the same moment, an editor changes while it is proposed: nothing slips through."""

import pytest
from django.db.models import QuerySet

from partnership.models import BrochureEdition
from partnership.publications import editing, releasing
from tests.partnership.publications.steps import make_draft, make_waiting, partner_of
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.threads import in_background

pytestmark = pytest.mark.django_db(transaction=True)
State = BrochureEdition.State


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())


def change_while_it_is_proposed(world: World) -> tuple[BrochureEdition, list[object]]:
    """Both have looked at the draft, or wait for it, before either writes."""
    edition = make_draft(world)
    chapter = edition.chapters.get(position=1)

    def change() -> object:
        return editing.change_chapter(
            chapter_id=chapter.pk, seen=1, values={"text": "Anders."}, actor=world.karl
        )

    with holding(edition), holding(chapter):
        propose = in_background(lambda: releasing.propose(edition_id=edition.pk, actor=world.karl))
        wait_until_waiting(1)
        both = [propose, in_background(change)]
        wait_until_waiting(2)
    found = [one.result(timeout=30) for one in both]
    edition.refresh_from_db()
    return edition, found


def test_what_is_proposed_is_not_changed_meanwhile(world: World) -> None:
    edition, found = change_while_it_is_proposed(world)
    assert edition.state == State.WAITING
    assert type(found[1]) is editing.NoDraft
    assert edition.chapters.get(position=1).text != "Anders."


def test_control_without_the_lock_it_is(world: World, no_locks: None) -> None:
    edition, _found = change_while_it_is_proposed(world)
    assert edition.state == State.WAITING
    assert edition.chapters.get(position=1).text == "Anders."


def test_of_two_last_releases_one_publishes(world: World) -> None:
    edition = make_waiting(world)
    keys = [partner_of(edition, organisation).pk for organisation in (world.ihk, world.police)]
    with holding(edition):
        both = [
            in_background(lambda key=key: releasing.release(partner_id=key, actor=world.karl)) for key in keys
        ]
        wait_until_waiting(2)
    assert not [one for one in both if isinstance(one.result(timeout=30), Exception)]
    edition.refresh_from_db()
    assert edition.state == State.RELEASED


def test_control_without_the_lock_nobody_publishes(world: World, no_locks: None) -> None:
    """Each sees the other's release missing."""
    edition = make_waiting(world)
    partners = [partner_of(edition, organisation) for organisation in (world.ihk, world.police)]
    with holding(world.ihk), holding(world.police):
        both = [
            in_background(lambda key=partner.pk: releasing.release(partner_id=key, actor=world.karl))
            for partner in partners
        ]
        wait_until_waiting(2)
    assert not [one for one in both if isinstance(one.result(timeout=30), Exception)]
    edition.refresh_from_db()
    assert edition.state == State.WAITING
