-- What offers and licences cost, for how long, and how many licences an offer has, as numbers that are kept while acts are
-- recorded (decision 0233). All of it follows from filings by triggers; audit compares it.
SET lock_timeout = '4s';

-- The terms by which each offer, or each licence that took effect, is counted.
CREATE TABLE stated_terms (
    filing_id      uuid PRIMARY KEY,
    declaration_id uuid NOT NULL,
    counted_as     text CHECK (counted_as IN ('offered', 'ended', 'licensed')),
    price_form     text,
    region         text NOT NULL,
    amount         bigint CHECK (amount >= 0),
    unit_price     bigint CHECK (unit_price >= 0),
    rate           bigint CHECK (rate >= 0),
    years          bigint CHECK (years >= 0),
    licences       bigint,
    received       bigint
) WITH (fillfactor = 80);
CREATE INDEX stated_terms_declaration ON stated_terms (declaration_id);
GRANT SELECT ON stated_terms TO engine, auditor;

-- How many of them lie in which band; region '*' is everywhere. Whoever records keeps one of eight parts.
CREATE TABLE band_counts (
    counted_as text     NOT NULL,
    measure    text     NOT NULL,
    price_form text     NOT NULL,
    region     text     NOT NULL,
    band       bigint   NOT NULL,
    part       smallint NOT NULL,
    count      bigint   NOT NULL,
    PRIMARY KEY (counted_as, measure, region, price_form, band, part)
) WITH (fillfactor = 50);
GRANT SELECT ON band_counts TO engine, auditor;

-- How many have exactly that price: a quartile is looked up in the one band where it lies.
CREATE TABLE price_counts (
    counted_as text     NOT NULL,
    measure    text     NOT NULL,
    price_form text     NOT NULL,
    region     text     NOT NULL,
    band       bigint   NOT NULL,
    price      bigint   NOT NULL,
    part       smallint NOT NULL,
    count      bigint   NOT NULL,
    PRIMARY KEY (counted_as, measure, region, price_form, band, price, part)
) WITH (fillfactor = 50);
GRANT SELECT ON price_counts TO engine, auditor;

-- The band of a number: its first digit, and as many noughts as digits follow.
CREATE FUNCTION band_of(bigint) RETURNS bigint IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS
    $$ SELECT rpad(left($1::text, 1), length($1::text), '0')::bigint $$;

-- Amounts in fen, rates in millionths of a percent, of the first year where they rise or fall; a part that is not announced is null.
CREATE FUNCTION prices_of(p_royalty jsonb) RETURNS TABLE (amount bigint, unit_price bigint, rate bigint)
    IMMUTABLE LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    running jsonb := CASE p_royalty ->> 'form' WHEN 'running' THEN p_royalty ELSE p_royalty -> 'running' END;
BEGIN
    RETURN QUERY SELECT
        CASE p_royalty ->> 'form'
            WHEN 'lump_sum' THEN (p_royalty ->> 'amount')::bigint
            WHEN 'entry_plus_running' THEN (p_royalty ->> 'entry')::bigint
            WHEN 'instalments' THEN (SELECT sum((one ->> 'amount')::bigint)::bigint
                                     FROM jsonb_array_elements(p_royalty -> 'instalments') one) END,
        (running #>> '{unit_prices,0,price}')::bigint,
        ((running #>> '{rates,0,percent}')::numeric * 1000000)::bigint;
END $$;

-- Started years of a term from a day on; nought: until the patent ends, whenever that is.
CREATE FUNCTION years_of(p_term jsonb, p_from date) RETURNS bigint IMMUTABLE LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    RETURN CASE p_term ->> 'form'
        WHEN 'years_from_effect' THEN (p_term ->> 'years')::bigint
        WHEN 'until_patent_ends' THEN 0
        WHEN 'fixed_end' THEN 1 + extract(year FROM age(greatest((p_term ->> 'ends_on')::date, p_from), p_from))::bigint END;
END $$;

-- What one filing is counted by. Of a licence it is the announced terms that it took (Patent Law art. 51: it has no others); what
-- arrived of its royalty is its own. How many licences an offer has it does not say itself.
CREATE FUNCTION terms_of(p_filing filings) RETURNS TABLE (
        declaration_id uuid, counted_as text, price_form text, region text, amount bigint, unit_price bigint, rate bigint,
        years bigint, received bigint
    ) STABLE LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    stood jsonb := p_filing."position";
    terms jsonb;
BEGIN
    IF p_filing.kind = 'declaration' AND stood #>> '{offer,patent_number}' IS NOT NULL THEN
        terms := stood #> '{offer,terms,-1}';
        RETURN QUERY SELECT p_filing.filing_id, (SELECT l.status FROM listings l WHERE l.declaration_id = p_filing.filing_id), terms #>> '{royalty,form}',
            coalesce(p_filing.region, ''), p.amount, p.unit_price, p.rate,
            years_of(terms -> 'term', (terms ->> 'from_on')::date), NULL::bigint
            FROM prices_of(terms -> 'royalty') p;
    ELSIF p_filing.kind = 'licence' AND p_filing.parent_id IS NOT NULL THEN
        SELECT version INTO terms FROM filings above, jsonb_array_elements(above."position" #> '{offer,terms}') version
            WHERE above.filing_id = p_filing.parent_id AND version ->> 'version' = stood ->> 'terms_version';
        RETURN QUERY SELECT p_filing.parent_id,
            CASE WHEN p_filing.stage IN ('effective', 'patent_ended_provisional', 'expired', 'terminated', 'patent_ended')
                THEN 'licensed' END,
            terms #>> '{royalty,form}', coalesce(p_filing.region, ''), p.amount, p.unit_price, p.rate,
            years_of(terms -> 'term', coalesce((stood ->> 'effective_on')::date, (terms ->> 'from_on')::date)),
            (SELECT greatest(0, coalesce(sum((one ->> 'amount')::bigint - coalesce((one ->> 'reversed_amount')::bigint, 0)
                        - coalesce((one ->> 'credit')::bigint, 0) - coalesce((one ->> 'outside_royalty')::bigint, 0))
                    FILTER (WHERE coalesce((one ->> 'confirmed')::boolean OR NOT (one ->> 'escrow')::boolean, true)), 0))::bigint
             FROM jsonb_array_elements(stood -> 'receipts') one)
            FROM prices_of(terms -> 'royalty') p;
    END IF;
END $$;

-- All of them run as their owner: nobody else writes what they keep.
CREATE FUNCTION put_terms(p_filing filings) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO stated_terms AS k (filing_id, declaration_id, counted_as, price_form, region, amount, unit_price, rate, years,
                                   received, licences)
    SELECT p_filing.filing_id, t.*, CASE p_filing.kind WHEN 'declaration' THEN 0 END FROM terms_of(p_filing) t
    ON CONFLICT (filing_id) DO UPDATE SET
        declaration_id = EXCLUDED.declaration_id, counted_as = EXCLUDED.counted_as, price_form = EXCLUDED.price_form,
        region = EXCLUDED.region, amount = EXCLUDED.amount, unit_price = EXCLUDED.unit_price, rate = EXCLUDED.rate,
        years = EXCLUDED.years, received = EXCLUDED.received
    WHERE (k.declaration_id, k.counted_as, k.price_form, k.region, k.amount, k.unit_price, k.rate, k.years, k.received)
        IS DISTINCT FROM (EXCLUDED.declaration_id, EXCLUDED.counted_as, EXCLUDED.price_form, EXCLUDED.region, EXCLUDED.amount,
                          EXCLUDED.unit_price, EXCLUDED.rate, EXCLUDED.years, EXCLUDED.received);
END $$;
REVOKE EXECUTE ON FUNCTION put_terms FROM PUBLIC;

CREATE FUNCTION keep_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM put_terms(NEW);
    -- Terms that a correction changes are those of the licences that took them.
    IF TG_OP = 'UPDATE' AND NEW.kind = 'declaration'
            AND (OLD."position" #> '{offer,terms}') IS DISTINCT FROM (NEW."position" #> '{offer,terms}') THEN
        PERFORM put_terms(f) FROM filings f WHERE f.parent_id = NEW.filing_id AND f.kind = 'licence' ORDER BY f.filing_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION count_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    came integer := coalesce((NEW.counted_as = 'licensed')::integer, 0) - coalesce((OLD.counted_as = 'licensed')::integer, 0);
BEGIN
    -- In one order, so that acts that move filings in opposite directions do not wait for each other in a circle.
    WITH moved AS (
        SELECT counted_as, measure, coalesce(price_form, '') AS price_form, place, band_of(number) AS band, number,
               sum(by) AS by
        FROM (SELECT OLD.*, -1 UNION ALL SELECT NEW.*, 1)
                 stated (filing_id, declaration_id, counted_as, price_form, region, amount, unit_price, rate, years, licences,
                         received, by)
             CROSS JOIN LATERAL (VALUES ('amount', amount), ('unit_price', unit_price), ('rate', rate), ('years', years),
                                        ('licences', licences), ('received', received)) part (measure, number)
             CROSS JOIN LATERAL unnest(ARRAY['*', region]) place
        WHERE counted_as IS NOT NULL AND number IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6
    ), exact AS (
        INSERT INTO price_counts AS c (counted_as, measure, price_form, region, band, price, part, count)
        SELECT counted_as, measure, price_form, place, band, number, pg_backend_pid() % 8, by FROM moved
        WHERE measure IN ('amount', 'unit_price', 'rate') AND by <> 0 ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (counted_as, measure, region, price_form, band, price, part) DO UPDATE SET count = c.count + EXCLUDED.count
    )
    INSERT INTO band_counts AS c (counted_as, measure, price_form, region, band, part, count)
    SELECT counted_as, measure, price_form, place, band, pg_backend_pid() % 8, sum(by) FROM moved
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(by) <> 0 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (counted_as, measure, region, price_form, band, part) DO UPDATE SET count = c.count + EXCLUDED.count;
    IF came <> 0 THEN
        UPDATE stated_terms SET licences = licences + came WHERE filing_id = NEW.declaration_id;
    END IF;
    RETURN NULL;
END $$;

INSERT INTO stated_terms (filing_id, declaration_id, counted_as, price_form, region, amount, unit_price, rate, years, received)
    SELECT f.filing_id, t.* FROM filings f CROSS JOIN LATERAL terms_of(f) t;
UPDATE stated_terms k SET licences = (SELECT count(*) FROM stated_terms l
                                      WHERE l.declaration_id = k.declaration_id AND l.counted_as = 'licensed')
    WHERE filing_id = declaration_id;
INSERT INTO price_counts (counted_as, measure, price_form, region, band, price, part, count)
    SELECT counted_as, measure, coalesce(price_form, ''), place, band_of(number), number, 0, count(*) FROM stated_terms
    CROSS JOIN LATERAL (VALUES ('amount', amount), ('unit_price', unit_price), ('rate', rate)) part (measure, number)
    CROSS JOIN LATERAL unnest(ARRAY['*', region]) place
    WHERE counted_as IS NOT NULL AND number IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO band_counts (counted_as, measure, price_form, region, band, part, count)
    SELECT counted_as, measure, coalesce(price_form, ''), place, band_of(number), 0, count(*) FROM stated_terms
    CROSS JOIN LATERAL (VALUES ('amount', amount), ('unit_price', unit_price), ('rate', rate), ('years', years),
                               ('licences', licences), ('received', received)) part (measure, number)
    CROSS JOIN LATERAL unnest(ARRAY['*', region]) place
    WHERE counted_as IS NOT NULL AND number IS NOT NULL GROUP BY 1, 2, 3, 4, 5;

-- By their names they come after keep_listing, whose status they read.
CREATE TRIGGER keep_terms_new AFTER INSERT ON filings FOR EACH ROW WHEN (NEW.kind IN ('declaration', 'licence'))
    EXECUTE FUNCTION keep_terms();
CREATE TRIGGER keep_terms_changed AFTER UPDATE ON filings FOR EACH ROW WHEN (
    NEW.kind IN ('declaration', 'licence') AND (OLD.stage <> NEW.stage OR OLD.region IS DISTINCT FROM NEW.region)
    OR NEW.kind = 'declaration' AND (OLD."position" -> 'offer') IS DISTINCT FROM (NEW."position" -> 'offer')
    OR NEW.kind = 'licence' AND (
        (OLD."position" -> 'receipts') IS DISTINCT FROM (NEW."position" -> 'receipts')
        OR (OLD."position" -> 'terms_version') IS DISTINCT FROM (NEW."position" -> 'terms_version')
        OR (OLD."position" -> 'effective_on') IS DISTINCT FROM (NEW."position" -> 'effective_on'))
) EXECUTE FUNCTION keep_terms();
CREATE TRIGGER count_terms AFTER INSERT OR UPDATE ON stated_terms FOR EACH ROW EXECUTE FUNCTION count_terms();

COMMENT ON TABLE stated_terms IS 'The terms by which each offer, or licence that took effect, is counted. 计入统计的声明或已生效许可的条件。';
COMMENT ON COLUMN stated_terms.filing_id IS 'Declaration or licence. 声明或许可。';
COMMENT ON COLUMN stated_terms.declaration_id IS 'The declaration that it is, or is below. 所属声明。';
COMMENT ON COLUMN stated_terms.counted_as IS 'offered, ended, or licensed; null: not counted, so not public. 可被许可、已终止、已生效许可；空为不计入，不公开。';
COMMENT ON COLUMN stated_terms.price_form IS 'Form of the royalty as announced. 公告的许可费形式。';
COMMENT ON COLUMN stated_terms.region IS 'Province of the first owner; empty where none is known. 第一专利权人所在省份；不详为空。';
COMMENT ON COLUMN stated_terms.amount IS 'Fixed part of the announced price in fen: lump sum, sum of instalments, entry fee. 公告价格的固定部分（分）：一次总付、分期合计、入门费。';
COMMENT ON COLUMN stated_terms.unit_price IS 'Announced royalty per unit of the first year in fen. 公告的首年单件提成（分）。';
COMMENT ON COLUMN stated_terms.rate IS 'Announced rate of the first year in millionths of a percent. 公告的首年提成率（百万分之一个百分点）。';
COMMENT ON COLUMN stated_terms.years IS 'Started years of the term; nought: until the patent ends. 许可期限（不足一年计一年）；零为至专利权终止。';
COMMENT ON COLUMN stated_terms.licences IS 'How many licences of the declaration took effect. 该声明已生效的许可件数。';
COMMENT ON COLUMN stated_terms.received IS 'Royalty that has arrived of the licence in fen; never shown by itself. 该许可已到账的许可费（分），不单独公布。';
COMMENT ON TABLE band_counts IS 'How many lie in which band; the number is the sum of the parts. 各档件数；各分量之和。';
COMMENT ON COLUMN band_counts.counted_as IS 'offered, ended or licensed. 可被许可、已终止、已生效许可。';
COMMENT ON COLUMN band_counts.measure IS 'The column of stated_terms that is counted. 计数所依的栏目。';
COMMENT ON COLUMN band_counts.price_form IS 'Form of the royalty as announced. 公告的许可费形式。';
COMMENT ON COLUMN band_counts.region IS 'Province; empty where none is known; * everywhere. 省份；不详为空；* 为全国。';
COMMENT ON COLUMN band_counts.band IS 'Its lower end: first digit and noughts. 档的下限：首位数字后补零。';
COMMENT ON COLUMN band_counts.part IS 'Which of eight parts. 八个分量之一。';
COMMENT ON COLUMN band_counts.count IS 'Came less went. 进入减离开。';
COMMENT ON TABLE price_counts IS 'How many have exactly that announced price; the number is the sum of the parts. 各公告价格的件数；各分量之和。';
COMMENT ON COLUMN price_counts.counted_as IS 'offered, ended or licensed. 可被许可、已终止、已生效许可。';
COMMENT ON COLUMN price_counts.measure IS 'amount, unit_price or rate. 固定部分、单件提成或提成率。';
COMMENT ON COLUMN price_counts.price_form IS 'Form of the royalty as announced. 公告的许可费形式。';
COMMENT ON COLUMN price_counts.region IS 'Province; empty where none is known; * everywhere. 省份；不详为空；* 为全国。';
COMMENT ON COLUMN price_counts.band IS 'The band in which it lies. 所在的档。';
COMMENT ON COLUMN price_counts.price IS 'In fen, or in millionths of a percent. 金额（分）或提成率（百万分之一个百分点）。';
COMMENT ON COLUMN price_counts.part IS 'Which of eight parts. 八个分量之一。';
COMMENT ON COLUMN price_counts.count IS 'Came less went. 进入减离开。';
