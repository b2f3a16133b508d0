"""The schema, as the migrations make it."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from sync.district.database import database_url, open_database
from sync.district.migrations import check, upgrade
from sync.district.tables import metadata
from sync.errors import DistrictError


def test_the_migrations_make_exactly_the_tables_of_the_code(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_upgrading_twice_changes_nothing(engine, desk):
    desk.token()
    upgrade(engine)
    check(engine)
    assert desk.kiosk().name == "entrance-1"


def test_an_empty_or_older_database_is_refused_with_the_remedy(database):
    engine = open_database(database_url(database))
    engine.connect().close()
    with pytest.raises(DistrictError, match="is empty; run: district init"):
        check(engine)
    upgrade(engine)
    with engine.execution_options(district_writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(DistrictError, match="has schema 0000, this program needs 0001"):
        check(engine)
    engine.dispose()


def test_a_missing_file_is_not_made_by_looking(tmp_path):
    engine = open_database(database_url(str(tmp_path / "none.db")))
    with pytest.raises(DistrictError, match=r"none.db: no database there; run: district init"):
        check(engine)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("/srv/d.db", "sqlite:////srv/d.db"),
        ("sqlite:////srv/d.db", "sqlite:////srv/d.db"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg2://u@h/d", "postgresql+psycopg://u@h/d"),
    ],
)
def test_a_database_is_named_by_file_or_url(written, url):
    assert database_url(written).render_as_string() == url


@pytest.mark.parametrize("written", ["mysql://h/d", "://"])
def test_other_databases_are_refused(written):
    with pytest.raises(DistrictError, match="--database"):
        database_url(written)


def test_a_sqlite_commit_is_on_the_disk(tmp_path):
    engine = open_database(database_url(str(tmp_path / "d.db")))
    with engine.connect() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    engine.dispose()
    assert pragmas == ["wal", 2]
