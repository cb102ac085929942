"""What the verifier says, in Chinese and English."""

from __future__ import annotations

FORMAT = "open-licence-bundle/1"
SEAL = f"{FORMAT} sha256 "
TEXTS = {
    "container": ("ZIP 文件自写出以来未变动（{members} 个成员）", "the ZIP is as it was written ({members} members)"),
    "container_changed": (
        "ZIP 文件与写出时不同：其字节与末尾所记的哈希不符；请重新取得原件，或看下面哪些部分仍可核验",
        "the ZIP is not as it was written: its bytes do not have the hash at its end; get the original again, or see"
        " below which parts still hold",
    ),
    "container_clipped": (
        "ZIP 文件不完整或不是 ZIP：没有末尾记录；请重新取得原件，或看下面哪些部分仍可核验",
        "the ZIP is clipped or none: it has no end; get the original again, or see below which parts still hold",
    ),
    "container_repacked": (
        "ZIP 已被其他程序重新打包；以下按内容核验",
        "the ZIP was packed again by another program; what follows is judged by its contents",
    ),
    "member_damaged": ("成员 {path} 已损坏：{why}", "member {path} is damaged: {why}"),
    "files": ("{files} 个文件与清单的 SHA-256 一致", "{files} files have the SHA-256 of their manifests"),
    "file_changed": ("文件 {path} 的字节与清单不符", "file {path} has other bytes than its manifest says"),
    "file_missing": ("清单所列的文件 {path} 缺失", "file {path} is named by a manifest and is not there"),
    "file_unlisted": ("文件 {path} 不在任何清单中", "file {path} is in no manifest"),
    "manifest_broken": ("{path} 第 {line} 行不能读取", "line {line} of {path} cannot be read"),
    "format_unknown": (
        "证据包格式为 {found}，本程序只认识 {known}；请使用包内或平台新版的 verify.py。清单仍已核验",
        "the bundle has the form {found}, and this program knows {known} only; use the verify.py inside it, or a newer"
        " one of the platform. The manifests were checked all the same",
    ),
    "no_bundle": (
        "{path} 不是证据包：{why}；请指明 .zip 文件或解压后的文件夹",
        "{path} is no evidence bundle: {why}; name the .zip, or the folder that it was unpacked to",
    ),
    "unreadable": ("{part} 不能读取：{why}", "{part} cannot be read: {why}"),
    "events": (
        "{events} 个事件的字节规范，哈希链首尾相接，到达事项 {filing} 的头",
        "{events} events have canonical bytes, and their hash chain leads to the head of filing {filing}",
    ),
    "event_wrong": ("事件 {version}：{what} 不符", "event {version}: {what} does not fit"),
    "head_wrong": (
        "事件链到达的不是案卷所列的头：{what}",
        "the chain does not lead to the head that the bundle names: {what}",
    ),
    "answers": (
        "{answers} 份答复（回执）的内容哈希即其事件字节的 SHA-256",
        "{answers} answers (receipts) have the content hash of their events",
    ),
    "answer_wrong": ("事件 {version} 的答复：{what} 不符", "the answer to event {version}: {what} does not fit"),
    "documents": (
        "{documents} 份文件的字节与事件中所列哈希一致",
        "{documents} documents have the hashes by which the events name them",
    ),
    "document_wrong": ("文件 {hash}：{what}", "document {hash}: {what}"),
    "documents_left_out": (
        "{count} 份文件只有哈希而无字节（打包时未放入）",
        "{count} documents are here by hash only: their bytes were left out",
    ),
    "determinations": (
        "{count} 次计算与事件字节一致；{lines} 行金额与账目表一致，分项之和等于总额",
        "{count} determinations are those of the event bytes; their {lines} amounts are those of the sheet, and parts"
        " sum to their whole",
    ),
    "determination_wrong": ("事件 {version} 的计算：{what}", "determination of event {version}: {what}"),
    "ledger": (
        "{postings} 条账目：每笔借贷为零，均出自本案事件，合计与案卷的金额一致",
        "{postings} postings: each transaction sums to zero and belongs to an event of this filing, and what stands is"
        " the money of its position",
    ),
    "ledger_wrong": ("账目：{what}", "ledger: {what}"),
    "parameters": (
        "{count} 次计算所依据的参数全集（{files} 个文件）哈希相符",
        "the whole set of legal values ({files} files) has the hash that {count} determinations recorded",
    ),
    "parameters_other": (
        "{count} 次计算用的是另一版本的参数全集，包内没有；所读各值及出处载于该计算",
        "{count} determinations were made under another set of legal values, which is not here; the values that they"
        " read stand in them with their sources",
    ),
    "inclusion": (
        "{entries} 项在签名检查点的树中（{origin}，大小 {size}）",
        "{entries} entries are in the tree of the signed checkpoint ({origin}, size {size})",
    ),
    "inclusion_wrong": ("{path}：{what}", "{path}: {what}"),
    "checkpoint": ("检查点由密钥 {key} 签名", "the checkpoint is signed by the key {key}"),
    "key_given": ("该密钥即 --key 所给的密钥", "that key is the one that --key gave"),
    "key_wrong": (
        "检查点不是由 --key 所给的密钥 {key} 签名：包内密钥为 {found}",
        "the checkpoint is not of the key that --key gave ({key}); the bundle's is {found}",
    ),
    "cosigned": ("见证人 {name} 已会签该检查点", "the witness {name} has cosigned the checkpoint"),
    "stamped_tree": (
        "带时间戳的检查点（大小 {old}）是上述树（大小 {size}）的开头；上述各项中有 {entries} 项在其中",
        "the checkpoint that was stamped (size {old}) is the beginning of that tree (size {size}), and {entries} of the"
        " entries above are in it",
    ),
    "stamped": (
        "有 RFC 3161 时间戳；本程序不验其证书，请用：{command}",
        "there is an RFC 3161 time stamp; this program does not check its certificates: {command}",
    ),
    "stamp_wrong": ("时间戳不是该检查点的：{what}", "the time stamp is not of this checkpoint: {what}"),
    "not_sealed": (
        "事件 {versions} 打包时尚未封入日志，无法证明其在树中",
        "events {versions} were not sealed in the log when the bundle was made; that they are in the tree is not shown",
    ),
    "history_not_sealed": (
        "运行 {run} 的历史打包时尚未封入日志；它与事件的核对不受影响",
        "the history of run {run} was not sealed in the log when the bundle was made; it was compared with the events"
        " all the same",
    ),
    "no_log": (
        "包内没有检查点：平台能否在打包前改写全部记录，不能由此排除",
        "the bundle has no checkpoint: that the platform rewrote the whole record before it made the bundle is not"
        " excluded",
    ),
    "histories": (
        "{runs} 次运行的 Temporal 历史与事件一致：{acts} 个行为、{answers} 份答复逐一相符",
        "the Temporal histories of {runs} runs agree with the events: {acts} acts and {answers} answers are the same",
    ),
    "history_wrong": ("运行 {run}：{what}", "run {run}: {what}"),
    "history_not_whole": (
        "运行 {run} 的历史不完整（{fault}），只核对了其中有的部分",
        "the history of run {run} is not whole ({fault}); only what there is was checked",
    ),
    "no_histories": (
        "包内没有 Temporal 历史（打包时证据库中没有）；事件不依赖它",
        "the bundle has no Temporal history (none was in the evidence store); the events do not depend on one",
    ),
    "related": ("关联事项 {filing} 的证据包相符（{path}）", "the bundle of the related filing {filing} holds ({path})"),
    "related_wrong": ("关联证据包 {path}：{what}", "related bundle {path}: {what}"),
    "key_not_given": (
        "密钥是否属于平台：请与平台另行公布的密钥比较（--key）",
        "that the key is the platform's: compare it with the one that the platform publishes elsewhere (--key)",
    ),
    "not_law": (
        "法律适用是否正确、所述事实是否真实：计算的各步与出处供人核对",
        "that the law was applied rightly and that what people stated is true: steps and sources are there for people"
        " to judge",
    ),
    "not_renderings": (
        "PDF、XLSX 与说明页与数据同义：它们由同一记录生成，此处只核对其字节",
        "that PDF, XLSX and pages say the same as the data: they were made of the same record, and only their bytes are"
        " checked",
    ),
}
HEADS = {"proved": ("已证明", "Proved"), "wrong": ("有误", "Wrong"), "unproved": ("未能证明", "Not proved")}
VERDICTS = {
    0: ("结论：可核验的全部相符", "Verdict: everything that can be checked holds"),
    1: ("结论：有不符之处", "Verdict: something is wrong"),
    2: ("结论：不能作为证据包核验", "Verdict: this cannot be checked as a bundle"),
}
