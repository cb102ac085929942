-- What receipts would bring under the schemes of their owners' regions, before anybody claims. A year's row is the lock:
-- receipts of one beneficiary take turns, so that however many come at once their lines add up to the year's amount.

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

CREATE TABLE entitlement_years (
    scheme      text   NOT NULL,
    beneficiary text   NOT NULL,                 -- unified social credit code, else party id: one legal person, one cap
    year        int    NOT NULL,
    base_fen    bigint NOT NULL CHECK (base_fen >= 0),
    payable_fen bigint NOT NULL CHECK (payable_fen >= 0),
    PRIMARY KEY (scheme, beneficiary, year)
);
GRANT SELECT, INSERT, UPDATE ON entitlement_years TO engine;
GRANT SELECT ON entitlement_years TO auditor;

CREATE TABLE entitlement_items (
    scheme      text   NOT NULL,
    beneficiary text   NOT NULL,
    year        int    NOT NULL,
    item_id     text   NOT NULL,                 -- the receipt
    licence_id  uuid   NOT NULL,
    base_fen    bigint NOT NULL CHECK (base_fen >= 0),
    item        jsonb  NOT NULL,                 -- the receipt as the scheme counts it now
    PRIMARY KEY (scheme, beneficiary, year, item_id)
);
CREATE INDEX entitlement_items_licence ON entitlement_items (licence_id);
GRANT SELECT, INSERT, UPDATE ON entitlement_items TO engine;
GRANT SELECT ON entitlement_items TO auditor;

-- f(after) - f(before); never changed: a reversal is one more line.
CREATE TABLE entitlement_lines (
    line_id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scheme      text        NOT NULL,
    beneficiary text        NOT NULL,
    year        int         NOT NULL,
    item_ids    text[]      NOT NULL,            -- the receipts that the act changed
    licence_id  uuid        NOT NULL,
    act_id      uuid        NOT NULL,
    fen         bigint      NOT NULL,
    assumed     text[]      NOT NULL,            -- what only a claim will declare
    trace       jsonb       NOT NULL,            -- the determination of the year after this act
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (act_id, scheme, beneficiary, year)
);
CREATE INDEX entitlement_lines_year ON entitlement_lines (scheme, beneficiary, year, line_id);
GRANT SELECT, INSERT ON entitlement_lines TO engine;
GRANT SELECT ON entitlement_lines TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entitlement_lines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
