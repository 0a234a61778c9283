"""The document that a package is made of, as its authors wrote it: what judges messages, and what values are made from.

It is read without any code of normalize, so that a mistake of normalize shows.
"""
