"""All commands, and how every way of ending one becomes an exit code and a message in both languages."""

import sys
from collections.abc import Sequence
from importlib import import_module

import asyncpg
import click
import structlog
from temporalio.service import RPCError

from cli.output import print_fault, print_refusals, print_setup_error, print_usage, take_any_text
from runtime.logs import configure
from runtime.settings import SetupError
from schemas.values.refusal import Fault, Refused

DONE, FAULT, REFUSED, USAGE = 0, 1, 2, 64
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
"""Command -> the module that has it, as a function of its name (``pass_day``), and its line in the list. A module is
loaded when its command is called: the Temporal SDK alone takes half a second."""
_PYTHON_WORDS = {"import": "import_csv", "list": "list_"}
log = structlog.get_logger()


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
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.command(cls=Commands, no_args_is_help=True)
def program() -> None:
    """Patent open licences from the declaration to the inventors' money. 专利开放许可：从声明到发明人报酬。

    Every command takes --json: one JSON document on standard output, logs on standard error.
    Exit codes: 0 done, 2 refused, 1 fault or set-up, 64 wrong usage.
    """


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; prints what went wrong, and where, and what to do next."""
    as_json = "--json" in arguments
    take_any_text()
    configure()
    try:
        code = program.main(args=list(arguments), prog_name="starter.py", standalone_mode=False)
    except click.UsageError as error:
        print_usage(error, "starter.py", as_json=as_json)
        return USAGE
    except Refused as refused:
        print_refusals(refused.refusals, as_json=as_json)
        return REFUSED
    except SetupError as error:
        print_setup_error(error, as_json=as_json)
    except Fault as fault:
        print_fault(fault, as_json=as_json)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        can_help = not isinstance(error, asyncpg.DataError)  # a value that Postgres cannot take stays that value
        print_fault(Fault("database", f"Postgres said: {str(error) or repr(error)}", retry=can_help), as_json=as_json)
    except RPCError as error:
        from runtime.connection import is_passing  # loads the client, which most commands do without

        what = f"Temporal said: {error.message or error!r}"
        print_fault(Fault("temporal", what, retry=is_passing(error)), as_json=as_json)
    except (ConnectionRefusedError, ConnectionResetError, TimeoutError) as error:
        # Only asyncpg lets these through: the Temporal SDK has errors of its own.
        said = "no answer in time" if isinstance(error, TimeoutError) else repr(error)
        print_fault(Fault("database", f"Postgres does not answer: {said}", retry=True), as_json=as_json)
    except click.Abort:
        print("已中断 / interrupted", file=sys.stderr)
    except Exception as error:
        log.exception("unexpected")
        print_fault(Fault("ours", repr(error), retry=False), as_json=as_json)
    else:
        return code if isinstance(code, int) else DONE
    return FAULT
