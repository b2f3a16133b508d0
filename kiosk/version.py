"""Which version of the kiosk this is."""

import importlib.metadata


def version() -> str:
    """The installed version, or "not installed" when run from a folder that pip knows nothing of."""
    try:
        return importlib.metadata.version("entrance-kiosk")
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
