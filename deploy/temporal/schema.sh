#!/bin/sh
# Brings the tables of Temporal's two databases to the version of this image. Safe to run again: a database that has a
# version keeps it, and only what is missing is applied. SQL_HOST, SQL_USER and SQL_PASSWORD come from the environment.
set -eu

for database in temporal temporal_visibility; do
    folder=${database#temporal_}
    set -- --plugin postgres12 --ep "$SQL_HOST" --port 5432 --user "$SQL_USER" --db "$database"
    temporal-sql-tool "$@" setup-schema --version 0.0
    temporal-sql-tool "$@" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$folder/versioned"
done
