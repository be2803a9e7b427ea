"""Finding people by name: one door to what `finding` knows.

Everything here is pure: names and dates in, keys and reasons out. The key table is filled with `keys_for`;
a search is read with `query_keys`, looked up, and put in order with `rank`.
"""

from kith.people.persons.finding.asking import Query, query_keys
from kith.people.persons.finding.birthdates import BirthDate
from kith.people.persons.finding.duplicates import LIKELY, likely_duplicates
from kith.people.persons.finding.folding import fold
from kith.people.persons.finding.matching import Candidate, Match, Particulars, is_exact, rank
from kith.people.persons.finding.numbers import Identifier, e164, is_nhs_number, is_upn, plain_number
from kith.people.persons.finding.words import LONGEST_KEY, Key, keys_for

__all__ = [
    "LIKELY",
    "LONGEST_KEY",
    "BirthDate",
    "Candidate",
    "Identifier",
    "Key",
    "Match",
    "Particulars",
    "Query",
    "e164",
    "fold",
    "is_exact",
    "is_nhs_number",
    "is_upn",
    "keys_for",
    "likely_duplicates",
    "plain_number",
    "query_keys",
    "rank",
]
