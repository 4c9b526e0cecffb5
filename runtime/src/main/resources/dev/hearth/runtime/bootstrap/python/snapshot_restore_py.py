"""Hooks around the time a function stands by: the interface of AWS's module of this name (SnapStart for Python).

    from snapshot_restore_py import register_before_snapshot, register_after_restore

    @register_before_snapshot
    def close_connections(): ...

    register_after_restore(connect, "db.internal", retries=3)

Before it is frozen for the first time, what was registered last runs first; when it goes on, in order of registration.
"""

__all__ = ["register_before_snapshot", "register_after_restore"]

_before_snapshot = []
_after_restore = []


def register_before_snapshot(func, *args, **kwargs):
    """Has func(*args, **kwargs) called before the function is frozen; gives func back."""
    _before_snapshot.append((func, args, kwargs))
    return func


def register_after_restore(func, *args, **kwargs):
    """Has func(*args, **kwargs) called when the function goes on after that; gives func back."""
    _after_restore.append((func, args, kwargs))
    return func


def get_before_snapshot():
    """For the runtime: what is registered, in order, as (func, args, kwargs)."""
    return _before_snapshot


def get_after_restore():
    """For the runtime: what is registered, in order, as (func, args, kwargs)."""
    return _after_restore
