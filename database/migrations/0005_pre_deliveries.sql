-- Deliveries name filings by the numbers that authorities gave them, and some name nothing that we know (R2).

CREATE TABLE unmatched_deliveries (
    delivery_id uuid        PRIMARY KEY,       -- from source, event id and content
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    type        text        NOT NULL,
    event       jsonb       NOT NULL,
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

-- The index is on events, which never change: one on filings.position would be written anew with every act.
CREATE FUNCTION office_number(body jsonb) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS $$
    SELECT coalesce(
        body #>> '{act,declaration_number}', body #>> '{act,recordal_number}', body #>> '{act,registration_number}',
        body #>> '{act,replacement,declaration_number}', body #>> '{act,replacement,recordal_number}',
        body #>> '{act,replacement,registration_number}'
    )
$$;
CREATE INDEX events_office_number ON events (office_number(body)) WHERE office_number(body) IS NOT NULL;
CREATE INDEX offers_patent_number ON offers (patent_number);
