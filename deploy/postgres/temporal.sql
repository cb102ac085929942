-- Temporal's own role and databases, beside ours in the same server; run after roles.sql. Safe to run again.
\set ON_ERROR_STOP on
\getenv temporal_password TEMPORAL_DB_PASSWORD

SELECT 'CREATE ROLE temporal LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'temporal')
\gexec

ALTER ROLE temporal PASSWORD :'temporal_password';

SELECT format('CREATE DATABASE %I OWNER temporal TEMPLATE template0 ENCODING UTF8', name)
FROM unnest(ARRAY['temporal', 'temporal_visibility']) AS name
WHERE name NOT IN (SELECT datname FROM pg_database)
\gexec

-- Temporal holds procedure, we hold facts: a leak of one password must not open the other's databases.
REVOKE CONNECT ON DATABASE temporal, temporal_visibility, open_licence FROM PUBLIC;
GRANT CONNECT ON DATABASE open_licence TO engine, auditor;
