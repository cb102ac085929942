"""Who wants to know the tables reads one file, and need not add up the migrations."""

from tests.conftest import Database
from tests.database.schema import FILE, dump


def test_the_schema_file_is_the_sum_of_the_migrations(database: Database) -> None:
    assert FILE.read_text(encoding="utf-8") == dump(database.superuser), "run make schema"
