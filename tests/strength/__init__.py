"""Pulling the plug: Kith as a council runs it, killed, filled up and traced while people write.

Each test makes a store of its own, whichever store the run is for; short forms are a part of `make test`, long ones `make kill`.
"""
