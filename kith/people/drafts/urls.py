"""Addresses of unfinished words. A draft's own address is its random `ref`."""

from django.urls import path

from kith.people.drafts import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/held/", views.drafts_held, name="drafts-held"),
    path("drafts/held/<uuid:ref>/", views.draft_held, name="draft-held"),
    path("drafts/form-token/", views.form_token, name="draft-form-token"),
    path("drafts/<uuid:ref>/both/", views.draft_both, name="draft-both"),
    path("drafts/<uuid:ref>/choose/", views.draft_choose, name="draft-choose"),
    path("drafts/<uuid:ref>/drop/", views.draft_drop, name="draft-drop"),
    path("drafts/<slug:form>/", views.draft_keep, name="draft-keep"),
]
