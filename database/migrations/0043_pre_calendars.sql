-- Secret addresses by which calendar programs read deadlines (decision 0254).

CREATE TABLE deadline_calendars (
    calendar_id   uuid        PRIMARY KEY,
    secret_hash   bytea       NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
    account_id    uuid        NOT NULL REFERENCES accounts,
    membership_id uuid        NOT NULL REFERENCES memberships,
    language      text        NOT NULL CHECK (language IN ('zh', 'en')),
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used_on  date,
    ended_at      timestamptz
);
CREATE INDEX deadline_calendars_of_account ON deadline_calendars (account_id, created_at DESC);
GRANT SELECT, INSERT ON deadline_calendars TO engine;
GRANT UPDATE (last_used_on, ended_at) ON deadline_calendars TO engine;
GRANT SELECT (calendar_id, account_id, membership_id, language, created_at, last_used_on, ended_at)
    ON deadline_calendars TO auditor;
COMMENT ON TABLE deadline_calendars IS 'Secret addresses by which calendar programs read deadlines; shown once, kept as a hash. 日历程序读取期限的保密地址；只显示一次，仅存散列。';
COMMENT ON COLUMN deadline_calendars.calendar_id IS 'Id of the address. 地址编号。';
COMMENT ON COLUMN deadline_calendars.secret_hash IS 'SHA-256 of the secret in the address. 地址中密钥的 SHA-256。';
COMMENT ON COLUMN deadline_calendars.account_id IS 'Whose it is. 所属账户。';
COMMENT ON COLUMN deadline_calendars.membership_id IS 'As what its owner reads; it ends with that. 以何授权读取；授权终止则失效。';
COMMENT ON COLUMN deadline_calendars.language IS 'Language of the events. 条目的语言。';
COMMENT ON COLUMN deadline_calendars.created_at IS 'When it was made. 建立时刻。';
COMMENT ON COLUMN deadline_calendars.last_used_on IS 'Day of the last reading. 最近读取日。';
COMMENT ON COLUMN deadline_calendars.ended_at IS 'When it was ended. 停用时刻。';
