"""Posts begin and end; what is open in them is shown and kept."""

import datetime

import pytest
from django.test import Client

from partnership.administration import accounts, deputies
from partnership.administration import posts as domain
from partnership.administration.changes import ChangedMeanwhile
from partnership.administration.queries import posts_administered_by
from partnership.models import Deputy, LogEntry, OutgoingMail, Partnership, Person, Post
from partnership.refusals import Refusal
from partnership.rules import posts_of
from partnership.sessions import end_every_session
from tests import factories
from tests.partnership.administration.steps import A_DAY, acts, invite, post_of, today
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db

Role = Post.Role


def end(world: World, post: Post, last_day: datetime.date | None = None, actor: Person | None = None) -> Post:
    return domain.end_post(
        post_id=post.pk,
        seen_end=None,
        last_day=last_day or today(),
        reason=Post.EndReason.LEFT,
        partnership=world.partnership,
        actor=actor or world.karl,
    )


def close(world: World, person: Person, partnership: Partnership | None = None) -> Person:
    own = posts_administered_by(posts_of(world.karl)).filter(person=person)
    return accounts.deactivate_person(person_id=person.pk, own_posts=own, actor=world.karl)


# ending


def test_the_last_day_still_counts_and_the_next_does_not(world: World) -> None:
    end(world, post_of(world.bert))
    assert posts_of(world.bert).desks
    assert not posts_of(world.bert, today() + A_DAY).desks


def test_ending_is_logged_for_the_organisation_and_told(world: World) -> None:
    world.bert.set_password("x")
    world.bert.save()
    end(world, post_of(world.bert))
    entry = LogEntry.objects.get(act="post.ended")
    assert (entry.organisation, entry.thing, entry.actor) == (world.ihk, world.bert, world.karl)
    assert OutgoingMail.objects.get().kind == "post_ended"


def test_whoever_saw_another_end_is_told_so(world: World) -> None:
    end(world, post_of(world.bert), today() + A_DAY)
    with pytest.raises(ChangedMeanwhile):
        end(world, post_of(world.bert))


def test_a_post_does_not_end_before_it_began(world: World) -> None:
    with pytest.raises(Refusal, match="beginnt erst danach"):
        end(world, post_of(world.bert), factories.LONG_AGO - A_DAY)


def test_the_last_coordinator_stays(world: World) -> None:
    with pytest.raises(Refusal, match="keine Koordination mehr"):
        end(world, post_of(world.karl))


def test_a_coordinator_who_has_not_accepted_yet_is_no_successor(world: World) -> None:
    invite(world, role=Role.COORDINATOR, organisation=None)
    with pytest.raises(Refusal, match="angenommen"):
        end(world, post_of(world.karl))


def test_with_a_second_coordinator_the_first_may_go(world: World) -> None:
    factories.make_post(world.carl, Role.COORDINATOR, partnership=world.partnership)
    end(world, post_of(world.karl), actor=world.carl)
    organisations = LogEntry.objects.filter(act="post.ended").values_list("organisation", flat=True)
    assert set(organisations) == {world.ihk.pk, world.hwk.pk, world.police.pk}


def test_a_coming_post_is_taken_back(world: World) -> None:
    post = factories.make_post(world.carl, Role.DESK, organisation=world.ihk, starts=today() + A_DAY)
    domain.withdraw_post(post_id=post.pk, actor=world.karl)
    assert not world.carl.posts.exists()


def test_a_post_that_has_begun_is_not_taken_back(world: World) -> None:
    with pytest.raises(Refusal, match="schon begonnen"):
        domain.withdraw_post(post_id=post_of(world.bert).pk, actor=world.karl)


# adding


def test_nobody_gives_themselves_a_post(world: World) -> None:
    with pytest.raises(Refusal, match="sich selbst"):
        domain.add_post(
            person_id=world.karl.pk,
            role=Role.OFFICER,
            organisation=world.police,
            partnership=world.partnership,
            starts=today(),
            ends=None,
            actor=world.karl,
        )


# what is open, on the page


def end_page(post: Post) -> str:
    return f"/arbeitsplatz/verwaltung/funktionen/{post.pk}/beenden/"


def test_open_tasks_are_shown_before_the_post_ends(client: Client, world: World) -> None:
    post = post_of(world.paula)
    data = {"last_day": today().isoformat(), "reason": "left"}
    first = sign_in(client, world.karl).post(end_page(post), data)
    assert "nach dem Ende der Funktion eingeplant" in first.content.decode()
    post.refresh_from_db()
    assert post.ends is None
    seen = {"gelesen": f"{today()}/1"}
    client.post(end_page(post), data | seen)
    post.refresh_from_db()
    assert post.ends == today()


def test_another_day_than_the_one_read_about_is_asked_about_anew(client: Client, world: World) -> None:
    post = post_of(world.paula)
    data = {"last_day": (today() - A_DAY).isoformat(), "reason": "left", "gelesen": f"{today()}/1"}
    sign_in(client, world.karl).post(end_page(post), data)
    post.refresh_from_db()
    assert post.ends is None


def test_a_post_without_open_tasks_ends_at_once(client: Client, world: World) -> None:
    post = post_of(world.bert)
    sign_in(client, world.karl).post(end_page(post), {"last_day": today().isoformat(), "reason": "left"})
    post.refresh_from_db()
    assert post.ends == today()


def test_what_was_left_stands_on_three_pages(client: Client, world: World) -> None:
    Post.objects.filter(person=world.paula).update(ends=today() - A_DAY)
    sign_in(client, world.karl)
    base = "/arbeitsplatz/verwaltung/"
    for page in ("", "aufgaben/", f"personen/{world.paula.pk}/"):
        assert "1 offene Aufgabe" in client.get(base + page).content.decode()
    html = sign_in(client, world.lea).get(base + "aufgaben/").content.decode()
    assert f"/arbeitsplatz/sprechtage/{world.hours.pk}/" in html


def test_a_coordinator_reads_of_them_without_a_link_and_without_firms(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours, firm_name="Geheim GmbH")
    Post.objects.filter(person=world.paula).update(ends=today() - A_DAY)
    html = sign_in(client, world.karl).get("/arbeitsplatz/verwaltung/aufgaben/").content.decode()
    assert world.office.name in html
    assert "/arbeitsplatz/sprechtage/" not in html
    assert "Geheim" not in html


# deputies


def name(world: World, post: Post, person: Person, **dates: datetime.date) -> Deputy:
    values = {"starts": today(), "ends": None} | dates
    return deputies.name_deputy(
        post_id=post.pk, person=person, partnership=world.partnership, actor=world.lea, **values
    )


def test_an_officer_stands_in_for_an_officer_of_the_same_organisation(world: World) -> None:
    name(world, post_of(world.paula), world.pia)
    assert acts() == ["deputy.named"]


@pytest.mark.parametrize("who", ["bert", "carl", "lea", "paula"])
def test_others_do_not_stand_in_for_an_officer(world: World, who: str) -> None:
    with pytest.raises(Refusal, match="kann hier nicht vertreten"):
        name(world, post_of(world.paula), getattr(world, who))


def test_a_deputy_has_the_rights_of_the_post(world: World) -> None:
    factories.make_post(world.carl, Role.DESK, organisation=world.hwk)
    name(world, post_of(world.hanna), world.carl)
    Post.objects.filter(person=world.carl).update(ends=today() - A_DAY)
    assert posts_of(world.carl).desks == {world.hwk.pk}


def test_twice_at_once_is_refused(world: World) -> None:
    name(world, post_of(world.paula), world.pia)
    with pytest.raises(Refusal, match="vertritt in dieser Zeit schon"):
        name(world, post_of(world.paula), world.pia)


def test_ending_a_deputyship_counts_at_once(world: World) -> None:
    deputy = name(world, post_of(world.paula), world.pia, starts=today() - 5 * A_DAY)
    deputies.end_deputy(deputy_id=deputy.pk, actor=world.lea)
    assert not Deputy.objects.in_force().exists()
    assert Deputy.objects.get().ends == today() - A_DAY
    with pytest.raises(Refusal, match="schon beendet"):
        deputies.end_deputy(deputy_id=deputy.pk, actor=world.lea)


# accounts


def test_a_closed_account_has_no_sessions(client: Client, world: World) -> None:
    sign_in(client, world.bert)
    close(world, world.bert)
    assert client.get("/arbeitsplatz/woche/")["Location"].startswith("/konto/anmelden/")
    assert end_every_session(world.bert) == 0


def test_opened_again_the_old_session_stays_dead(client: Client, world: World) -> None:
    sign_in(client, world.bert)
    close(world, world.bert)
    own = list(world.bert.posts.all())
    accounts.reactivate_person(person_id=world.bert.pk, own_posts=own, actor=world.karl)
    assert client.get("/arbeitsplatz/woche/").status_code == 302
    assert acts() == ["person.deactivated", "person.reactivated"]


def test_other_sessions_stay(client: Client, world: World) -> None:
    sign_in(client, world.hanna)
    close(world, world.bert)
    assert client.get("/arbeitsplatz/woche/").status_code == 200


def test_whoever_works_elsewhere_too_is_not_closed(world: World) -> None:
    other = factories.make_chamber(factories.make_partnership(), "IHK Nord")
    factories.make_post(world.bert, Role.DESK, organisation=other)
    with pytest.raises(Refusal, match="außerhalb Ihrer Partnerschaft"):
        close(world, world.bert)


@pytest.mark.parametrize(("who", "words"), [("karl", "eigene Konto"), ("dora", "Technik")])
def test_neither_the_own_account_nor_a_technicians(world: World, who: str, words: str) -> None:
    Person.objects.filter(pk=world.dora.pk).update(is_staff=True)
    with pytest.raises(Refusal, match=words):
        close(world, getattr(world, who))
