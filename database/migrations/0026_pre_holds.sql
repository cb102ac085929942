-- Legal holds: what a court or an auditor asks to be kept is deleted by nobody until two people release it (decision 0195).
CREATE TABLE holds (
    hold_id   uuid        PRIMARY KEY,
    filing_id uuid        NOT NULL,
    reason    text        NOT NULL,
    placed_by uuid        NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX holds_filing ON holds (filing_id);
GRANT SELECT, INSERT ON holds TO engine;
GRANT SELECT ON holds TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON holds
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal AFTER INSERT ON holds FOR EACH ROW EXECUTE FUNCTION leave_unsealed('hold', 'hold_id');
COMMENT ON TABLE holds IS 'Legal holds: a filing, and what is below it, is kept. 证据保全：事项及其下级不得删除。';
COMMENT ON COLUMN holds.hold_id IS 'Id of the hold. 保全编号。';
COMMENT ON COLUMN holds.filing_id IS 'What is held; filings below it too. 被保全的事项，含其下级。';
COMMENT ON COLUMN holds.reason IS 'Why. 理由。';
COMMENT ON COLUMN holds.placed_by IS 'Who placed it. 作出人。';
COMMENT ON COLUMN holds.placed_at IS 'When. 作出时刻。';

CREATE TABLE hold_releases (
    hold_id     uuid        NOT NULL REFERENCES holds,
    released_by uuid        NOT NULL,
    reason      text        NOT NULL,
    released_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (hold_id, released_by)
);
GRANT SELECT, INSERT ON hold_releases TO engine;
GRANT SELECT ON hold_releases TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hold_releases
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal AFTER INSERT ON hold_releases
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('hold_release', 'hold_id', 'released_by');
COMMENT ON TABLE hold_releases IS 'Who released a hold; with the second person it ends. 解除人；第二人后解除。';
COMMENT ON COLUMN hold_releases.hold_id IS 'The hold. 所指的保全。';
COMMENT ON COLUMN hold_releases.released_by IS 'Who released it. 解除人。';
COMMENT ON COLUMN hold_releases.reason IS 'Why. 理由。';
COMMENT ON COLUMN hold_releases.released_at IS 'When. 解除时刻。';

CREATE VIEW holds_in_force AS
SELECT h.hold_id, h.filing_id, h.reason, h.placed_by, h.placed_at FROM holds h
WHERE (SELECT count(*) FROM hold_releases r WHERE r.hold_id = h.hold_id) < 2;
GRANT SELECT ON holds_in_force TO engine, auditor;
COMMENT ON VIEW holds_in_force IS 'Holds that fewer than two people have released. 尚未由两人解除的保全。';
COMMENT ON COLUMN holds_in_force.hold_id IS 'Id of the hold. 保全编号。';
COMMENT ON COLUMN holds_in_force.filing_id IS 'What is held; filings below it too. 被保全的事项，含其下级。';
COMMENT ON COLUMN holds_in_force.reason IS 'Why. 理由。';
COMMENT ON COLUMN holds_in_force.placed_by IS 'Who placed it. 作出人。';
COMMENT ON COLUMN holds_in_force.placed_at IS 'When. 作出时刻。';

-- A declaration that is held holds its licences, and they their payouts: whatever deletes asks here first.
CREATE VIEW held_filings AS
WITH RECURSIVE held AS (
    SELECT filing_id, hold_id FROM holds_in_force
    UNION
    SELECT f.filing_id, held.hold_id FROM filings f JOIN held ON f.parent_id = held.filing_id
)
SELECT filing_id, hold_id FROM held;
GRANT SELECT ON held_filings TO engine, auditor;
COMMENT ON VIEW held_filings IS 'Every filing under a hold that is in force. 处于有效保全之下的全部事项。';
COMMENT ON COLUMN held_filings.filing_id IS 'The filing. 事项编号。';
COMMENT ON COLUMN held_filings.hold_id IS 'The hold that keeps it. 所属保全。';

-- As in 0003, and a person whom a held filing names is not erased. No hold is placed while it is looked for.
CREATE OR REPLACE FUNCTION erase_party(p_party_id uuid, p_who uuid, p_role text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held record;
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
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO audit_log (who, role, act_id, act_kind, outcome)
        VALUES (p_who, p_role, p_party_id, 'erase_party', 'granted');
    RETURN true;
END $$;
