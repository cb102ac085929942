-- What each table and column is, for who reads the database with psql or a tool of their own.

-- Columns that are the same wherever they stand, said once.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT c.oid::regclass AS tab, a.attname, said.words
        FROM (VALUES
            ('filing_id', 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。'),
            ('act_id', 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。'),
            ('version', 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。'),
            ('legal_on', 'Legal day, which law looks at. 法定日。'),
            ('recorded_at', 'When it was written down. 记录时刻。'),
            ('licence_id', 'The licence. 许可。'),
            ('declaration_id', 'The declaration. 声明。'),
            ('settlement_id', 'The settlement of one scheme and year. 年度结算。'),
            ('party_id', 'The person or organisation. 当事人。'),
            ('fen', 'Amount in fen, a hundredth of a yuan. 金额，以分计。'),
            ('receipt_id', 'The receipt: money that arrived for one licence. 到账编号。'),
            ('credit_code', 'Unified social credit code, 18 characters. 统一社会信用代码。'),
            ('payer', 'Who bears this part of a subsidy, by its name in the scheme. 出资方，按方案中的名称。'),
            ('scheme', 'The scheme, by its id. 补助方案编号。'),
            ('year', 'Calendar year. 年度。'),
            ('beneficiary', 'The legal person that has one cap: credit code, or party without one. 受益主体：信用代码，无代码者为当事人编号。'),
            ('authority', 'The authority that settles the scheme. 结算机关。'),
            ('claimant', 'Who claims. 申报人。'),
            ('live', 'Whether it counts now. 现在是否有效。'),
            ('line_key', 'Key of the line in ledger and list, as rules/ makes it. 账目行的键。'),
            ('closed_on', 'Legal day on which it ended; null while open. 了结日；未了结为空。'),
            ('opened_on', 'Legal day on which it began. 产生日。'),
            ('patent_number', 'Patent number in its normal form. 专利号（规范写法）。'),
            ('stands', 'Whether the determination still holds. 测算是否仍成立。'),
            ('ordinal', 'Place of the determination within its event, from 1. 测算在事件内的次序。'),
            ('rule', 'Rule that determined it. 所用规则。'),
            ('subject', 'What it is about where a filing has several: a receipt, a period. 对象：到账、报告期等。'),
            ('as_of', 'Day as of which the rule was applied. 规则适用日。'),
            ('line', 'Line of the result. 结果的行名。'),
            ('superseded_by', 'Version with the next determination of that rule and subject; null for the last. 被哪一版本的测算取代。'),
            ('parameter', 'Legal value that was read; null where a step cites an article itself. 所读参数；仅引条款时为空。'),
            ('value', 'The value that was read. 所读取的值。'),
            ('since', 'First day of that value. 该值的起始日。'),
            ('provision', 'Article, paragraph, item. 条款。'),
            ('instrument', 'Law, regulation or notice. 法规或文件。'),
            ('mark', 'Confidence mark: V1 read, V2 secondary, S seed, I inferred, M from memory. 可信标记。'),
            ('due_fen', 'What is due of the line, in fen; zero where it does not stand. 应付，以分计。'),
            ('paid_fen', 'What was paid of the line, in fen. 已付，以分计。'),
            ('determination', 'The whole determination with inputs, reads and steps. 完整测算：输入、读取与步骤。'),
            ('kind', 'Kind of the filing, party, patent or event. 种类。'),
            ('received_on', 'Day on which the money arrived. 到账日。'),
            ('workflow_id', 'Id of the run in Temporal. Temporal 中的流程编号。'),
            ('bank_key', 'Bank, account and serial of the line, with blanks between. 银行、账户、流水号，以空格相隔。')
        ) AS said (attname, words)
        JOIN pg_attribute a ON a.attname = said.attname AND a.attnum > 0
        JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v') AND c.relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', one.tab, one.attname, one.words);
    END LOOP;
END $$;

COMMENT ON TABLE filings IS 'Head of each filing: where its chain of events ends and where it stands. 各事项的链头与现状。';
COMMENT ON COLUMN filings.kind IS 'declaration, licence, payout or settlement. 种类：声明、许可、发放、结算。';
COMMENT ON COLUMN filings.parent_id IS 'Filing it belongs to: the declaration of a licence, the licence of a payout. 上级事项。';
COMMENT ON COLUMN filings.head IS 'Version of its last event. 最后事件的版本。';
COMMENT ON COLUMN filings.head_hash IS 'Hash of its last event. 最后事件的哈希。';
COMMENT ON COLUMN filings.stage IS 'Stage of its main track. 主轨阶段。';
COMMENT ON COLUMN filings.position IS 'Where it stands, derived from its facts. 由事实推导的现状。';
COMMENT ON COLUMN filings.due_by IS 'Earliest open deadline. 最早的未了期限。';
COMMENT ON COLUMN filings.legal_clock IS 'timer: days pass by themselves; acts: only by pass-day. 日期如何推进。';
COMMENT ON COLUMN filings.updated_at IS 'When its last event was recorded. 最后事件的记录时刻。';

COMMENT ON TABLE events IS 'The event log: every fact, append-only, hash-chained within its filing. 事件日志：只增不改，逐事项哈希成链。';
COMMENT ON COLUMN events.kind IS 'subject:past-tense, such as licence:receipt_booked. 事件名。';
COMMENT ON COLUMN events.canonical IS 'The bytes that are hashed: UTF-8 JSON, sorted keys, no blanks. 被哈希的字节。';
COMMENT ON COLUMN events.body IS 'The act and what was made of it, read out of canonical. 行为及其结果，取自 canonical。';
COMMENT ON COLUMN events.previous_hash IS 'Hash of the event before; 32 zero bytes for the first. 前一事件的哈希。';
COMMENT ON COLUMN events.hash IS 'sha256(previous_hash || canonical). 本事件的哈希。';
COMMENT ON COLUMN events.code_version IS 'Version of the program that recorded it. 记录时的程序版本。';

COMMENT ON TABLE acts IS 'Every granted act with its answer, so that a repeat gets the very same one. 已受理的行为及其答复。';
COMMENT ON COLUMN acts.body_hash IS 'Hash of the act as it was asked. 所请求行为的哈希。';
COMMENT ON COLUMN acts.answer IS 'The answer that was given. 所给答复。';

COMMENT ON TABLE unsequenced IS 'Events that have no sequence number yet. 尚未编号的事件。';
COMMENT ON COLUMN unsequenced.transaction_id IS 'Transaction that left the row. 写入它的事务。';

COMMENT ON TABLE sequence_numbers IS 'The one order over all events. 全部事件的统一次序。';
COMMENT ON COLUMN sequence_numbers.sequence_number IS 'Place in that order, without gaps. 序号，无缺号。';

COMMENT ON TABLE tasks IS 'What somebody has to do, with its deadline and article. 待办任务。';
COMMENT ON COLUMN tasks.key IS 'Key of the task within its filing. 任务的键。';
COMMENT ON COLUMN tasks.what IS 'What is to be done. 事项。';
COMMENT ON COLUMN tasks.role IS 'Who has to do it. 责任角色。';
COMMENT ON COLUMN tasks.basis IS 'legal: by law; service: promised by the platform. 法定或服务期限。';
COMMENT ON COLUMN tasks.article IS 'Article that asks for it. 条款。';
COMMENT ON COLUMN tasks.by_on IS 'Last day; null without a deadline. 最后一日；无期限为空。';
COMMENT ON COLUMN tasks.provisional IS 'Whether the day may still move. 是否暂定。';
COMMENT ON COLUMN tasks.closed_how IS 'How it ended. 如何了结。';

COMMENT ON TABLE findings IS 'What does not fit and somebody has to look at; nothing was refused because of it. 疑点：不因此拒绝，但须有人查看。';
COMMENT ON COLUMN findings.key IS 'Key of the finding within its filing. 疑点的键。';
COMMENT ON COLUMN findings.code IS 'What was found. 代码。';
COMMENT ON COLUMN findings.about IS 'What it is about. 关于。';

COMMENT ON TABLE offers IS 'What each declaration offers. 各声明的要约内容。';
COMMENT ON COLUMN offers.in_force_from IS 'First day in force. 生效日。';
COMMENT ON COLUMN offers.ended_on IS 'Last day; null while in force. 终止日。';
COMMENT ON COLUMN offers.terms IS 'Terms of the offer, all versions. 条件，含各版本。';
COMMENT ON COLUMN offers.terms_version IS 'Version of the terms in force. 现行条件版本。';
COMMENT ON COLUMN offers.licensor IS 'The first patentee. 第一专利权人。';
COMMENT ON COLUMN offers.patent_last_day IS 'Last day of the patent term. 专利权期限届满日。';
COMMENT ON COLUMN offers.right_ended_on IS 'Day on which the patent right ended. 专利权终止日。';
COMMENT ON COLUMN offers.right_end_provisional IS 'Whether that end may be undone. 该终止是否可能恢复。';
COMMENT ON COLUMN offers.regime IS 'statutory, or pilot: a listing without the effects of the law. 法定或试点。';
COMMENT ON COLUMN offers.warnings IS 'Codes of what was warned of. 提醒代码。';
COMMENT ON COLUMN offers.origin IS 'How the declaration came here: submitted here, or taken over. 来源。';

COMMENT ON TABLE licences IS 'Each licensee''s notices under a declaration. 各被许可人在声明下的许可。';
COMMENT ON COLUMN licences.licensee IS 'Who gave notice. 被许可人。';
COMMENT ON COLUMN licences.n IS 'The n-th notice of this licensee under this declaration. 第几次通知。';
COMMENT ON COLUMN licences.running IS 'Whether the licence is effective now. 现在是否有效。';
COMMENT ON COLUMN licences.open IS 'Whether it is not yet decided. 是否未定。';

COMMENT ON TABLE counters IS 'Counters of receipt numbers. 回执编号计数器。';
COMMENT ON COLUMN counters.scope IS 'What is counted. 计数范围。';
COMMENT ON COLUMN counters.last IS 'Last number that was given. 最后编号。';

COMMENT ON TABLE notice_receipts IS 'Receipt numbers of notices. 通知回执。';
COMMENT ON COLUMN notice_receipts.receipt_number IS 'Number with which the notice was answered. 回执号。';

COMMENT ON TABLE bank_lines IS 'Lines of bank statements, each booked once over all filings. 银行流水，全部事项中只记一次。';
COMMENT ON COLUMN bank_lines.filing_id IS 'Licence that booked it first. 最先入账的许可。';
COMMENT ON COLUMN bank_lines.fen IS 'The whole line, in fen. 整行金额，以分计。';

COMMENT ON TABLE bank_line_parts IS 'Each licence''s part of a bank line. 各许可在一行流水中的份额。';
COMMENT ON COLUMN bank_line_parts.line_fen IS 'The whole line, in fen. 整行金额，以分计。';
COMMENT ON COLUMN bank_line_parts.fen IS 'This licence''s part, in fen. 本许可份额，以分计。';

COMMENT ON VIEW bank_lines_left IS 'Bank lines of which something belongs to nobody yet. 尚有余额未归属的流水。';
COMMENT ON COLUMN bank_lines_left.left_fen IS 'What belongs to nobody yet, in fen. 余额，以分计。';

COMMENT ON TABLE receipts IS 'Money that arrived for a licence, with what went back of it. 各许可的到账。';
COMMENT ON COLUMN receipts.fen IS 'What arrived, in fen. 到账金额，以分计。';
COMMENT ON COLUMN receipts.reversed_fen IS 'What went back of it, in fen. 冲回金额，以分计。';
COMMENT ON COLUMN receipts.confirmed IS 'Whether the licensor''s finance confirmed it. 财务是否确认。';
COMMENT ON COLUMN receipts.bank_key IS 'Bank line it came by; null if booked before receipts named theirs. 所属银行流水；此前入账的可为空。';

COMMENT ON TABLE postings IS 'The ledger: immutable lines that sum to zero in each transaction. 分录：不可改，每笔合计为零。';
COMMENT ON COLUMN postings.posting_id IS 'Number of the line. 分录编号。';
COMMENT ON COLUMN postings.transaction_id IS 'The act that posted it. 产生它的行为。';
COMMENT ON COLUMN postings.account IS 'Account. 科目。';
COMMENT ON COLUMN postings.fen IS 'Debit positive, credit negative, in fen. 借正贷负，以分计。';

COMMENT ON TABLE outbox IS 'Messages that acts leave behind for other filings and for workers. 待发消息。';
COMMENT ON COLUMN outbox.id IS 'Number of the message. 消息编号。';
COMMENT ON COLUMN outbox.topic IS 'What it is about. 主题。';
COMMENT ON COLUMN outbox.key IS 'Key that makes it one message. 唯一键。';
COMMENT ON COLUMN outbox.payload IS 'Its content. 内容。';
COMMENT ON COLUMN outbox.created_at IS 'When the act left it. 产生时刻。';
COMMENT ON COLUMN outbox.next_try_at IS 'Not tried again before. 下次尝试时刻。';
COMMENT ON COLUMN outbox.sent_at IS 'When it arrived; null while it waits. 送达时刻。';
COMMENT ON COLUMN outbox.attempts IS 'How often it was tried. 尝试次数。';
COMMENT ON COLUMN outbox.last_error IS 'What the last try said. 最后的错误。';
COMMENT ON COLUMN outbox.quarantined IS 'Whether it waits for a person. 是否隔离待人处理。';

COMMENT ON TABLE parties IS 'Persons and organisations; what is known of persons is sealed. 当事人；自然人信息加密。';
COMMENT ON COLUMN parties.kind IS 'person or organisation. 自然人或组织。';
COMMENT ON COLUMN parties.public_name IS 'Name of an organisation. 组织名称。';
COMMENT ON COLUMN parties.sealed IS 'What is known of a person, sealed with the person''s own key. 加密的自然人信息。';
COMMENT ON COLUMN parties.created_at IS 'When it was added. 添加时刻。';

COMMENT ON TABLE party_keys IS 'Keys of persons; without its key a person is erased. 自然人密钥；删去即抹除。';
COMMENT ON COLUMN party_keys.sealed_key IS 'The person''s key, sealed with the master key. 以主密钥加密的个人密钥。';

COMMENT ON TABLE credit_codes IS 'Which party has a credit code. 信用代码归属。';

COMMENT ON TABLE beneficiary_profiles IS 'What a party is for schemes, from a day on. 当事人在方案中的身份。';
COMMENT ON COLUMN beneficiary_profiles.from_on IS 'First day of the profile. 起始日。';
COMMENT ON COLUMN beneficiary_profiles.kind IS 'Kind of unit, such as university or enterprise. 单位类型。';
COMMENT ON COLUMN beneficiary_profiles.region IS 'Where its seat lies. 所在地区。';
COMMENT ON COLUMN beneficiary_profiles.stated_by IS 'Who stated it. 陈述人。';

COMMENT ON TABLE documents IS 'Papers, by the hash of their bytes. 文件，按内容哈希存放。';
COMMENT ON COLUMN documents.content_hash IS 'SHA-256 of the bytes, in hexadecimal. 内容的 SHA-256。';
COMMENT ON COLUMN documents.name IS 'Name of the file. 文件名。';
COMMENT ON COLUMN documents.media_type IS 'What kind of file it is. 文件类型。';
COMMENT ON COLUMN documents.size IS 'Bytes. 字节数。';
COMMENT ON COLUMN documents.body IS 'The bytes. 内容。';
COMMENT ON COLUMN documents.added_at IS 'When it was added. 添加时刻。';
COMMENT ON COLUMN documents.added_by IS 'Who added it. 添加人。';

COMMENT ON TABLE patents IS 'Register evidence of each patent, as it was last stated. 专利登记簿证据。';
COMMENT ON COLUMN patents.title IS 'Title of the invention. 名称。';
COMMENT ON COLUMN patents.kind IS 'invention, utility_model or design. 发明、实用新型、外观设计。';
COMMENT ON COLUMN patents.filed_on IS 'Filing day. 申请日。';
COMMENT ON COLUMN patents.granted_on IS 'Day of grant. 授权公告日。';
COMMENT ON COLUMN patents.status IS 'Legal status. 法律状态。';
COMMENT ON COLUMN patents.source IS 'Where it was read. 来源。';
COMMENT ON COLUMN patents.facts IS 'All facts that were stated. 全部事实。';

COMMENT ON TABLE calendar_tables IS 'Holiday tables, proposed by one person and approved by another. 节假日表，由两人提出与批准。';
COMMENT ON COLUMN calendar_tables.body IS 'Holidays and working weekends. 内容。';
COMMENT ON COLUMN calendar_tables.loaded_by IS 'Who proposed it. 提出人。';
COMMENT ON COLUMN calendar_tables.approved_by IS 'Who approved it; null while proposed. 批准人。';
COMMENT ON COLUMN calendar_tables.loaded_at IS 'When it was proposed. 提出时刻。';
COMMENT ON COLUMN calendar_tables.number IS 'Order of approval. 批准次序。';
COMMENT ON COLUMN calendar_tables.approved_at IS 'When it was approved. 批准时刻。';

COMMENT ON TABLE calendar_tables_withdrawn IS 'Proposed holiday tables that were withdrawn. 已撤回的节假日表。';
COMMENT ON COLUMN calendar_tables_withdrawn.body IS 'Holidays and working weekends. 内容。';
COMMENT ON COLUMN calendar_tables_withdrawn.loaded_by IS 'Who proposed it. 提出人。';
COMMENT ON COLUMN calendar_tables_withdrawn.loaded_at IS 'When it was proposed. 提出时刻。';
COMMENT ON COLUMN calendar_tables_withdrawn.withdrawn_by IS 'Who withdrew it. 撤回人。';
COMMENT ON COLUMN calendar_tables_withdrawn.withdrawn_at IS 'When. 撤回时刻。';

COMMENT ON TABLE audit_log IS 'Who asked for what and was granted or refused, and who read what. 审计日志：谁请求了什么，结果如何。';
COMMENT ON COLUMN audit_log.id IS 'Number of the line. 编号。';
COMMENT ON COLUMN audit_log.at IS 'When. 时刻。';
COMMENT ON COLUMN audit_log.who IS 'Who asked. 请求人。';
COMMENT ON COLUMN audit_log.role IS 'In which role. 角色。';
COMMENT ON COLUMN audit_log.act_kind IS 'What was asked for. 请求的行为。';
COMMENT ON COLUMN audit_log.outcome IS 'granted, refused, fault or read. 结果。';
COMMENT ON COLUMN audit_log.refusals IS 'Why it was refused: code, place and facts. 拒绝理由。';

COMMENT ON TABLE unmatched_deliveries IS 'Delivered events that named nothing we know, as they came. 未匹配的投递，保持原样。';
COMMENT ON COLUMN unmatched_deliveries.delivery_id IS 'Number of the delivery. 投递编号。';
COMMENT ON COLUMN unmatched_deliveries.source IS 'Who sent it. 来源。';
COMMENT ON COLUMN unmatched_deliveries.event_id IS 'The sender''s id of the event. 发送方的事件编号。';
COMMENT ON COLUMN unmatched_deliveries.type IS 'Type of the event. 事件类型。';
COMMENT ON COLUMN unmatched_deliveries.event IS 'The event as it came. 事件原文。';
COMMENT ON COLUMN unmatched_deliveries.received_at IS 'When it came. 收到时刻。';

COMMENT ON TABLE matched_deliveries IS 'What became of an unmatched delivery. 未匹配投递的去向。';
COMMENT ON COLUMN matched_deliveries.delivery_id IS 'Number of the delivery. 投递编号。';
COMMENT ON COLUMN matched_deliveries.matched_at IS 'When its act was recorded. 匹配时刻。';

COMMENT ON TABLE delivered_events IS 'What each delivered event said, so that a repeat is known from a contradiction. 已投递事件的内容摘要。';
COMMENT ON COLUMN delivered_events.source IS 'Who sent it. 来源。';
COMMENT ON COLUMN delivered_events.event_id IS 'The sender''s id of the event. 发送方的事件编号。';
COMMENT ON COLUMN delivered_events.content IS 'Digest of what it said. 内容摘要。';

COMMENT ON TABLE identities IS 'What a filing says is its own of the outside world: vouchers, office numbers, live offers. 事项所持的外部标识。';
COMMENT ON COLUMN identities.what IS 'Kind of identity. 标识种类。';
COMMENT ON COLUMN identities.value IS 'The identity in its normal form. 标识（规范写法）。';
COMMENT ON COLUMN identities.since_on IS 'First day it is held. 起始日。';
COMMENT ON COLUMN identities.until_on IS 'Last day it is held; null while held. 截止日。';
COMMENT ON COLUMN identities.held_order IS 'Order in which filings came to hold it. 持有先后。';

COMMENT ON TABLE settlements IS 'One scheme, one year, one authority. 一机关一方案一年度。';

COMMENT ON TABLE claims IS 'Claims with what their list gives them. 申报及其名单金额。';
COMMENT ON COLUMN claims.claim_id IS 'The claim. 申报编号。';
COMMENT ON COLUMN claims.state IS 'Where the claim stands. 状态。';
COMMENT ON COLUMN claims.entitled_fen IS 'What the rule gives before the budget, in fen. 预算前应得，以分计。';
COMMENT ON COLUMN claims.payable_fen IS 'What is payable, in fen. 应付，以分计。';
COMMENT ON COLUMN claims.reserved_fen IS 'What is kept back for a held line, in fen. 预留，以分计。';

COMMENT ON TABLE claimed_receipts IS 'Which receipt was claimed by whom, once for each scheme, side and owner. 到账被谁申报。';
COMMENT ON COLUMN claimed_receipts.claim_id IS 'The claim. 申报编号。';
COMMENT ON COLUMN claimed_receipts.side IS 'licensor or licensee side of the receipt. 许可方或被许可方。';
COMMENT ON COLUMN claimed_receipts.owner IS 'Owner whose part it is. 所属权利人。';
COMMENT ON COLUMN claimed_receipts.claimed_on IS 'Legal day of the claim. 申报日。';
COMMENT ON COLUMN claimed_receipts.claimed_at IS 'When it was claimed. 申报时刻。';

COMMENT ON TABLE subsidy_lines IS 'Lines of a settlement''s list, by beneficiary and payer. 名单各行。';
COMMENT ON COLUMN subsidy_lines.settled_fen IS 'What the list gives, in fen. 名单金额，以分计。';
COMMENT ON COLUMN subsidy_lines.carried_fen IS 'What was carried over from other runs, in fen. 结转，以分计。';

COMMENT ON TABLE subsidy_payments IS 'Lines of treasury or bank that paid subsidies, or brought them back. 补助的拨付与退回流水。';
COMMENT ON COLUMN subsidy_payments.bank_serial IS 'Serial of the treasury''s or bank''s line. 流水号。';
COMMENT ON COLUMN subsidy_payments.came_back IS 'Whether the money came back. 是否退回。';

COMMENT ON TABLE adjustments IS 'By how much a late fact changed a locked settlement. 锁定后的差额。';
COMMENT ON COLUMN adjustments.version IS 'Version of the fact in its settlement. 事实在结算中的版本。';

COMMENT ON TABLE adjustments_taken IS 'Which run has taken an adjustment. 差额由哪次结算承接。';
COMMENT ON COLUMN adjustments_taken.version IS 'Version of the fact in its settlement. 事实在结算中的版本。';
COMMENT ON COLUMN adjustments_taken.taken_by IS 'Settlement that took it. 承接的结算。';

COMMENT ON TABLE entitlement_years IS 'Sums of a beneficiary''s year under a scheme, before anybody claims. 年度预计奖补。';
COMMENT ON COLUMN entitlement_years.base_fen IS 'Base of the year, in fen. 基数，以分计。';
COMMENT ON COLUMN entitlement_years.payable_fen IS 'What the year brings so far, in fen. 年度金额，以分计。';

COMMENT ON TABLE entitlement_items IS 'Receipts that count in a year. 计入年度的到账。';
COMMENT ON COLUMN entitlement_items.item_id IS 'The receipt as the scheme counts it. 计入项。';
COMMENT ON COLUMN entitlement_items.base_fen IS 'Its base, in fen; zero where it no longer counts. 基数，以分计。';
COMMENT ON COLUMN entitlement_items.item IS 'The receipt with the facts the scheme asks for. 到账及其事实。';

COMMENT ON TABLE entitlement_lines IS 'What each receipt changed of the year''s amount; a reversal is one more line. 每笔到账带来的变动。';
COMMENT ON COLUMN entitlement_lines.line_id IS 'Number of the line. 编号。';
COMMENT ON COLUMN entitlement_lines.item_ids IS 'Receipts it is about. 涉及的到账。';
COMMENT ON COLUMN entitlement_lines.assumed IS 'Facts that were assumed. 所作假设。';
COMMENT ON COLUMN entitlement_lines.trace IS 'The determination with its steps. 测算过程。';

COMMENT ON TABLE schema_migrations IS 'Migrations that were applied. 已应用的迁移。';
COMMENT ON COLUMN schema_migrations.name IS 'Name of the file. 文件名。';
COMMENT ON COLUMN schema_migrations.checksum IS 'SHA-256 of the file. 文件摘要。';
COMMENT ON COLUMN schema_migrations.applied_at IS 'When. 时刻。';

COMMENT ON VIEW determinations_made IS 'Each determination of the log. 日志中的每次测算。';
COMMENT ON COLUMN determinations_made.rule IS 'Rule that determined it. 所用规则。';

COMMENT ON VIEW determined_lines IS 'Each line of each determination. 每次测算的每一行。';
COMMENT ON COLUMN determined_lines.last_of_line IS 'Whether no later determination has such a line. 是否该行的最后一次测算。';

COMMENT ON VIEW determined_clauses IS 'Each line with a value that was read, or an article that was cited. 每行所依据的参数与条款。';

COMMENT ON VIEW line_ledger IS 'The ledger of each line, summed by key and account. 每行的账目合计。';
COMMENT ON COLUMN line_ledger.account IS 'Account. 科目。';

COMMENT ON VIEW line_money IS 'What is due of each line and what was paid. 每行的应付与已付。';

COMMENT ON VIEW line_clauses IS 'From a line of money to its clauses. 由款项到条款。';

COMMENT ON VIEW clause_lines IS 'From a clause to its lines of money. 由条款到款项。';
COMMENT ON COLUMN clause_lines.parameters IS 'Values of that clause that the line rests on. 所依据的参数。';
