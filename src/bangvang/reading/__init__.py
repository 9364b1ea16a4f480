"""Documents coming in: an untrusted file becomes text, and the text a draft in which every value shows where it stood.

Two words carry this room: a *refusal* says in Vietnamese why a file cannot be read and what to do; a *draft* is
what was found, each value with its quote, page, line and confidence. Nothing is guessed in silence, nothing is stored.

Callers use `child.inspect`, `child.extract` and `child.read_plan`: they parse in a limited child process.
"""
