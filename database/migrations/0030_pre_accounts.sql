-- Who signs in to the console: accounts, roles granted by two people, sessions, and what slows down who guesses
-- (decisions 0210 to 0213). A sign-in name is personal data: it is kept here alone, sealed, and found by a keyed hash.

CREATE TABLE accounts (
    account_id         uuid        PRIMARY KEY,
    party_id           uuid        NOT NULL REFERENCES parties,
    name_hash          bytea       CONSTRAINT sign_in_name_is_free UNIQUE,
    sealed_name        bytea,
    password_hash      text,
    sealed_totp        bytea,
    sealed_totp_offer  bytea,
    totp_step          bigint      NOT NULL DEFAULT 0,
    recovery_hashes    bytea[]     NOT NULL DEFAULT '{}',
    invitation_hash    bytea       UNIQUE,
    invitation_ends_at timestamptz,
    language           text        NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en')),
    is_demo            boolean     NOT NULL DEFAULT false,
    state              text        NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'erased')),
    created_by         uuid        NOT NULL,
    created_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (account_id, party_id),
    CONSTRAINT erased_accounts_hold_nothing CHECK (state <> 'erased' OR coalesce(name_hash, sealed_name, sealed_totp,
        sealed_totp_offer, invitation_hash) IS NULL AND password_hash IS NULL AND recovery_hashes = '{}'),
    CHECK ((invitation_hash IS NULL) = (invitation_ends_at IS NULL)),
    CHECK ((name_hash IS NULL) = (sealed_name IS NULL))
);
CREATE INDEX accounts_party ON accounts (party_id);
GRANT SELECT, INSERT ON accounts TO engine;
GRANT UPDATE (name_hash, sealed_name, password_hash, sealed_totp, sealed_totp_offer, totp_step, recovery_hashes,
    invitation_hash, invitation_ends_at, language, state) ON accounts TO engine;
GRANT SELECT (account_id, party_id, totp_step, invitation_ends_at, language, is_demo, state, created_by, created_at)
    ON accounts TO auditor;
COMMENT ON TABLE accounts IS 'Accounts of the console; one person may have several. 控制台账户；一人可有多个。';
COMMENT ON COLUMN accounts.account_id IS 'Id of the account. 账户编号。';
COMMENT ON COLUMN accounts.party_id IS 'Whose it is: a natural person. 账户所属的自然人。';
COMMENT ON COLUMN accounts.name_hash IS 'Keyed hash of the sign-in name in its compared form. 登录名（比较形式）的带密钥散列。';
COMMENT ON COLUMN accounts.sealed_name IS 'The sign-in name, sealed. 加密保存的登录名。';
COMMENT ON COLUMN accounts.password_hash IS 'Argon2id hash; none: not set yet, or signs in elsewhere. 口令的 Argon2id 散列；空为未设置或用外部身份登录。';
COMMENT ON COLUMN accounts.sealed_totp IS 'Secret of the second factor, sealed. 第二因素的密钥，加密保存。';
COMMENT ON COLUMN accounts.sealed_totp_offer IS 'A secret that its first code has not confirmed. 尚未经首个动态码确认的密钥。';
COMMENT ON COLUMN accounts.totp_step IS 'The last step used; it and earlier ones are refused. 最近用过的时间步；该步及更早者不再接受。';
COMMENT ON COLUMN accounts.recovery_hashes IS 'Hashes of the recovery codes not yet used. 未用恢复码的散列。';
COMMENT ON COLUMN accounts.invitation_hash IS 'SHA-256 of the invitation by which a password is set once. 一次性设置口令的邀请码散列。';
COMMENT ON COLUMN accounts.invitation_ends_at IS 'Until when the invitation holds. 邀请有效至何时。';
COMMENT ON COLUMN accounts.language IS 'Language of the pages. 页面语言。';
COMMENT ON COLUMN accounts.is_demo IS 'A demo person, who needs no second factor. 演示人员，无须第二因素。';
COMMENT ON COLUMN accounts.state IS 'Active, suspended, or erased with its person. 有效、停用，或随个人信息删除。';
COMMENT ON COLUMN accounts.created_by IS 'Who made it. 建立人。';
COMMENT ON COLUMN accounts.created_at IS 'When. 建立时刻。';

CREATE TABLE account_identities (
    issuer       text        NOT NULL,
    subject_hash bytea       NOT NULL,
    account_id   uuid        NOT NULL REFERENCES accounts,
    linked_by    uuid        NOT NULL,
    linked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (issuer, subject_hash)
);
GRANT SELECT, INSERT ON account_identities TO engine;
GRANT SELECT (issuer, account_id, linked_by, linked_at) ON account_identities TO auditor;
COMMENT ON TABLE account_identities IS 'Who signs in by an identity provider. 以外部身份提供方登录的账户。';
COMMENT ON COLUMN account_identities.issuer IS 'The provider. 身份提供方。';
COMMENT ON COLUMN account_identities.subject_hash IS 'Keyed hash of whom the provider names. 提供方所称主体的带密钥散列。';
COMMENT ON COLUMN account_identities.account_id IS 'Whose account. 所属账户。';
COMMENT ON COLUMN account_identities.linked_by IS 'Who linked them. 关联人。';
COMMENT ON COLUMN account_identities.linked_at IS 'When. 关联时刻。';

-- Three tables that only grow: what one person proposes counts when another person grants it, until somebody ends it.
CREATE TABLE memberships (
    membership_id   uuid        PRIMARY KEY,
    account_id      uuid        NOT NULL,
    party_id        uuid        NOT NULL,
    role            text        NOT NULL,
    organisation_id uuid        REFERENCES parties,
    region          text,
    platform        text,
    proposed_by     uuid        NOT NULL REFERENCES parties,
    proposed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (account_id, party_id) REFERENCES accounts (account_id, party_id)
);
CREATE INDEX memberships_account ON memberships (account_id);
CREATE INDEX memberships_organisation ON memberships (organisation_id);
GRANT SELECT, INSERT ON memberships TO engine;
GRANT SELECT ON memberships TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON memberships
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal AFTER INSERT ON memberships
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('membership', 'membership_id');
COMMENT ON TABLE memberships IS 'Proposed: an account in a role, for an organisation where the role has one. 拟授予账户的角色及其所代表的单位。';
COMMENT ON COLUMN memberships.membership_id IS 'Id of the membership. 授权编号。';
COMMENT ON COLUMN memberships.account_id IS 'The account. 账户。';
COMMENT ON COLUMN memberships.party_id IS 'Its person. 账户所属的人。';
COMMENT ON COLUMN memberships.role IS 'The role. 角色。';
COMMENT ON COLUMN memberships.organisation_id IS 'For which organisation. 所代表的单位。';
COMMENT ON COLUMN memberships.region IS 'Only for this region. 仅限该地区。';
COMMENT ON COLUMN memberships.platform IS 'Only for this platform. 仅限该平台。';
COMMENT ON COLUMN memberships.proposed_by IS 'Who proposed it. 提议人。';
COMMENT ON COLUMN memberships.proposed_at IS 'When. 提议时刻。';

CREATE TABLE membership_grants (
    membership_id uuid        PRIMARY KEY REFERENCES memberships,
    granted_by    uuid        NOT NULL REFERENCES parties,
    granted_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON membership_grants TO engine;
GRANT SELECT ON membership_grants TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON membership_grants
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal AFTER INSERT ON membership_grants
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('membership_grant', 'membership_id');
COMMENT ON TABLE membership_grants IS 'With this it counts; neither who proposed it nor whose it is. 授予后生效；授予人既非提议人，也非本人。';
COMMENT ON COLUMN membership_grants.membership_id IS 'What is granted. 所授予的权限。';
COMMENT ON COLUMN membership_grants.granted_by IS 'Who granted it. 授予人。';
COMMENT ON COLUMN membership_grants.granted_at IS 'When. 授予时刻。';

-- People are compared, not accounts: one person with two accounts is one person.
CREATE FUNCTION grant_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM memberships m WHERE m.membership_id = NEW.membership_id
               AND NEW.granted_by IN (m.proposed_by, m.party_id)) THEN
        RAISE EXCEPTION 'who proposes a role, or gets it, does not grant it' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'two_people_grant_a_role';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_another BEFORE INSERT ON membership_grants
    FOR EACH ROW EXECUTE FUNCTION grant_by_another();

CREATE TABLE membership_ends (
    membership_id uuid        PRIMARY KEY REFERENCES memberships,
    ended_by      uuid        NOT NULL REFERENCES parties,
    reason        text        NOT NULL,
    ended_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON membership_ends TO engine;
GRANT SELECT ON membership_ends TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON membership_ends
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal AFTER INSERT ON membership_ends
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('membership_end', 'membership_id');
COMMENT ON TABLE membership_ends IS 'A role that ended, or a proposal that was declined. 已终止的授权，或被驳回的提议。';
COMMENT ON COLUMN membership_ends.membership_id IS 'What ended. 所终止的权限。';
COMMENT ON COLUMN membership_ends.ended_by IS 'Who ended it; one person is enough. 终止人；一人即可。';
COMMENT ON COLUMN membership_ends.reason IS 'Why. 理由。';
COMMENT ON COLUMN membership_ends.ended_at IS 'When. 终止时刻。';

CREATE VIEW memberships_in_force AS
SELECT m.membership_id, m.account_id, m.party_id, m.role, m.organisation_id, m.region, m.platform, g.granted_at
FROM memberships m JOIN membership_grants g USING (membership_id)
JOIN accounts a ON a.account_id = m.account_id AND a.state = 'active'
WHERE NOT EXISTS (SELECT FROM membership_ends e WHERE e.membership_id = m.membership_id);
GRANT SELECT ON memberships_in_force TO engine, auditor;
COMMENT ON VIEW memberships_in_force IS 'Granted by a second person, not ended, of an active account. 已由第二人授予、未终止且账户有效的授权。';
COMMENT ON COLUMN memberships_in_force.membership_id IS 'Id of the membership. 授权编号。';
COMMENT ON COLUMN memberships_in_force.account_id IS 'The account. 账户。';
COMMENT ON COLUMN memberships_in_force.party_id IS 'Its person. 账户所属的人。';
COMMENT ON COLUMN memberships_in_force.role IS 'The role. 角色。';
COMMENT ON COLUMN memberships_in_force.organisation_id IS 'For which organisation. 所代表的单位。';
COMMENT ON COLUMN memberships_in_force.region IS 'Only for this region. 仅限该地区。';
COMMENT ON COLUMN memberships_in_force.platform IS 'Only for this platform. 仅限该平台。';
COMMENT ON COLUMN memberships_in_force.granted_at IS 'Since when it counts. 生效时刻。';

CREATE TABLE sessions (
    token_hash    bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    account_id    uuid        NOT NULL REFERENCES accounts,
    membership_id uuid        REFERENCES memberships,
    device_hash   bytea,
    browser       text,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_at       timestamptz NOT NULL,
    ended_at      timestamptz,
    ended_as      text        CHECK (ended_as IN ('signed_out', 'everywhere', 'replaced', 'idle', 'erased')),
    CHECK ((ended_at IS NULL) = (ended_as IS NULL))
);
CREATE INDEX sessions_of_account ON sessions (account_id, created_at);
GRANT SELECT, INSERT ON sessions TO engine;
GRANT UPDATE (seen_at, ended_at, ended_as) ON sessions TO engine;
GRANT SELECT (account_id, membership_id, browser, created_at, seen_at, ends_at, ended_at, ended_as)
    ON sessions TO auditor;
COMMENT ON TABLE sessions IS 'Who is signed in; of a token only its hash is kept. 登录会话；令牌只存散列。';
COMMENT ON COLUMN sessions.token_hash IS 'SHA-256 of the token in the cookie. Cookie 中令牌的 SHA-256。';
COMMENT ON COLUMN sessions.account_id IS 'Whose session. 所属账户。';
COMMENT ON COLUMN sessions.membership_id IS 'In which role; another role is another session. 所用授权；换角色即换会话。';
COMMENT ON COLUMN sessions.device_hash IS 'Keyed hash of the device. 设备的带密钥散列。';
COMMENT ON COLUMN sessions.browser IS 'Family of the browser; no address is kept. 浏览器类别；不存地址。';
COMMENT ON COLUMN sessions.created_at IS 'When it began. 开始时刻。';
COMMENT ON COLUMN sessions.seen_at IS 'When it was last used. 最近使用时刻。';
COMMENT ON COLUMN sessions.ends_at IS 'When it ends however much it is used. 无论是否使用均终止的时刻。';
COMMENT ON COLUMN sessions.ended_at IS 'When it ended. 终止时刻。';
COMMENT ON COLUMN sessions.ended_as IS 'How it ended. 终止方式。';

CREATE TABLE known_devices (
    account_id  uuid        NOT NULL REFERENCES accounts,
    device_hash bytea       NOT NULL,
    first_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, device_hash)
);
GRANT SELECT, INSERT ON known_devices TO engine;
GRANT UPDATE (last_at) ON known_devices TO engine;
GRANT SELECT ON known_devices TO auditor;
COMMENT ON TABLE known_devices IS 'From where an account signed in before: nobody else''s failures keep it out. 账户曾用的设备；他人的失败不影响它登录。';
COMMENT ON COLUMN known_devices.account_id IS 'The account. 账户。';
COMMENT ON COLUMN known_devices.device_hash IS 'Keyed hash of the device''s cookie. 设备 Cookie 的带密钥散列。';
COMMENT ON COLUMN known_devices.first_at IS 'First sign-in. 首次登录时刻。';
COMMENT ON COLUMN known_devices.last_at IS 'Last sign-in. 最近登录时刻。';

CREATE TABLE sign_in_failures (
    bucket   bytea       PRIMARY KEY,
    failures integer     NOT NULL CHECK (failures >= 0),
    last_at  timestamptz NOT NULL,
    free_at  timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON sign_in_failures TO engine;
GRANT SELECT ON sign_in_failures TO auditor;
COMMENT ON TABLE sign_in_failures IS 'How often a sign-in failed, and how long the next one waits. 登录失败次数与下次须等待的时间。';
COMMENT ON COLUMN sign_in_failures.bucket IS 'Keyed hash of name and origin, name and device, or name. 登录名与来源、登录名与设备或登录名的带密钥散列。';
COMMENT ON COLUMN sign_in_failures.failures IS 'Failures in a row; a day of quiet forgets them. 连续失败次数；静默一日后清零。';
COMMENT ON COLUMN sign_in_failures.last_at IS 'The last one. 最近一次时刻。';
COMMENT ON COLUMN sign_in_failures.free_at IS 'From when the next one is looked at. 何时起受理下一次。';
