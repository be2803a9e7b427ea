"""The address of help."""

from django.urls import path

from kith.desk.guide import views

urlpatterns = [path("help/", views.guide, name="help")]
