-- What is not a filing: parties and their profiles, documents, register evidence, calendars, deliveries, and who asked
-- for what.

CREATE TABLE parties (
    party_id    uuid        PRIMARY KEY,
    kind        text        NOT NULL CHECK (kind IN ('person', 'organisation')),
    public_name text,                          -- organisations are public
    credit_code text,
    sealed      bytea,                         -- AES-GCM of JSON under this party's own key
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (kind = 'organisation' OR (public_name IS NULL AND credit_code IS NULL)),
    CHECK (kind = 'person' OR public_name IS NOT NULL)
);
GRANT SELECT, INSERT ON parties TO engine;
GRANT SELECT (party_id, kind, public_name, credit_code, created_at) ON parties TO auditor;

CREATE TABLE party_keys (
    party_id   uuid  PRIMARY KEY REFERENCES parties,
    sealed_key bytea NOT NULL                  -- under the master key of the settings
);
GRANT SELECT, INSERT ON party_keys TO engine;  -- no DELETE: erasing goes through erase_party alone

CREATE TABLE beneficiary_profiles (
    party_id    uuid        NOT NULL REFERENCES parties,
    from_on     date        NOT NULL,            -- holds until the next row of the party
    kind        text        NOT NULL,
    region      text        NOT NULL,
    stated_by   uuid        NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (party_id, from_on)
);
GRANT SELECT, INSERT ON beneficiary_profiles TO engine;
GRANT SELECT ON beneficiary_profiles TO auditor;

CREATE TABLE documents (
    content_hash text        PRIMARY KEY
                 CONSTRAINT content_hash_is_true CHECK (content_hash = encode(sha256(body), 'hex')),
    name         text        NOT NULL,
    media_type   text        NOT NULL,
    size         int         NOT NULL CONSTRAINT size_is_true CHECK (size = octet_length(body) AND size <= 10485760),
    body         bytea       NOT NULL,
    added_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    added_by     uuid        NOT NULL
);
GRANT SELECT, INSERT ON documents TO engine;
GRANT SELECT ON documents TO auditor;

CREATE TABLE patents (
    patent_number text  PRIMARY KEY,           -- no row: not in the register as far as the platform knows
    title         text  NOT NULL,
    kind          text  NOT NULL CHECK (kind IN ('invention', 'utility_model', 'design')),
    filed_on      date,
    granted_on    date,
    status        text  NOT NULL,
    source        text  NOT NULL,
    facts         jsonb NOT NULL CHECK (jsonb_typeof(facts) = 'object')
);
GRANT SELECT, INSERT, UPDATE ON patents TO engine;
GRANT SELECT ON patents TO auditor;

CREATE TABLE calendar_tables (
    year        int         PRIMARY KEY CHECK (year BETWEEN 1985 AND 2199),
    body        jsonb       NOT NULL CHECK (jsonb_typeof(body) = 'object'),
    loaded_by   uuid        NOT NULL,
    approved_by uuid,                          -- null: proposed, and not in use
    loaded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT two_people_load_a_calendar CHECK (loaded_by <> approved_by)
);
GRANT SELECT, INSERT ON calendar_tables TO engine;
GRANT UPDATE (approved_by) ON calendar_tables TO engine;
GRANT SELECT ON calendar_tables TO auditor;

CREATE TABLE audit_log (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    who       uuid        NOT NULL,
    role      text        NOT NULL,
    act_id    uuid,
    act_kind  text        NOT NULL,
    filing_id uuid,
    outcome   text        NOT NULL CHECK (outcome IN ('granted', 'refused', 'fault', 'read')),
    refusals  jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(refusals) = 'array')
);
CREATE INDEX audit_log_filing ON audit_log (filing_id, id) WHERE filing_id IS NOT NULL;
CREATE INDEX audit_log_who ON audit_log (who, id);
GRANT SELECT, INSERT ON audit_log TO engine;
GRANT SELECT ON audit_log TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Runs as its owner, since it is the only way to a delete; it leaves a line in the audit log in the same transaction.
CREATE FUNCTION erase_party(p_party_id uuid, p_who uuid, p_role text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM party_keys WHERE party_id = p_party_id;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO audit_log (who, role, act_id, act_kind, outcome)
        VALUES (p_who, p_role, p_party_id, 'erase_party', 'granted');
    RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION erase_party FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_party TO engine;

-- Deliveries name filings by the numbers that authorities gave them, and some name nothing that we know (R2).
CREATE TABLE unmatched_deliveries (
    delivery_id uuid        PRIMARY KEY,       -- from source, event id and content
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    type        text        NOT NULL,
    event       jsonb       NOT NULL CHECK (jsonb_typeof(event) = 'object'),
    received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX unmatched_deliveries_received_at ON unmatched_deliveries (received_at, delivery_id);
GRANT SELECT, INSERT ON unmatched_deliveries TO engine;
GRANT SELECT ON unmatched_deliveries TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON unmatched_deliveries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What became of an unmatched delivery; the delivery itself stays as it came.
CREATE TABLE matched_deliveries (
    delivery_id uuid        PRIMARY KEY REFERENCES unmatched_deliveries,
    act_id      uuid        NOT NULL,
    filing_id   uuid        NOT NULL,
    matched_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON matched_deliveries TO engine;
GRANT SELECT ON matched_deliveries TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON matched_deliveries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
