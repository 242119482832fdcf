"""Behind an invitation's personal link."""

from django.urls import path

from forums.views import invitation

urlpatterns = [
    path("einladung/<str:token>/", invitation.invitation, name="invitation"),
    path("einladung/<str:token>/anmelden/", invitation.invitation_register, name="invitation_register"),
    path("einladung/<str:token>/link/", invitation.invitation_own_link, name="invitation_own_link"),
]
