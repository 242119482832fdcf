"""What participants read and are asked afterwards speaks English."""

from django.test import Client

from forums.models import Event
from tests.english.missing import Missing, ours
from tests.event_factories import make_part, make_registration
from tests.forums.feedback.steps import keys_of, make_past_event, token_for
from tests.forums.materials.files import ACCEPTED
from tests.forums.materials.steps import add_file, link_of
from tests.personas import World


def test_material_in_english(client: Client, world: World, missing: Missing) -> None:
    """Of each kind, then nothing, then behind a link that is none."""
    event = make_past_event(world.ihk)
    registration = make_registration(event, make_part(event))
    start = f"/en/foren/anmeldung/{link_of(registration)}/unterlagen/"
    for content, _kind in ACCEPTED.values():
        add_file(event, world.bert, content)
    client.get(start)
    event.materials.all().delete()
    client.get(start)
    client.get("/en/foren/anmeldung/x/unterlagen/")
    assert ours(missing.sentences) == []


def test_feedback_in_english(client: Client, world: World, missing: Missing) -> None:
    """The page with what goes wrong on it, the thanks, and the link again."""
    event: Event = make_past_event(world.ihk)
    make_registration(event, event.parts.get(), page_language="en")
    page, keys = f"/en/foren/rueckmeldung/{token_for(event)}/", keys_of(event)
    client.get(page)
    client.post(page)
    client.post(page, {keys[0]: "9", keys[4]: "x" * 1001})
    client.post(page, {keys[0]: "1"}, follow=True)
    client.get(page)
    assert ours(missing.sentences) == []
