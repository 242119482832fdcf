"""Material and feedback: their pages by who opens them, and where each of them is."""

from django.urls import reverse

from forums.models import FeedbackInvitation, Registration
from partnership.links import hash_of, new_token
from tests.browser.addresses import Paths, under
from tests.event_factories import make_event
from tests.forums.feedback.steps import A_DAY, make_answers, make_past_event, make_series
from tests.forums.materials.steps import add_file, link_of, with_place
from tests.personas import World

BY_LINK = ["forums:own_materials", "forums:feedback", "forums:feedback_thanks"]
OF_THE_DESK = [
    *("events:materials", "events:material_add_file", "events:material_add_page", "events:material_change"),
    *("events:material_add_brochure", "events:feedback", "events:feedback_questions"),
]
PAGES = {"visitor": BY_LINK, "bert": OF_THE_DESK}
NO_PAGES = {
    *("forums:material", "forums:own_material", "events:feedback_csv"),
    *("events:material_remove", "events:materials_tell", "events:feedback_switch"),
}


def paths(world: World) -> Paths:
    """Somebody with a place and a link; feedback of a series of two events that are over."""
    registration = with_place(world)
    series = make_series(world.ihk)
    for days in (200, 30):
        event = make_past_event(world.ihk, days=days, series=series)
        make_answers(event, 1, 1, 2, 3, 5, 2, texts=("Mehr Pausen", "Gut so"))
    coming = make_event(organiser=world.ihk, series=series)
    material = add_file(registration.event, world.bert)
    reference = registration.event.reference
    return {
        **under("events:material", ("s", "_add_file", "_add_page", "_add_brochure"), reference),
        "events:material_change": reverse("events:material_change", args=[reference, material.pk]),
        "events:feedback": reverse("events:feedback", args=[event.reference]),
        "events:feedback_questions": reverse("events:feedback_questions", args=[coming.reference]),
        "forums:own_materials": reverse("forums:own_materials", args=[link_of(registration)]),
        "forums:feedback": reverse("forums:feedback", args=[_invited(registration)]),
    }


def _invited(registration: Registration) -> str:
    token, event = new_token(), registration.event
    FeedbackInvitation.objects.create(
        token_hash=hash_of(token), event=event, expires_on=event.ends_at.date() + 14 * A_DAY
    )
    return token
