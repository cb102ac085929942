-- A bank line is named as people write it: bank, account and serial, of which the last two have no blanks. A worker of the
-- version before still writes a control character between them while this is deployed.
ALTER TABLE bank_line_parts DROP CONSTRAINT bank_line_parts_of_one_line;
UPDATE bank_lines SET bank_key = replace(bank_key, E'\x1f', ' ');
UPDATE bank_line_parts SET bank_key = replace(bank_key, E'\x1f', ' ');
ALTER TABLE bank_line_parts ADD CONSTRAINT bank_line_parts_of_one_line
    FOREIGN KEY (bank_key, line_fen) REFERENCES bank_lines (bank_key, fen);

CREATE OR REPLACE FUNCTION book_bank_line(p_bank_line jsonb, p_filing_id uuid, p_act_id uuid) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    line     bank_lines := jsonb_populate_record(NULL::bank_lines, p_bank_line);
    part_fen bigint := p_bank_line ->> 'part_fen';
    booked   uuid;
BEGIN
    line.bank_key := replace(line.bank_key, E'\x1f', ' ');
    SELECT p.filing_id INTO booked FROM bank_line_parts p JOIN bank_lines l USING (bank_key)
    WHERE p.bank_key = line.bank_key AND (part_fen = line.fen OR p.fen = l.fen OR p.filing_id = p_filing_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'bank line % is booked for filing %', line.bank_key, booked
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'bank_lines_pkey',
                  DETAIL = jsonb_build_object('filing_id', booked)::text;
    END IF;
    IF part_fen = line.fen THEN
        INSERT INTO bank_lines (bank_key, filing_id, act_id, fen, received_on)
        VALUES (line.bank_key, p_filing_id, p_act_id, line.fen, line.received_on);
    ELSE
        INSERT INTO bank_lines (bank_key, filing_id, act_id, fen, received_on)
        VALUES (line.bank_key, p_filing_id, p_act_id, line.fen, line.received_on) ON CONFLICT (bank_key) DO NOTHING;
    END IF;
    INSERT INTO bank_line_parts (bank_key, line_fen, filing_id, act_id, fen)
    VALUES (line.bank_key, line.fen, p_filing_id, p_act_id, part_fen);
END $$;

-- From a receipt to its line. Of what was booked before, the line is known here where one line of that licence has the
-- receipt's day and amount; else the next act that changes the receipt fills it in.
ALTER TABLE receipts ADD COLUMN bank_key text REFERENCES bank_lines (bank_key);
CREATE INDEX receipts_bank_key ON receipts (bank_key);
UPDATE receipts r SET bank_key = (
    SELECT min(p.bank_key) FROM bank_line_parts p JOIN bank_lines l USING (bank_key)
    WHERE p.filing_id = r.licence_id AND p.fen = r.fen AND l.received_on = r.received_on HAVING count(*) = 1
) WHERE NOT EXISTS (
    SELECT FROM receipts o WHERE o.licence_id = r.licence_id AND o.receipt_id <> r.receipt_id
        AND o.fen = r.fen AND o.received_on = r.received_on
);

CREATE OR REPLACE FUNCTION put_receipts(p_receipts jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO receipts (receipt_id, licence_id, fen, reversed_fen, received_on, confirmed, bank_key)
    SELECT receipt_id, licence_id, fen, reversed_fen, received_on, confirmed, bank_key
    FROM jsonb_populate_recordset(NULL::receipts, p_receipts)
    ON CONFLICT (receipt_id) DO UPDATE SET
        fen = EXCLUDED.fen, received_on = EXCLUDED.received_on,
        reversed_fen = EXCLUDED.reversed_fen, confirmed = EXCLUDED.confirmed,
        bank_key = coalesce(EXCLUDED.bank_key, receipts.bank_key);
END $$;
