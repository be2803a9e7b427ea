"""The address of one person's page."""

from django.urls import path

from kith.desk.people import views

urlpatterns = [path("people/<uuid:ref>/", views.person, name="person")]
