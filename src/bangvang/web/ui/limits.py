"""A limit on guessing, by address: after some wrong tries nothing is looked up for a while. Counted in the process's memory."""

from django.core.cache import cache
from django.http import HttpRequest

MOST = 20  # wrong tries
SECONDS = 600


def _key(name: str, request: HttpRequest) -> str:
    return f"limit:{name}:{request.META.get('REMOTE_ADDR', '')}"


def is_over(name: str, request: HttpRequest) -> bool:
    """Whether this address has tried too often."""
    return int(cache.get(_key(name, request), 0)) >= MOST


def count(name: str, request: HttpRequest) -> None:
    """One more wrong try; the first one starts the time."""
    key = _key(name, request)
    if not cache.add(key, 1, SECONDS):
        cache.incr(key)
