"""Signing in, profile and security, under /konto/. Names are django-allauth's where it reverses them."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from partnership.views import confirmation, passwords, profile, registration, second_factor
from partnership.views.administration import invitations

urlpatterns = [
    path("einladung/<str:token>/", invitations.accept, name="account_invitation"),
    path("anmelden/", views.login, name="account_login"),
    path("anmelden/code/", views.request_login_code, name="account_request_login_code"),
    path("anmelden/code/eingeben/", views.confirm_login_code, name="account_confirm_login_code"),
    path("anmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/zweiter-faktor/", mfa.authenticate, name="mfa_authenticate"),
    path("abmelden/", views.logout, name="account_logout"),
    path("gesperrt/", views.account_inactive, name="account_inactive"),
    path("registrieren/", registration.sign_up, name="account_signup"),
    path("registrieren/gesendet/", registration.sent, name="account_signup_sent"),
    path("registrieren/<str:token>/", registration.confirm, name="account_signup_confirm"),
    path("bestaetigen/", views.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "bestaetigen/passkey/", second_factor.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"
    ),
    path("bestaetigen/mail/", confirmation.by_code, name="account_reauthenticate_by_code"),
    path("passwort/aendern/", passwords.ChangePassword.as_view(), name="account_change_password"),
    path("passwort/setzen/", passwords.SetPassword.as_view(), name="account_set_password"),
    path("passwort/vergessen/", views.password_reset, name="account_reset_password"),
    path("passwort/gesendet/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        passwords.NewPasswordByLink.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "passwort/fertig/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("profil/", profile.profile, name="account_profile"),
    path("profil/name/", profile.change_name, name="account_change_name"),
    path("profil/adresse/", profile.new_address, name="account_new_address"),
    path("profil/adresse/<str:token>/", profile.confirm_address, name="account_confirm_address"),
    path("profil/sitzungen/beenden/", profile.end_session, name="account_end_session"),
    path("sicherheit/", second_factor.overview, name="mfa_index"),
    path("sicherheit/app/", second_factor.AddApp.as_view(), name="mfa_activate_totp"),
    path("sicherheit/app/entfernen/", second_factor.remove_app, name="mfa_deactivate_totp"),
    path("sicherheit/passkey/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("sicherheit/passkey/<int:pk>/", second_factor.NamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("sicherheit/passkey/<int:pk>/entfernen/", second_factor.remove_passkey, name="mfa_remove_webauthn"),
    path("sicherheit/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("sicherheit/codes/neu/", second_factor.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
]
