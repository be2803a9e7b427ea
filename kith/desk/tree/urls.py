"""The address of a family's tree."""

from django.urls import path

from kith.desk.tree import views

urlpatterns = [path("families/<uuid:ref>/tree/", views.tree, name="tree")]
