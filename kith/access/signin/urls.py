"""Addresses of the door and of my own account. `door` keeps the names the sign-in library asks for."""

from django.urls import path
from django.views.generic import RedirectView

from kith.access.edge import reads, signed_in
from kith.access.signin import mine, passkeys, provider, views

door = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/second-step/", views.second_step, name="mfa_authenticate"),
    path("sign-in/with/<slug:provider_id>/", provider.leave_for, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", provider.come_back, name="openid_connect_callback"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("account/again/", mine.again, name="account_reauthenticate"),
]
urlpatterns = [
    path("sign-in/second-step/passkey/", passkeys.second_step, name="sign-in-step-passkey"),
    path("sign-in/passkey/", passkeys.sign_in, name="sign-in-passkey"),
    path("sign-in/passkey/question/", passkeys.question, name="passkey-question"),
    path("sign-in/set-up/", views.enrol, name="sign-in-set-up"),
    path("sign-in/set-up/codes/", views.enrolled, name="sign-in-set-up-done"),
    path("sign-in/join/", views.join, name="join"),
    path("sign-in/join/<uuid:ref>/<str:token>/", views.join_link, name="join-link"),
    path("account/", mine.account, name="my-account"),
    path("account/password/", mine.password, name="my-password"),
    path("account/sign-out-everywhere/", mine.everywhere, name="sign-out-everywhere"),
    path("account/two-step/", signed_in(reads(RedirectView.as_view(pattern_name="my-account"))), name="my-two-step"),
    path("account/two-step/app/", mine.app, name="my-app"),
    path("account/two-step/codes/", mine.codes, name="my-codes"),
    path("account/two-step/<int:step>/remove/", mine.remove, name="my-step-remove"),
    path("account/two-step/passkey/", passkeys.add, name="my-passkey"),
    path("account/two-step/passkey/question/", passkeys.new_question, name="my-passkey-question"),
]
