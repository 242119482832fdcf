"""Who takes part: the desk's list, its entries, invitations and the waiting list."""

from django.urls import path

from forums.views import entering, invitations, participants, registration_of_desk

urlpatterns = [
    path("<str:reference>/teilnehmende/", participants.participants, name="participants"),
    path("<str:reference>/teilnehmende.xlsx", participants.participants_xlsx, name="participants_xlsx"),
    path("<str:reference>/teilnehmende.csv", participants.participants_csv, name="participants_csv"),
    path("<str:reference>/teilnehmende/aufnehmen/", entering.enter, name="enter"),
    path("<str:reference>/teilnehmende/<str:number>/", registration_of_desk.participant, name="participant"),
    path(
        "<str:reference>/teilnehmende/<str:number>/programm/",
        registration_of_desk.participant_change,
        name="participant_change",
    ),
    path(
        "<str:reference>/teilnehmende/<str:number>/abmelden/",
        registration_of_desk.participant_cancel,
        name="participant_cancel",
    ),
    path(
        "<str:reference>/teilnehmende/<str:number>/adresse/",
        registration_of_desk.participant_address,
        name="participant_address",
    ),
    path(
        "<str:reference>/teilnehmende/<str:number>/senden/",
        registration_of_desk.participant_mail,
        name="participant_mail",
    ),
    path("<str:reference>/einladungen/", invitations.invitations, name="invitations"),
    path("<str:reference>/einladungen/neu/", invitations.invitation_new, name="invitation_new"),
    path("<str:reference>/einladungen/liste/", invitations.invitation_list, name="invitation_list"),
    path("<str:reference>/einladungen/senden/", invitations.invitations_send, name="invitations_send"),
    path(
        "<str:reference>/einladungen/<int:pk>/noch-einmal/",
        invitations.invitation_again,
        name="invitation_again",
    ),
    path(
        "<str:reference>/einladungen/<int:pk>/entfernen/",
        invitations.invitation_remove,
        name="invitation_remove",
    ),
]
