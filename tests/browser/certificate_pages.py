"""Pages of certificates, series and the education plan, for `pages.py`: who opens them, where they are."""

from django.urls import reverse
from django.utils import timezone

from forums.models import EventSeries, TrainingGoal
from partnership.models import OutgoingMail
from tests.browser.addresses import Paths
from tests.forums.certificate_steps import certify, make_attended, make_past_event
from tests.personas import World

PAGES = {
    "visitor": ["certificates:find", "certificates:verify", "certificates:own"],
    "bert": [
        *("events:certificates", "events:certificate_revoke", "events:certificate_anew"),
        *("events:series", "events:series_new", "events:series_edit"),
        *("events:plan", "events:goal_new", "events:goal_edit", "events:numbers"),
    ],
    "paula": ["events:plan"],
}
NO_PAGES = {
    *("events:certificates_issue", "events:certificate_pdf", "certificates:own_pdf"),
    "events:certificates_pdf",
    *("forums:certificate", "own_registrations:certificate", "events:series_end", "events:series_resume"),
    *("events:goal_remove", "events:plan_take_over", "events:plan_csv", "events:plan_xlsx"),
    *("events:numbers_csv", "events:numbers_xlsx"),
}


def paths(world: World) -> Paths:
    """Somebody has a certificate, somebody else not yet; a series is overdue, another one has ended."""
    today = timezone.localdate()
    shared = {"partnership": world.partnership, "kind": "forum", "every_months": 6, "first_due": today}
    series = EventSeries.objects.create(organiser=world.ihk, title="Sicherheitsforum Grimma", **shared)
    EventSeries.objects.filter(pk=series.pk).update(first_due=today.replace(year=today.year - 1, day=1))
    EventSeries.objects.create(organiser=world.ihk, title="Alte Reihe", ended_on=today, **shared)
    goal = TrainingGoal.objects.create(
        partnership=world.partnership,
        organisation=world.ihk,
        year=today.year,
        title="Betrug erkennen",
        subject="fraud",
        events_planned=2,
        people_planned=40,
    )
    event = make_past_event(world, training_goal=goal)
    certificate = certify(world, make_attended(world, event=event))
    make_attended(world, event=event)
    mailed = OutgoingMail.objects.filter(kind="certificate_issued").latest("pk")
    own = mailed.content["certificate_url"].partition("/nachweis/")[2]
    one = [event.reference, certificate.number]
    return {
        "certificates:find": reverse("certificates:find"),
        "certificates:verify": reverse("certificates:verify", args=[certificate.number]),
        "certificates:own": f"/nachweis/{own}",
        "events:certificates": reverse("events:certificates", args=[event.reference]),
        "events:certificate_revoke": reverse("events:certificate_revoke", args=one),
        "events:certificate_anew": reverse("events:certificate_anew", args=one),
        "events:series_edit": reverse("events:series_edit", args=[series.pk]),
        "events:goal_edit": reverse("events:goal_edit", args=[goal.pk]),
    }
