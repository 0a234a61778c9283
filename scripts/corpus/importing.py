"""Imports every module of a package, loads every model, and tells what could not be: run by itself, in a clean process.

python -I importing.py FOLDER PACKAGE
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import warnings


def failures(package: str) -> dict[str, str]:
    """What was raised, by module."""
    found = {}
    warnings.simplefilter("error", SyntaxWarning)
    try:
        root = importlib.import_module(package)
        names = [package, *(one.name for one in pkgutil.walk_packages(root.__path__, f"{package}."))]
    except Exception as error:
        return {package: f"{type(error).__name__}: {error}"[:300]}
    for name in names:
        try:
            module = importlib.import_module(name)
            for public in getattr(module, "__all__", ()):
                getattr(module, public)
        except Exception as error:
            found[name] = f"{type(error).__name__}: {error}"[:300]
    return found


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    print(json.dumps(failures(sys.argv[2])))
