-- Codes that go to co-owners by mail: asked for by an operator, sent by the console, again after a fall (decision 0235).
SET lock_timeout = '4s';

CREATE TABLE code_mails (
    link_id     uuid        PRIMARY KEY REFERENCES consent_links,
    asked_by    uuid        NOT NULL REFERENCES parties (party_id),
    asked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    sealed_to   bytea,
    tries       integer     NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at     timestamptz,
    given_up_at timestamptz,
    CHECK (sealed_to IS NULL OR (sent_at IS NULL AND given_up_at IS NULL))
);
CREATE INDEX code_mails_due ON code_mails (next_try_at) WHERE sealed_to IS NOT NULL;
GRANT SELECT, INSERT ON code_mails TO engine;
GRANT UPDATE (asked_by, asked_at, sealed_to, tries, next_try_at, sent_at, given_up_at) ON code_mails TO engine;
GRANT SELECT (link_id, asked_by, asked_at, tries, next_try_at, sent_at, given_up_at) ON code_mails TO auditor;

COMMENT ON TABLE code_mails IS 'Codes for co-owners that are sent by mail; the code itself is made when it is sent. 以邮件发送的共有人验证码；验证码在发送时生成。';
COMMENT ON COLUMN code_mails.link_id IS 'Link that the code opens. 验证码所属链接。';
COMMENT ON COLUMN code_mails.asked_by IS 'Operator who named the address and has it sent. 指定地址并要求发送的经办人。';
COMMENT ON COLUMN code_mails.asked_at IS 'When. 要求发送的时刻。';
COMMENT ON COLUMN code_mails.sealed_to IS 'Address, sealed; gone when it was sent or given up. 密封的地址；发送或放弃后清除。';
COMMENT ON COLUMN code_mails.tries IS 'How often it was tried. 尝试次数。';
COMMENT ON COLUMN code_mails.next_try_at IS 'When it is tried next; while it is being sent, when it is free again. 下次尝试的时刻；发送期间为租约到期时刻。';
COMMENT ON COLUMN code_mails.sent_at IS 'When the server took it. 邮件服务器接收的时刻。';
COMMENT ON COLUMN code_mails.given_up_at IS 'When it was given up: the operator hands the code over. 放弃发送的时刻；改由经办人转交。';
