-- What is typed and not yet asked for, the keys of programs, and what goes when a person is erased or time has passed
-- (decision 0214).

CREATE TABLE drafts (
    draft_id        uuid        PRIMARY KEY,
    account_id      uuid        NOT NULL REFERENCES accounts,
    organisation_id uuid        REFERENCES parties,
    act_kind        text        NOT NULL,
    filing_id       uuid,
    fields          jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(fields) = 'object'),
    version         integer     NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_by      uuid        NOT NULL REFERENCES accounts (account_id),
    ended_at        timestamptz,
    ended_as        text        CHECK (ended_as IN ('asked', 'discarded', 'erased')),
    CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
    CONSTRAINT ended_drafts_hold_nothing CHECK (ended_at IS NULL OR fields = '{}')
);
CREATE INDEX drafts_of_organisation ON drafts (organisation_id, updated_at DESC) WHERE ended_at IS NULL;
CREATE INDEX drafts_of_account ON drafts (account_id, updated_at DESC) WHERE ended_at IS NULL;
GRANT SELECT, INSERT ON drafts TO engine;
GRANT UPDATE (fields, version, updated_at, updated_by, ended_at, ended_as) ON drafts TO engine;
GRANT SELECT (draft_id, account_id, organisation_id, act_kind, filing_id, version, created_at, updated_at, updated_by,
    ended_at, ended_as) ON drafts TO auditor;
COMMENT ON TABLE drafts IS 'What somebody typed and has not asked for yet. 已填写而未提交的内容。';
COMMENT ON COLUMN drafts.draft_id IS 'Id of the draft, and of the act it becomes. 草稿编号，也是提交后的行为编号。';
COMMENT ON COLUMN drafts.account_id IS 'Who began it. 起草账户。';
COMMENT ON COLUMN drafts.organisation_id IS 'Whose it is, shared by its people; none: the account''s alone. 所属单位，由其人员共用；空为个人草稿。';
COMMENT ON COLUMN drafts.act_kind IS 'What it is to become. 拟提交的行为。';
COMMENT ON COLUMN drafts.filing_id IS 'On which filing; none: it begins one. 所涉事项；空为新事项。';
COMMENT ON COLUMN drafts.fields IS 'What was typed, by field; emptied when it ends. 各字段内容；终结时清空。';
COMMENT ON COLUMN drafts.version IS 'Counts the changes: two tabs do not overwrite each other. 修改次数，防止两个页面互相覆盖。';
COMMENT ON COLUMN drafts.created_at IS 'When it was begun. 起草时刻。';
COMMENT ON COLUMN drafts.updated_at IS 'When it was last changed. 最近修改时刻。';
COMMENT ON COLUMN drafts.updated_by IS 'Who changed it last. 最近修改的账户。';
COMMENT ON COLUMN drafts.ended_at IS 'When it ended. 终结时刻。';
COMMENT ON COLUMN drafts.ended_as IS 'Asked for, discarded, or erased with its person. 已提交、已放弃，或随个人信息删除。';

CREATE TABLE api_keys (
    key_id          uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES parties,
    role            text        NOT NULL,
    name            text        NOT NULL,
    scopes          text[]      NOT NULL CHECK (cardinality(scopes) > 0),
    secret_hash     bytea       NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
    created_by      uuid        NOT NULL REFERENCES parties,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_on         date,
    last_used_on    date,
    ended_by        uuid        REFERENCES parties,
    ended_at        timestamptz,
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX api_keys_organisation ON api_keys (organisation_id);
GRANT SELECT, INSERT ON api_keys TO engine;
GRANT UPDATE (last_used_on, ended_by, ended_at) ON api_keys TO engine;
GRANT SELECT (key_id, organisation_id, role, name, scopes, created_by, created_at, ends_on, last_used_on, ended_by,
    ended_at) ON api_keys TO auditor;
COMMENT ON TABLE api_keys IS 'Keys by which programs of an organisation ask; shown once, kept as a hash. 单位程序所用的接口密钥；只显示一次，仅存散列。';
COMMENT ON COLUMN api_keys.key_id IS 'Id of the key. 密钥编号。';
COMMENT ON COLUMN api_keys.organisation_id IS 'Whose programs. 所属单位。';
COMMENT ON COLUMN api_keys.role IS 'In which role they ask. 以何角色提交。';
COMMENT ON COLUMN api_keys.name IS 'What it is for. 用途。';
COMMENT ON COLUMN api_keys.scopes IS 'What it may be used for. 许可范围。';
COMMENT ON COLUMN api_keys.secret_hash IS 'SHA-256 of the secret. 密钥的 SHA-256。';
COMMENT ON COLUMN api_keys.created_by IS 'Who made it, and answers for it. 建立人，并对其负责。';
COMMENT ON COLUMN api_keys.created_at IS 'When. 建立时刻。';
COMMENT ON COLUMN api_keys.ends_on IS 'Last day on which it works. 最后有效日。';
COMMENT ON COLUMN api_keys.last_used_on IS 'Day of the last use. 最近使用日。';
COMMENT ON COLUMN api_keys.ended_by IS 'Who ended it. 撤销人。';
COMMENT ON COLUMN api_keys.ended_at IS 'When. 撤销时刻。';

-- As in 0026, and the person's accounts hold nothing any more: no name, no secret, no session, no draft of their own.
-- A draft that an organisation shares stays with it.
CREATE OR REPLACE FUNCTION erase_party(p_party_id uuid, p_who uuid, p_role text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held record;
    had_key boolean;
    had_account boolean;
BEGIN
    LOCK TABLE holds IN SHARE MODE;
    SELECT f.filing_id, h.hold_id, h.reason INTO held
    FROM held_filings f JOIN holds h USING (hold_id)
    WHERE EXISTS (SELECT FROM events e
                  WHERE e.filing_id = f.filing_id AND position(p_party_id::text IN e.body::text) > 0)
    ORDER BY h.placed_at, f.filing_id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the person is named in a held filing' USING
            ERRCODE = 'restrict_violation', CONSTRAINT = 'held_persons_stay',
            DETAIL = json_build_object('filing_id', held.filing_id, 'hold_id', held.hold_id, 'reason', held.reason)::text;
    END IF;
    DELETE FROM party_keys WHERE party_id = p_party_id;
    had_key := FOUND;
    UPDATE accounts SET state = 'erased', name_hash = NULL, sealed_name = NULL, password_hash = NULL,
        sealed_totp = NULL, sealed_totp_offer = NULL, recovery_hashes = '{}', invitation_hash = NULL,
        invitation_ends_at = NULL
    WHERE party_id = p_party_id AND state <> 'erased';
    had_account := FOUND;
    IF had_account THEN
        DELETE FROM account_identities USING accounts a
            WHERE account_identities.account_id = a.account_id AND a.party_id = p_party_id;
        DELETE FROM known_devices USING accounts a
            WHERE known_devices.account_id = a.account_id AND a.party_id = p_party_id;
        UPDATE sessions SET ended_at = coalesce(ended_at, clock_timestamp()), ended_as = coalesce(ended_as, 'erased'),
            device_hash = NULL, browser = NULL
        FROM accounts a WHERE sessions.account_id = a.account_id AND a.party_id = p_party_id;
        UPDATE drafts SET ended_at = clock_timestamp(), ended_as = 'erased', fields = '{}'
        FROM accounts a WHERE drafts.account_id = a.account_id AND a.party_id = p_party_id
            AND drafts.organisation_id IS NULL AND drafts.ended_at IS NULL;
    END IF;
    IF NOT had_key AND NOT had_account THEN
        RETURN false;
    END IF;
    INSERT INTO audit_log (who, role, act_id, act_kind, outcome)
        VALUES (p_who, p_role, p_party_id, 'erase_party', 'granted');
    RETURN true;
END $$;

-- What is kept of signing in has its time: logs six months, counters a day. The engine deletes through here alone.
CREATE FUNCTION forget_sign_ins(p_before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
    more bigint;
BEGIN
    IF p_before > clock_timestamp() - interval '180 days' THEN
        RAISE EXCEPTION 'what is kept of signing in is kept for 180 days' USING ERRCODE = 'check_violation';
    END IF;
    DELETE FROM sessions WHERE ends_at < p_before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM known_devices WHERE last_at < p_before - interval '180 days';
    GET DIAGNOSTICS more = ROW_COUNT;
    gone := gone + more;
    DELETE FROM sign_in_failures WHERE last_at < clock_timestamp() - interval '1 day';
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN gone + more;
END $$;
REVOKE EXECUTE ON FUNCTION forget_sign_ins FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_sign_ins TO engine;
