"""The cellar's engine room: states move through one table, every write leaves an event, jobs hold fenced leases.

Main words: Workflow, Step, Verdict · Event, Seal · JobLease · Draft. It knows no domain: an actor is whoever has a
user id and a duty text.
"""
