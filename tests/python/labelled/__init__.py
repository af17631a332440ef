"""People and accounts whose truth is known, to measure the matcher by.

The lists and the world hold nothing of the project: no code, no list.
"""
