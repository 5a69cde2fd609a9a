"""Open a room's door lazily: import a name from its module when it is first asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazily(room: str, modules: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """Return the `__getattr__` of a room that offers these names of its modules.

    Start-up waits for rooms whose libraries take long to import (libav, Pillow, httpx) only if they
    are used. A module may not be named like a name that its door offers: once it is imported, the
    import system puts it in the name's place. A name of the room itself is a module in it.
    """
    homes = {name: module for module, names in modules.items() for name in names}

    def offered(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        if homes[name] == room:  # the name is a module: to ask the room for it would never end
            return import_module(f"{room}.{name}")
        return getattr(import_module(homes[name]), name)

    return offered
