"""The folder that the log is published in: each file is there whole or not at all, and the checkpoint comes last."""

import os
from collections.abc import Iterable
from pathlib import Path

import structlog

from audit.transparency.checkpoints import Checkpoint, proved_checkpoint
from audit.transparency.notes import Verifier
from audit.transparency.tiles import File, TileHashes
from schemas.values.refusal import refuse

CHECKPOINT, KEY, STAMPS = "checkpoint", "key", "stamps"
_STAMP = ".tsr"
_MANY = 32
log = structlog.get_logger()


class LogFolder:
    """Reads and writes it; a server of files can serve it as it is."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._unsettled: set[Path] = set()
        """Written, and not yet sure to survive a power failure."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        try:
            return (self.place / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def checkpoint(self, verifier: Verifier) -> Checkpoint | None:
        """What was published last, proved; Refused as ``proved_checkpoint``, or ``note_broken``."""
        body = self.read(CHECKPOINT)
        if body is None:
            return None
        try:
            return proved_checkpoint(body.decode(), verifier)
        except UnicodeDecodeError:
            raise refuse("note_broken", "note", line=1) from None

    def hashes(self, size: int) -> TileHashes:
        """The hashes of the tree of that size."""
        return TileHashes(self.read, size)

    def write(self, files: Iterable[File]) -> None:
        """Files of the tree. A file that is there keeps its bytes, or is told: it should have had no others."""
        for one in files:
            there = self.read(one.path)
            if there == one.body:
                continue
            if there is not None:
                log.error("log_file_differed", path=one.path)
            self._write(one.path, one.body)

    def put_checkpoint(self, note: str, verifier: Verifier) -> None:
        """Publishes it; whatever it needs has to be there before."""
        key = f"{verifier}\n".encode()
        if self.read(KEY) != key:
            self._write(KEY, key)
        self._settle()
        self._write(CHECKPOINT, note.encode(), at_once=True)
        self._settle()

    def put_stamp(self, size: int, checkpoint: bytes, token: bytes) -> None:
        """Keeps a checkpoint with the token that an authority gave for these very bytes."""
        self._write(f"{STAMPS}/{size}", checkpoint)
        self._write(f"{STAMPS}/{size}{_STAMP}", token)
        self._settle()

    def stamped(self) -> list[int]:
        """The sizes at which a checkpoint was stamped, smallest first."""
        tokens = (self.place / STAMPS).glob(f"*{_STAMP}")
        return sorted(int(one.stem) for one in tokens if one.stem.isdecimal() and one.with_suffix("").is_file())

    def stamp(self, size: int) -> tuple[bytes, bytes]:
        """Checkpoint and token of a size that is ``stamped``."""
        return self.read(f"{STAMPS}/{size}") or b"", self.read(f"{STAMPS}/{size}{_STAMP}") or b""

    def remove_partial(self, path_of_full: str) -> None:
        """The partial ones of a file that is full now."""
        folder = self.place / f"{path_of_full}.p"
        if folder.is_dir():
            for one in folder.iterdir():
                one.unlink()
            folder.rmdir()

    def _write(self, path: str, body: bytes, *, at_once: bool = False) -> None:
        """``at_once``: what it replaces has to be there, or it, whatever happens."""
        target = self.place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        with draft.open("wb") as file:
            file.write(body)
            if at_once:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(target)
        self._unsettled.add(target)

    def _settle(self) -> None:
        """Bytes and names are on the disk, before anything that counts on them is. Many files are settled at once."""
        if len(self._unsettled) > _MANY:
            os.sync()
        else:
            files = {one for one in self._unsettled if one.exists()}
            for path in sorted({*files, *(one.parent for one in files)}):
                opened = os.open(path, os.O_RDONLY)
                try:
                    os.fsync(opened)
                finally:
                    os.close(opened)
        self._unsettled.clear()
