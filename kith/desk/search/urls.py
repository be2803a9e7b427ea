"""Address of the search. What was asked stays in the session, and is hashed on the ledger of looks."""

from django.urls import path

from kith.desk.search import views

urlpatterns = [path("search/", views.search, name="search")]
