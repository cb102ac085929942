-- Every yuan by clause, every clause by yuan: what a determination in the log read and cited, and what was paid of it.

-- What a determination is about, where one filing has several of the same rule: a receipt, a reporting period, or
-- whatever a rule names as its subject.
CREATE FUNCTION determination_subject(inputs jsonb) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT coalesce(inputs ->> 'subject', inputs ->> 'receipt_id', inputs ->> 'period', '')
$$;

-- Whether a ledger line is about a line of a determination. Keys are made in rules/: due:person:<party>,
-- paid:person:<party>:<serial>, obligation:report:<period>, receipt:<id>:correction:<period>.<n>, and of a settlement
-- due:<credit code>:<payer>, paid:<credit code>:<payer>:<serial>.
CREATE FUNCTION is_ledger_of(line_key text, rule text, subject text, line text) RETURNS boolean IMMUTABLE LANGUAGE sql
    AS $$
    SELECT CASE rule
        WHEN 'royalty_report' THEN line_key ~ (':(report:' || subject || '|correction:' || subject || '\.[0-9]+)$')
        WHEN 'settlement' THEN line = 'settled:' || split_part(line_key, ':', 2) || ':' || split_part(line_key, ':', 3)
        ELSE line = ANY ((string_to_array(line_key, ':'))[2:3])
    END
$$;

-- Whether a line is money for somebody. A settlement also lists what was entitled before the budget, and what is
-- reserved.
CREATE FUNCTION is_money_of(rule text, line text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT rule <> 'settlement' OR split_part(line, ':', 1) NOT IN ('entitled', 'reserved')
$$;

-- Each determination of the log. superseded_by: the version that has the next one of the same rule and subject.
-- Nothing stands in a filing that came to nothing, or whose position says that no determination holds (its receipt went
-- back).
CREATE VIEW determinations_made AS
    SELECT made.*, f.kind,
           superseded_by IS NULL AND f.stage NOT IN ('void', 'not_concluded', 'cancelled')
               AND NOT coalesce(f.position -> 'determination' = 'null', false) AS stands
    FROM (
        SELECT e.filing_id, e.version, d.ordinal::int, d.body ->> 'rule' AS rule,
               determination_subject(d.body -> 'inputs') AS subject, (d.body ->> 'as_of')::date AS as_of,
               lead(e.version) OVER (
                   PARTITION BY e.filing_id, d.body ->> 'rule', determination_subject(d.body -> 'inputs')
                   ORDER BY e.version, d.ordinal
               ) AS superseded_by,
               d.body AS determination
        FROM events e CROSS JOIN LATERAL
            jsonb_array_elements(e.body #> '{made,determinations}') WITH ORDINALITY AS d (body, ordinal)
        WHERE e.body #> '{made,determinations}' <> '[]'
    ) made JOIN filings f USING (filing_id);

-- last_of_line: no later determination of that rule and subject has such a line. A party that a later one leaves out
-- keeps its last line here, since money may have been paid on it.
CREATE VIEW determined_lines AS
    SELECT m.filing_id, m.kind, m.version, m.ordinal, m.rule, m.subject, m.as_of, m.stands, m.superseded_by,
           line ->> 'name' AS line, (line ->> 'amount')::bigint AS fen, m.determination,
           row_number() OVER (PARTITION BY m.filing_id, m.rule, m.subject, line ->> 'name'
                              ORDER BY m.version DESC, m.ordinal DESC) = 1 AS last_of_line
    FROM determinations_made m CROSS JOIN LATERAL jsonb_array_elements(m.determination -> 'result') AS line;

-- One row per line and clause: a value that was read (parameter, value, since, mark), or an article that a step cites
-- and no value rests on.
CREATE VIEW determined_clauses AS
    SELECT l.filing_id, l.kind, l.version, l.ordinal, l.rule, l.subject, l.as_of, l.stands, l.superseded_by, l.line,
           l.fen, c.parameter, c.value, c.since, c.provision, c.instrument, c.mark
    FROM determined_lines l CROSS JOIN LATERAL (
        SELECT read ->> 'name' AS parameter, read ->> 'value' AS value, (read ->> 'since')::date AS since,
               read #>> '{citation,provision}' AS provision, read #>> '{citation,instrument}' AS instrument,
               read ->> 'mark' AS mark
        FROM jsonb_array_elements(l.determination -> 'reads') AS read
        UNION ALL
        SELECT DISTINCT NULL, NULL, NULL::date, step ->> 'article', NULL, NULL
        FROM jsonb_array_elements(l.determination -> 'steps') AS step
        WHERE step ->> 'article' <> '' AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(l.determination -> 'reads') AS read
            WHERE read #>> '{citation,provision}' = step ->> 'article'
        )
    ) c;

-- The ledger of each line, summed by key and account; postings that were taken back are gone from the sum.
CREATE VIEW line_ledger AS
    SELECT l.filing_id, l.rule, l.subject, l.line, p.line_key, p.account, sum(p.fen)::bigint AS fen,
           min(p.legal_on) AS legal_on
    FROM determined_lines l
    JOIN postings p ON p.filing_id = l.filing_id AND is_ledger_of(p.line_key, l.rule, l.subject, l.line)
    WHERE l.last_of_line
    GROUP BY l.filing_id, l.rule, l.subject, l.line, p.line_key, p.account HAVING sum(p.fen) <> 0;

-- What is due of a line and what was paid. Of a line that does not stand nothing is due; it is here if it was paid.
CREATE VIEW line_money AS
    SELECT l.filing_id, l.kind, l.version, l.ordinal, l.rule, l.subject, l.as_of, l.stands, l.line,
           CASE WHEN l.stands THEN l.fen ELSE 0 END AS due_fen, coalesce(paid.fen, 0)::bigint AS paid_fen
    FROM determined_lines l LEFT JOIN (
        SELECT filing_id, rule, subject, line, sum(fen) AS fen FROM line_ledger
        WHERE split_part(line_key, ':', 1) IN ('paid', 'receipt') AND fen > 0
        GROUP BY filing_id, rule, subject, line
    ) paid USING (filing_id, rule, subject, line)
    WHERE l.last_of_line AND is_money_of(l.rule, l.line) AND (l.stands OR paid.fen <> 0);

-- From a line to its clauses.
CREATE VIEW line_clauses AS
    SELECT m.*, c.parameter, c.value, c.since, c.provision, c.instrument, c.mark
    FROM line_money m JOIN determined_clauses c USING (filing_id, version, ordinal, line);

-- From a clause to its lines; a line stands here once, however many values of the clause it rests on.
CREATE VIEW clause_lines AS
    SELECT provision, instrument, filing_id, kind, version, ordinal, rule, subject, as_of, stands, line, due_fen,
           paid_fen, array_remove(array_agg(DISTINCT parameter), NULL) AS parameters
    FROM line_clauses
    GROUP BY provision, instrument, filing_id, kind, version, ordinal, rule, subject, as_of, stands, line, due_fen,
             paid_fen;

GRANT SELECT ON determinations_made, determined_lines, determined_clauses, line_ledger, line_money, line_clauses,
    clause_lines TO engine, auditor;
