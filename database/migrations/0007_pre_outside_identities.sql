-- One thing of the outside world is one thing, whoever names it and however it is written.

CREATE TABLE credit_codes (
    credit_code text PRIMARY KEY,             -- in its normal form; one legal person is one party
    party_id    uuid NOT NULL
);
INSERT INTO credit_codes (credit_code, party_id)
SELECT DISTINCT ON (code) code, party_id
FROM (SELECT upper(regexp_replace(normalize(credit_code, NFKC), '[\s-]', '', 'g')) AS code, party_id, created_at
      FROM parties WHERE credit_code IS NOT NULL) known
ORDER BY code, created_at, party_id;
GRANT SELECT, INSERT ON credit_codes TO engine;
GRANT SELECT ON credit_codes TO auditor;
