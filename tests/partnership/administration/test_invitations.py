"""Staff come by invitation, and whoever opens the link from the mail chooses the password."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from partnership.administration import invitations
from partnership.mail_content import build_message
from partnership.models import Invitation, OutgoingMail, Person, Post, SecretLink
from partnership.queries import holders_of
from partnership.refusals import Refusal
from partnership.rules import Role
from tests.partnership.administration.steps import (
    A_DAY,
    PASSWORD,
    acts,
    invite,
    open_invitation,
    post_of,
    today,
    token_of,
)
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db

INVITE = "/arbeitsplatz/verwaltung/personen/einladen/"
NEW = {"password1": PASSWORD, "password2": PASSWORD}


def page_of(token: str) -> str:
    return f"/konto/einladung/{token}/"


def test_an_invitation_is_a_person_without_a_password_a_post_and_a_mail(world: World) -> None:
    post = invite(world)
    assert not post.person.has_usable_password()
    assert OutgoingMail.objects.get().kind == "invitation"
    assert acts() == ["post.added", "person.invited"]


def test_the_mail_says_who_invites_for_what_and_until_when(world: World) -> None:
    invite(world)
    message = build_message(OutgoingMail.objects.get())
    assert "Karl Beispiel lädt Sie ein" in message.body
    assert "Kammer, IHK zu Leipzig" in message.body
    assert f"/konto/einladung/{token_of()}/" in message.body


def test_the_secret_leaves_the_outbox_with_the_mail(world: World) -> None:
    invite(world)
    assert all(
        key.endswith("_url")
        for key, value in OutgoingMail.objects.get().content.items()
        if token_of() in value
    )


def test_opening_the_link_changes_nothing(client: Client, world: World) -> None:
    post = invite(world)
    html = client.get(page_of(token_of())).content.decode()
    assert "Karl Beispiel hat Sie eingeladen" in html
    assert "Nele Neu" in html
    assert open_invitation(post).accepted_at is None


def test_accepting_sets_the_password_and_kills_the_link(client: Client, world: World) -> None:
    post = invite(world)
    page = page_of(token_of())
    response = client.post(page, NEW)
    assert response["Location"].startswith("/konto/anmelden/")
    assert Person.objects.get(pk=post.person_id).check_password(PASSWORD)
    assert client.get(page).status_code == 404
    assert "invitation.accepted" in acts()


def test_the_invited_person_signs_in_and_is_asked_for_a_second_factor(client: Client, world: World) -> None:
    invite(world)
    client.post(page_of(token_of()), NEW)
    client.post("/konto/anmelden/", {"login": "neu@personen.example", "password": PASSWORD})
    assert client.get("/arbeitsplatz/woche/")["Location"] == "/konto/sicherheit/"


def test_whoever_has_not_accepted_yet_gets_no_mail_of_the_post(client: Client, world: World) -> None:
    post = invite(world)
    assert post.organisation_id is not None
    assert post.person not in holders_of(Role.DESK, post.organisation_id)
    client.post(page_of(token_of()), NEW)
    assert post.person in holders_of(Role.DESK, post.organisation_id)


def test_a_weak_password_is_refused_and_the_link_lives(client: Client, world: World) -> None:
    invite(world)
    page = page_of(token_of())
    response = client.post(page, {"password1": "kurz", "password2": "kurz"})
    assert "mindestens 12 Zeichen" in response.content.decode()
    assert client.get(page).status_code == 200


def test_the_page_is_kept_from_caches_and_other_sites(client: Client, world: World) -> None:
    invite(world)
    response = client.get(page_of(token_of()))
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_a_link_ends_after_seven_days(client: Client, world: World) -> None:
    invite(world)
    link = SecretLink.objects.get()
    assert link.expires_at - timezone.now() > datetime.timedelta(days=6, hours=23)
    SecretLink.objects.update(expires_at=timezone.now())
    assert client.get(page_of(token_of())).status_code == 404


def test_sending_again_replaces_the_link(client: Client, world: World) -> None:
    post = invite(world)
    first = token_of()
    invitations.send_again(invitation_id=open_invitation(post).pk, actor=world.karl)
    assert client.get(page_of(first)).status_code == 404
    assert client.get(page_of(token_of())).status_code == 200


def test_withdrawing_takes_link_and_post(client: Client, world: World) -> None:
    post = invite(world)
    invitations.withdraw(invitation_id=open_invitation(post).pk, actor=world.karl)
    assert client.get(page_of(token_of())).status_code == 404
    assert not Post.objects.filter(pk=post.pk).exists()


def test_withdrawing_ends_a_post_that_has_begun(world: World) -> None:
    post = invite(world, starts=today() - 3 * A_DAY)
    invitations.withdraw(invitation_id=open_invitation(post).pk, actor=world.karl)
    post.refresh_from_db()
    assert post.ends == today() - A_DAY
    assert not Invitation.objects.exists()


def test_an_accepted_invitation_is_neither_sent_nor_withdrawn(world: World) -> None:
    post = invite(world)
    invitations.accept(token=token_of(), password=PASSWORD)
    for act in (invitations.send_again, invitations.withdraw):
        with pytest.raises(Refusal, match="schon angenommen"):
            act(invitation_id=open_invitation(post).pk, actor=world.karl)


def test_whoever_has_an_account_gets_the_post_and_a_mail_without_a_link(world: World) -> None:
    world.carl.set_password(PASSWORD)
    world.carl.save()
    post = invite(world, world.carl.email.upper())
    assert post.person == world.carl
    assert OutgoingMail.objects.get().kind == "post_added"
    assert not SecretLink.objects.exists()


def test_an_older_invitation_does_not_change_a_password(client: Client, world: World) -> None:
    invite(world)
    older = token_of()
    invite(world, role=Post.Role.AUDITOR)
    invitations.accept(token=token_of(), password=PASSWORD)
    assert client.get(page_of(older)).status_code == 404


def test_a_closed_account_is_not_invited(world: World) -> None:
    Person.objects.filter(pk=world.carl.pk).update(is_active=False)
    with pytest.raises(Refusal, match="gesperrtes Konto"):
        invite(world, world.carl.email)


def test_nobody_invites_themselves(world: World) -> None:
    with pytest.raises(Refusal, match="sich selbst"):
        invite(world, world.karl.email)


def test_a_role_that_the_organisation_does_not_have_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="gibt es bei"):
        invite(world, role=Post.Role.OFFICER)
    assert not Person.objects.filter(email="neu@personen.example").exists()


def test_the_same_post_twice_at_once_is_refused(world: World) -> None:
    invite(world)
    with pytest.raises(Refusal, match="in dieser Zeit schon"):
        invite(world)


def test_a_coordinator_invites_by_the_form(client: Client, world: World) -> None:
    data = {
        "name": "Nele Neu",
        "email": "neu@personen.example",
        "what": f"desk-{world.ihk.pk}",
        "starts": today().isoformat(),
    }
    response = sign_in(client, world.karl).post(INVITE, data)
    person = Person.objects.get(email="neu@personen.example")
    assert response["Location"].startswith(f"/arbeitsplatz/verwaltung/personen/{person.pk}/")
    assert post_of(person).role == Post.Role.DESK


def test_nothing_typed_is_lost_when_the_act_refuses(client: Client, world: World) -> None:
    data = {
        "name": "Bert",
        "email": world.bert.email,
        "what": f"desk-{world.ihk.pk}",
        "starts": today().isoformat(),
    }
    response = sign_in(client, world.karl).post(INVITE, data)
    assert response.status_code == 409
    assert world.bert.email in response.content.decode()


def test_a_role_of_another_partnership_cannot_be_chosen(client: Client, world: World) -> None:
    from tests import factories

    stranger = factories.make_chamber(factories.make_partnership(), "IHK Nord")
    data = {"name": "N", "email": "n@b.example", "what": f"desk-{stranger.pk}", "starts": "2026-01-01"}
    response = sign_in(client, world.karl).post(INVITE, data)
    assert "Wählen Sie aus der Liste." in response.content.decode()
    assert not Invitation.objects.exists()
