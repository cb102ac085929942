-- The three roles and the database; run once by the superuser with psql, by the embedded server and by docker compose
-- alike. What each role may do stands in the migrations. Safe to run again; the passwords come from the environment.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv engine_password ENGINE_PASSWORD
\getenv auditor_password AUDITOR_PASSWORD

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['owner', 'engine', 'auditor']) AS name
WHERE name NOT IN (SELECT rolname FROM pg_roles)
\gexec

ALTER ROLE owner PASSWORD :'owner_password';
ALTER ROLE engine PASSWORD :'engine_password';
ALTER ROLE auditor PASSWORD :'auditor_password';

-- What the programs set for each session of theirs (database/pool.py); behind a pooler that hands sessions on it has to
-- be the roles' own.
SELECT format('ALTER ROLE %I SET %I = %L', role, setting, value)
FROM unnest(ARRAY['engine', 'auditor']) AS role,
    (VALUES ('jit', 'off'), ('statement_timeout', '60s'), ('lock_timeout', '30s'),
        ('idle_in_transaction_session_timeout', '60s')) AS settings (setting, value)
\gexec

-- The builtin provider sorts alike on every system; without LC_CTYPE pg_trgm would index no Chinese at all.
SELECT 'CREATE DATABASE open_licence OWNER owner TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER builtin'
    ' BUILTIN_LOCALE ''C.UTF-8'' LC_COLLATE ''C'' LC_CTYPE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'open_licence')
\gexec
