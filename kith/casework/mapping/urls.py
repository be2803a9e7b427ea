"""Addresses of worries, goals and scales. A worry's address is that of any version of its entry."""

from django.urls import path

from kith.casework.mapping import views

urlpatterns = [
    path("families/<uuid:ref>/worries/", views.statements, name="statements"),
    path("families/<uuid:ref>/worries/new/", views.statement_new, name="statement-new"),
    path("families/<uuid:ref>/worries/scale/", views.scale_overall, name="scale-overall"),
    path("worries/<uuid:ref>/", views.statement, name="statement"),
    path("worries/<uuid:ref>/change/", views.statement_change, name="statement-change"),
    path("worries/<uuid:ref>/to-family/", views.statement_to_family, name="statement-to-family"),
    path("worries/<uuid:ref>/agree/", views.statement_agree, name="statement-agree"),
    path("worries/<uuid:ref>/settle/", views.statement_settle, name="statement-settle"),
    path("worries/<uuid:ref>/goal/", views.goal, name="goal"),
    path("worries/<uuid:ref>/scale/", views.scale, name="scale"),
    path("scales/<uuid:ref>/scores/", views.scores, name="scores"),
    path("words/check/", views.words_check, name="words-check"),
]
