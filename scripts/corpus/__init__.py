"""Proves the generator on a folder of API documents: every operation out, imported, typed and called.

A tool beside the flow, no step of it: `python -m scripts.corpus FOLDER`. Each document is a process of its own, so that
one that crashes or hangs stops no other.
"""
