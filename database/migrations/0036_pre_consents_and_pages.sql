-- Links by which a co-owner without an account consents to a declaration, or declines; and which page saved a draft last.

CREATE TABLE consent_links (
    link_id         uuid        PRIMARY KEY,
    draft_id        uuid        NOT NULL REFERENCES drafts,
    account_id      uuid        NOT NULL REFERENCES accounts,
    organisation_id uuid        REFERENCES parties,
    made_by         uuid        NOT NULL REFERENCES parties (party_id),
    party_id        uuid        NOT NULL REFERENCES parties,
    content_hash    text        NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    secret_hash     bytea       NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
    made_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_at         timestamptz NOT NULL,
    code_asked_at   timestamptz,
    code_hash       bytea       CHECK (octet_length(code_hash) = 32),
    code_by         uuid        REFERENCES parties (party_id),
    code_ends_at    timestamptz,
    tries           integer     NOT NULL DEFAULT 0,
    proof_hash      bytea       CHECK (octet_length(proof_hash) = 32),
    proved_at       timestamptz,
    ended_at        timestamptz,
    ended_as        text        CHECK (ended_as IN ('consented', 'declined', 'withdrawn')),
    document_hash   text        REFERENCES documents (content_hash),
    CHECK ((ended_at IS NULL) = (ended_as IS NULL))
);
CREATE INDEX consent_links_draft ON consent_links (draft_id, made_at);
CREATE INDEX consent_links_document ON consent_links (document_hash) WHERE document_hash IS NOT NULL;
CREATE INDEX consent_links_asked ON consent_links (code_asked_at, link_id)
    WHERE code_asked_at IS NOT NULL AND proved_at IS NULL AND ended_at IS NULL;
GRANT SELECT, INSERT ON consent_links TO engine;
GRANT UPDATE (code_asked_at, code_hash, code_by, code_ends_at, tries, proof_hash, proved_at, ended_at, ended_as,
    document_hash) ON consent_links TO engine;
GRANT SELECT (link_id, draft_id, account_id, organisation_id, made_by, party_id, content_hash, made_at, ends_at,
    code_asked_at, code_by, code_ends_at, tries, proved_at, ended_at, ended_as, document_hash) ON consent_links TO auditor;

COMMENT ON TABLE consent_links IS 'Links by which co-owners consent without an account. 共有人不必开户即可表示同意的链接。';
COMMENT ON COLUMN consent_links.link_id IS 'Id of the link; it is no secret. 链接编号，不是密钥。';
COMMENT ON COLUMN consent_links.draft_id IS 'The declaration as it is being written. 所涉声明草稿。';
COMMENT ON COLUMN consent_links.account_id IS 'Account that made it. 生成链接的账户。';
COMMENT ON COLUMN consent_links.organisation_id IS 'For which organisation; none: for itself. 所代表的单位；空为本人。';
COMMENT ON COLUMN consent_links.made_by IS 'Who made it. 生成人。';
COMMENT ON COLUMN consent_links.party_id IS 'The co-owner who is asked. 被征求意见的共有人。';
COMMENT ON COLUMN consent_links.content_hash IS 'SHA-256 of what he is asked to consent to. 征求同意的内容的 SHA-256。';
COMMENT ON COLUMN consent_links.secret_hash IS 'SHA-256 of the secret in the link. 链接密钥的 SHA-256。';
COMMENT ON COLUMN consent_links.made_at IS 'When. 生成时刻。';
COMMENT ON COLUMN consent_links.ends_at IS 'Until when it holds. 有效至。';
COMMENT ON COLUMN consent_links.code_asked_at IS 'When whoever has the link asked for a code. 索取验证码的时刻。';
COMMENT ON COLUMN consent_links.code_hash IS 'Keyed hash of the code. 验证码的带密钥散列。';
COMMENT ON COLUMN consent_links.code_by IS 'Operator who handed the code over. 转交验证码的经办人。';
COMMENT ON COLUMN consent_links.code_ends_at IS 'Until when the code holds, and then the page that it opened. 验证码及其所开页面的有效期。';
COMMENT ON COLUMN consent_links.tries IS 'How many codes were tried. 验证码尝试次数。';
COMMENT ON COLUMN consent_links.proof_hash IS 'SHA-256 of what the proved browser holds. 已验证浏览器所持凭据的 SHA-256。';
COMMENT ON COLUMN consent_links.proved_at IS 'When the right code was typed. 验证通过的时刻。';
COMMENT ON COLUMN consent_links.ended_at IS 'When it was used or withdrawn. 使用或撤回的时刻。';
COMMENT ON COLUMN consent_links.ended_as IS 'consented, declined or withdrawn. 同意、不同意、已撤回。';
COMMENT ON COLUMN consent_links.document_hash IS 'The paper that came of it. 形成的书面文件。';

ALTER TABLE drafts ADD COLUMN saved_by_page uuid;
GRANT UPDATE (saved_by_page) ON drafts TO engine;
GRANT SELECT (saved_by_page) ON drafts TO auditor;
COMMENT ON COLUMN drafts.saved_by_page IS 'Which open page saved it last, so that its own saves do not stand in its way. 最近保存的页面，其自身的连续保存不视为冲突。';
