"""A family tree drawn from who people are to each other (domain 1.11, capabilities 58): never redrawn by hand.

Pure: people and ties in, numbers and words out. `facts` is what is known, `reading` makes couples and their children of
it, `rows` gives each generation its row, `order` says who stands beside whom, `placing` where, `lines` draws between
them round every symbol, and `drawing` writes it down. What cannot be drawn is said, never dropped.
"""
