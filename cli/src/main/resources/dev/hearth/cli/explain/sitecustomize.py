# Put into the temporary copy of a function by `hearth explain`: writes to the log what -X importtime does not say. Who
# imports what, also where the module was imported before, a line per import and importer; and how long a module took
# that importlib was asked for, as the function's own is.
import builtins
import importlib
import os
import sys
import time

_import = builtins.__import__
_import_module = importlib.import_module
_seen = set()
_lines = []
_depth = 0


def _write(text):
    os.write(2, text.encode("utf-8", "replace"))


def _hearth_import(name, globals=None, locals=None, fromlist=(), level=0):
    global _depth
    _depth += 1
    try:
        module = _import(name, globals, locals, fromlist, level)
    finally:
        _depth -= 1
    importer = (globals or {}).get("__name__")
    key = (importer, name, level, fromlist if fromlist.__class__ is tuple else None)
    if importer and key not in _seen:
        _seen.add(key)
        base = module.__name__ if fromlist or level else name
        names = [base] + [base + "." + part for part in fromlist or () if base + "." + str(part) in sys.modules]
        for imported in names:
            _lines.append("hearth-import: %s > %s\n" % (importer, imported))
    if _depth == 0 and _lines:
        _write("".join(_lines))
        _lines.clear()
    return module


def _hearth_import_module(name, package=None):
    global _depth
    if _depth:
        # Its time is in that of the module that asks.
        return _import_module(name, package)
    _write("hearth-enter: %s\n" % name)
    start = time.monotonic_ns()
    try:
        return _import_module(name, package)
    finally:
        _write("hearth-leave: %s %d\n" % (name, time.monotonic_ns() - start))


builtins.__import__ = _hearth_import
importlib.import_module = _hearth_import_module
