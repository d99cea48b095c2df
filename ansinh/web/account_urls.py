"""Addresses of what django-allauth does here, by the names it knows them; what is not listed does not exist:
no signing up, no e-mail, no password by mail, no download of recovery codes."""

from __future__ import annotations

from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.urls import path

from ansinh.web.desks import security, sign_in
from ansinh.web.seeing import for_everybody

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/", sign_in.sign_in, name="account_inactive"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path(
        "sign-in/second-factor/",
        AuthenticateView.as_view(template_name="web/security/second_factor.html"),
        name="mfa_authenticate",
    ),
    path("sign-in/passkey/", LoginWebAuthnView.as_view(), name="mfa_login_webauthn"),
    path("security/", security.security, name="mfa_index"),
    path("security/", security.security, name="mfa_list_webauthn"),
    path(
        "security/password/",
        PasswordChangeView.as_view(template_name="web/security/password.html"),
        name="account_change_password",
    ),
    path(
        "security/again/",
        ReauthenticateView.as_view(template_name="web/security/again.html"),
        name="account_reauthenticate",
    ),
    path(
        "security/again/code/",
        CodeAgainView.as_view(template_name="web/security/again.html"),
        name="mfa_reauthenticate",
    ),
    path(
        "security/again/passkey/",
        ReauthenticateWebAuthnView.as_view(template_name="web/security/again_passkey.html"),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "security/phone/",
        for_everybody(security.TurnOnPhone.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "security/phone/remove/",
        DeactivateTOTPView.as_view(template_name="web/security/remove_phone.html"),
        name="mfa_deactivate_totp",
    ),
    path(
        "security/passkeys/add/",
        AddWebAuthnView.as_view(template_name="web/security/passkey.html"),
        name="mfa_add_webauthn",
    ),
    path(
        "security/passkeys/<int:pk>/remove/",
        RemoveWebAuthnView.as_view(template_name="web/security/remove_passkey.html"),
        name="mfa_remove_webauthn",
    ),
    path(
        "security/recovery-codes/",
        ViewRecoveryCodesView.as_view(template_name="web/security/recovery_codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "security/recovery-codes/new/",
        GenerateRecoveryCodesView.as_view(template_name="web/security/new_recovery_codes.html"),
        name="mfa_generate_recovery_codes",
    ),
]
