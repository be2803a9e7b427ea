"""Addresses of decisions. An entry's own address is its random `ref`, never a name or a number."""

from django.urls import path

from kith.casework.decisions import views

urlpatterns = [
    path("families/<uuid:ref>/decisions/", views.decisions, name="decisions"),
    path("families/<uuid:ref>/decisions/new/", views.decision_new, name="decision-new"),
    path("decisions/<uuid:ref>/", views.decision, name="decision"),
    path("decisions/<uuid:ref>/decide/", views.decision_decide, name="decision-decide"),
]
