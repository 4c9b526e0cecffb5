# Put into the temporary copy of a function by `hearth explain`: writes to the log who imports what, also where the
# module was imported before, which -X importtime does not say. One line per import and importer, once.
import builtins
import os
import sys

_import = builtins.__import__
_seen = set()
_lines = []
_depth = 0


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
        os.write(2, "".join(_lines).encode("utf-8", "replace"))
        _lines.clear()
    return module


builtins.__import__ = _hearth_import
