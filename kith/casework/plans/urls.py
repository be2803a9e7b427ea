"""Addresses of plans. One version's address is its entry's random `ref`, never a name or a number."""

from django.urls import path

from kith.casework.plans import views

urlpatterns = [
    path("families/<uuid:ref>/plan/", views.plans, name="plans"),
    path("families/<uuid:ref>/plan/new/", views.plan_new, name="plan-new"),
    path("plans/<uuid:ref>/", views.plan, name="plan"),
    path("plans/<uuid:ref>/share/", views.plan_share, name="plan-share"),
    path("plans/<uuid:ref>/take-back/", views.plan_take_back, name="plan-take-back"),
    path("plans/<uuid:ref>/agree/", views.plan_agree, name="plan-agree"),
    path("plans/<uuid:ref>/version/", views.plan_version, name="plan-version"),
    path("plans/<uuid:ref>/end/", views.plan_end, name="plan-end"),
]
