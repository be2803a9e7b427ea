"""The bench: a record the size of a council, what each thing costs in it, and what the barest honest page would cost.

`make bench` builds the record (or finds it again), asks each question many times beside its floor, and prints ratios.
Nothing here is asked how fast it is in an ordinary test: a clock belongs to a run of its own.
"""
