"""Addresses of teams, and of joining and leaving, which touch accounts and teams together."""

from django.urls import path

from kith.council.teams import views

urlpatterns = [
    path("accounts/new/", views.account_new, name="account-new"),
    path("accounts/<uuid:ref>/team/", views.person_team, name="person-team"),
    path("teams/", views.teams, name="teams"),
    path("teams/new/", views.team_new, name="team-new"),
    path("teams/<uuid:ref>/", views.team, name="team"),
    path("teams/<uuid:ref>/close/", views.team_close, name="team-close"),
    path("teams/<uuid:ref>/people/<uuid:person>/leave/", views.team_leave, name="team-leave"),
]
