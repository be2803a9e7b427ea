"""Floors: for each thing we time, the barest honest Django view that answers it.

The same template and the same form, the session checked, one query for each section. No policy, no sight, no audit.
A floor may only get faster.
"""
