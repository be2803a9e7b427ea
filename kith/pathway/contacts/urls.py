"""Addresses of contacts, and of adding somebody to a family."""

from django.urls import path

from kith.pathway.contacts import views

urlpatterns = [
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/new/", views.contact_new, name="contact-new"),
    path("contacts/saved/", views.contact_saved, name="contact-saved"),
    path("contacts/<uuid:ref>/", views.contact, name="contact"),
    path("contacts/<uuid:ref>/take-up/", views.contact_take_up, name="contact-take-up"),
    path("contacts/<uuid:ref>/decide/", views.contact_decide, name="contact-decide"),
    path("contacts/<uuid:ref>/reply/", views.contact_reply, name="contact-reply"),
    path("families/<uuid:ref>/people/new/", views.person_new, name="person-new"),
]
