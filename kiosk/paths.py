"""Where the kiosk keeps its files: absolute paths, whatever the process's folder is.

gpiozero's lgpio may change the process's folder, so a relative path means something else a moment later.
"""

import os
from pathlib import Path

import platformdirs

from kiosk.settings import Settings

NAME = "entrance-kiosk"
SYSTEM_CONFIGURATION = Path("/etc") / NAME / "kiosk.toml"


def user_configuration() -> Path:
    """The configuration of the user who runs the command; need not exist."""
    return platformdirs.user_config_path(NAME) / "kiosk.toml"


def usual_configurations() -> tuple[Path, ...]:
    """Where a configuration is looked for when none is named, the first that exists wins."""
    return (user_configuration(), SYSTEM_CONFIGURATION)


def state_folder() -> Path:
    """Where the database and the token live unless the configuration says otherwise; need not exist.

    systemd names the service's folder in STATE_DIRECTORY (systemd.exec(5)); elsewhere it is the user's own.
    """
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    if given:
        return Path(given).absolute()
    return platformdirs.user_state_path(NAME).absolute()


def database_path(settings: Settings) -> Path:
    """The logbook's SQLite file."""
    return settings.log.database or state_folder() / "logbook.db"


def memory_path(settings: Settings) -> Path:
    """The file of what the door has learned: beside the database and named after it."""
    return database_path(settings).with_suffix(".door.json")


def token_path(settings: Settings) -> Path:
    """The file that holds this kiosk's token for the district."""
    return settings.sync.token_file or state_folder() / "token"
