"""The district's schema, step by step (Alembic), shipped with the program; `district init` applies what is missing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from sync.district.database import WRITES
from sync.errors import DistrictError


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "sync.district:migrations")
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest schema, in one transaction; does nothing where it already is."""
    config = _config()
    with engine.execution_options(**WRITES).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(engine: Engine) -> None:
    """Raise DistrictError with the remedy where the schema is not the one this program was written for."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).exists():
        raise DistrictError(f"{file}: no database there; run: district init")
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != head:
        have = f"has schema {found}, this program needs {head}" if found else "is empty"
        raise DistrictError(f"{engine.url.render_as_string()} {have}; run: district init")
