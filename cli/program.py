"""All commands. Nothing is loaded here but click: what a command needs is loaded when it is called."""

import io
import sys
from collections.abc import Sequence
from importlib import import_module

import click

DONE = 0
_COMMANDS = {
    "declaration": ("cli.acts.declaration", "声明的各项行为 acts of a declaration"),
    "licence": ("cli.acts.licence", "许可：权利、备案、合同登记、使用费 acts of a licence"),
    "payout": ("cli.acts.payout", "奖酬支付 acts of a payout"),
    "settlement": ("cli.acts.settlement", "补助结算 acts of a settlement"),
    "party": ("cli.registers.party", "当事人 persons and organisations"),
    "document": ("cli.registers.document", "证据文件 the evidence store"),
    "patent": ("cli.registers.patent", "专利登记簿证据 register evidence"),
    "calendar": ("cli.registers.calendar", "节假日表 holiday tables"),
    "pass-day": ("cli.acts.pass_day", "日期推进 lets a day pass"),
    "show": ("cli.reads.show", "查看一个事项 one filing"),
    "list": ("cli.reads.lists", "事项列表 filings"),
    "tasks": ("cli.reads.lists", "待办任务 open tasks"),
    "findings": ("cli.reads.lists", "疑点 open findings"),
    "entitlements": ("cli.reads.entitlements", "预计奖补 provisional entitlements under reward schemes"),
    "clauses": ("cli.reads.clauses", "每笔款项所依据的条款 the clauses behind each line of money"),
    "yuan": ("cli.reads.clauses", "某一条款所产生的款项 all lines that a clause made"),
    "events": ("cli.reads.events", "事件流 the stream of events"),
    "package": ("cli.files.package", "导出申报材料 what the office's form asks for"),
    "deliver": ("cli.deliver.command", "接收外部事件 facts from offices, banks and platforms"),
    "unmatched": ("cli.deliver.command", "未匹配的投递 deliveries that name nothing we know"),
    "import": ("cli.importing.command", "导入 CSV 文件 acts from a CSV file"),
    "export": ("cli.files.export", "导出到账记录 receipts as a file"),
    "audit-log": ("cli.reads.audit_log", "审计日志 who asked for what, also in vain"),
    "quarantine": ("cli.reads.quarantine", "隔离的消息 messages that wait for a person"),
    "audit": ("cli.reads.audit", "审计 proofs that the record is true"),
    "repair": ("cli.repair", "恢复备份后的修复 after a server came back from an older copy"),
    "rules": ("cli.rules.command", "规则 the rules asked directly, without a server"),
    "demo": ("cli.demo", "演示 one run over the examples"),
    "up": ("cli.up", "启动服务器和工作进程 servers and worker"),
}
"""Command -> the module that has it, as a function of its name (``pass_day``), and its line in the list."""
_PYTHON_WORDS = {"import": "import_csv", "list": "list_"}


class Commands(click.Group):
    """Loads the command that was named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a filing's life."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        name = _PYTHON_WORDS.get(cmd_name, cmd_name.replace("-", "_"))
        found: click.Command = getattr(import_module(_COMMANDS[cmd_name][0]), name)
        if "structlog" in sys.modules:
            configure_logs()
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


def configure_logs() -> None:
    """For a command that logs: its lines go to standard error. Most commands that read do not, and load no library."""
    from runtime.logs import configure

    configure()


@click.command(cls=Commands, no_args_is_help=True)
def program() -> None:
    """Patent open licences from the declaration to the inventors' money. 专利开放许可：从声明到发明人报酬。

    Every command takes --json: one JSON document on standard output, logs on standard error.
    Exit codes: 0 done, 2 refused, 1 fault or set-up, 64 wrong usage.
    """


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; prints what went wrong, and where, and what to do next."""
    take_any_text()
    try:
        code = program.main(args=list(arguments), prog_name="starter.py", standalone_mode=False)
    except Exception as error:
        from cli.ending import ended

        return ended(error, as_json="--json" in arguments)
    return code if isinstance(code, int) else DONE


def take_any_text() -> None:
    """What a stream has no letters for is printed as escapes: an act that was done must not end as a fault of printing.

    A terminal can be set to another encoding than UTF-8, and a file name on the command line can be no text at all.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
