"""Addresses of the accounts of people who work here. Joining and leaving are beside teams, in the council room."""

from django.urls import path

from kith.access.accounts import views

urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<uuid:ref>/", views.account, name="account"),
    path("accounts/<uuid:ref>/details/", views.details, name="account-details"),
    path("accounts/<uuid:ref>/work/", views.work, name="account-work"),
    path("accounts/<uuid:ref>/work/<slug:kind>/end/", views.work_end, name="account-work-end"),
    path("accounts/<uuid:ref>/way-in/", views.way_in, name="account-way-in"),
    path("accounts/<uuid:ref>/second-steps/", views.second_steps, name="account-second-steps"),
    path("accounts/<uuid:ref>/open-again/", views.open_again, name="account-open-again"),
]
