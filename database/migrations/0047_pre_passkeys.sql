-- Passkeys: instead of password and code, a key that a device or an authenticator holds and shows to nobody (decision 0264).

CREATE TABLE account_passkeys (
    credential_id     bytea       PRIMARY KEY CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
    account_id        uuid        NOT NULL REFERENCES accounts,
    public_key        bytea       NOT NULL,
    sign_count        bigint      NOT NULL CHECK (sign_count >= 0),
    browser           text,
    added_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    challenge_made_at timestamptz,
    used_at           timestamptz
);
CREATE INDEX account_passkeys_account ON account_passkeys (account_id, added_at);
GRANT SELECT, INSERT, UPDATE (sign_count, challenge_made_at, used_at) ON account_passkeys TO engine;
GRANT SELECT (account_id, sign_count, browser, added_at, challenge_made_at, used_at) ON account_passkeys TO auditor;
COMMENT ON TABLE account_passkeys IS 'Passkeys by which somebody signs in; who added or removed one stands in the audit log. 登录用通行密钥；添加与删除记入审计日志。';
COMMENT ON COLUMN account_passkeys.credential_id IS 'By what the authenticator names it. 验证器所用的凭据标识。';
COMMENT ON COLUMN account_passkeys.account_id IS 'Whose account. 所属账户。';
COMMENT ON COLUMN account_passkeys.public_key IS 'What its signatures are checked with, as COSE. 用以核验签名的公钥（COSE 格式）。';
COMMENT ON COLUMN account_passkeys.sign_count IS 'How often it has signed, as far as its authenticator counts. 验证器计数的签名次数。';
COMMENT ON COLUMN account_passkeys.browser IS 'Family of the browser in which it was added. 添加时的浏览器类别。';
COMMENT ON COLUMN account_passkeys.added_at IS 'When it was added. 添加时刻。';
COMMENT ON COLUMN account_passkeys.challenge_made_at IS 'When the last challenge that it answered was made; that one and earlier ones are refused. 最近应答的质询的生成时刻；该质询及更早者不再接受。';
COMMENT ON COLUMN account_passkeys.used_at IS 'When it last signed somebody in. 最近一次登录时刻。';

-- The engine deletes through here alone, and only what its owner asks for.
CREATE FUNCTION remove_passkey(p_credential_id bytea, p_account_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM account_passkeys WHERE credential_id = p_credential_id AND account_id = p_account_id;
    RETURN FOUND;
END $$;
REVOKE EXECUTE ON FUNCTION remove_passkey FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_passkey TO engine;

-- An account that gave up its sign-in name, or was erased with its person, is signed in to by nothing.
CREATE FUNCTION forget_passkeys() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM account_passkeys WHERE account_id = NEW.account_id;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION forget_passkeys FROM PUBLIC;
CREATE TRIGGER forget_passkeys AFTER UPDATE OF state, name_hash ON accounts
    FOR EACH ROW WHEN (NEW.state = 'erased' OR OLD.name_hash IS NOT NULL AND NEW.name_hash IS NULL)
    EXECUTE FUNCTION forget_passkeys();
