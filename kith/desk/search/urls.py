"""Address of the search. What was asked stays in the address for the back button and is hashed on the ledger."""

from django.urls import path

from kith.desk.search import views

urlpatterns = [path("search/", views.search, name="search")]
