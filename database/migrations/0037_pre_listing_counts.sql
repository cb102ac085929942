-- How many offers have which of the values by which the bulletin is narrowed. Until now its facets were those of any 2,000
-- matches; where no text is asked for they are these numbers, which nobody has to count (decision 0233).
SET lock_timeout = '4s';

-- Whoever records keeps one of eight parts, as of filing_counts.
CREATE TABLE listing_counts (
    status      text     NOT NULL,
    region      text     NOT NULL,
    price_form  text     NOT NULL,
    patent_kind text     NOT NULL,
    section     text     NOT NULL,
    part        smallint NOT NULL,
    count       bigint   NOT NULL,
    PRIMARY KEY (status, region, price_form, patent_kind, section, part)
) WITH (fillfactor = 50);
GRANT SELECT ON listing_counts TO engine, auditor;

-- Runs as its owner: nobody else writes what it keeps.
CREATE FUNCTION count_listing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- In one order, so that acts that move offers in opposite directions do not wait for each other in a circle.
    INSERT INTO listing_counts AS c (status, region, price_form, patent_kind, section, part, count)
    SELECT status, coalesce(region, ''), price_form, patent_kind, coalesce(left(classification, 1), ''),
           pg_backend_pid() % 8, sum(by)
    FROM (VALUES (OLD.status, OLD.region, OLD.price_form, OLD.patent_kind, OLD.classification, -1),
                 (NEW.status, NEW.region, NEW.price_form, NEW.patent_kind, NEW.classification, 1))
        moved (status, region, price_form, patent_kind, classification, by)
    WHERE status IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(by) <> 0 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (status, region, price_form, patent_kind, section, part) DO UPDATE SET count = c.count + EXCLUDED.count;
    RETURN NULL;
END $$;

INSERT INTO listing_counts (status, region, price_form, patent_kind, section, part, count)
    SELECT status, coalesce(region, ''), price_form, patent_kind, coalesce(left(classification, 1), ''), 0, count(*)
    FROM listings WHERE status IS NOT NULL GROUP BY 1, 2, 3, 4, 5;

CREATE TRIGGER count_listing AFTER INSERT OR UPDATE OR DELETE ON listings FOR EACH ROW EXECUTE FUNCTION count_listing();

COMMENT ON TABLE listing_counts IS 'How many announced offers have which values; the number is the sum of the parts. 已公告声明按检索项的件数；各分量之和。';
COMMENT ON COLUMN listing_counts.status IS 'offered or ended. 可被许可或已终止。';
COMMENT ON COLUMN listing_counts.region IS 'Province of the first owner; empty where none is known. 第一专利权人所在省份；不详为空。';
COMMENT ON COLUMN listing_counts.price_form IS 'Form of the royalty as announced last. 最近公告的许可费形式。';
COMMENT ON COLUMN listing_counts.patent_kind IS 'invention, utility_model or design. 发明、实用新型、外观设计。';
COMMENT ON COLUMN listing_counts.section IS 'Section of the International Patent Classification; empty where none is stated. 国际专利分类部；未填为空。';
COMMENT ON COLUMN listing_counts.part IS 'Which of eight parts. 八个分量之一。';
COMMENT ON COLUMN listing_counts.count IS 'Came less went. 进入减离开。';
