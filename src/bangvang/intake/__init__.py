"""Intake: lists that come in as files and become ledger entries, nominations, or persons and duties.

A *batch* is one file on its way: its columns get a meaning, its *rows* are staged and checked, the people named in it
(*identities*) are found among those we know or asked of a person, and then everything is written at once, or nothing.
"""
