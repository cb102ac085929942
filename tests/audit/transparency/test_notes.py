"""Notes, checkpoints and proofs as C2SP has them; what is broken, of another log or of another key is told so."""

import pytest

from audit.transparency.checkpoints import checkpoint_of, checkpoint_text, proved_checkpoint
from audit.transparency.notes import Note, Signer, note_of, proved_by, see_proved, signer_of, verifier_of
from audit.transparency.proofs import Proof, proof_of, see_proof
from audit.transparency.tiles import Tiler, bundle, entries_of, hashes_of, tile_path, tiles_at
from audit.transparency.tree import inclusion_proof, leaf_hash, root_of
from schemas.values.refusal import Refused

SIGNER = Signer("example.com/log", bytes(range(32)))
OTHER = Signer("example.com/other", bytes(range(1, 33)))
# The example of C2SP signed-note.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def signed(size: int, root: bytes, *signers: Signer) -> str:
    text = checkpoint_text(signers[0].name, size, root)
    return str(Note(text, tuple(one.sign(text) for one in signers)))


def test_the_example_of_the_specification_is_proved_by_its_key() -> None:
    key = verifier_of(EXAMPLE_KEY)
    assert str(key) == EXAMPLE_KEY
    see_proved(note_of(EXAMPLE), key)
    with pytest.raises(Refused, match="note_signature_wrong"):
        see_proved(note_of(EXAMPLE.replace("example message", "other message")), key)


def test_a_key_is_read_again_from_its_text_and_never_shown() -> None:
    assert signer_of(SIGNER.secret()) == SIGNER
    assert SIGNER.secret().split("+")[-1] not in repr(SIGNER)
    for broken in ("", "PRIVATE+KEY+a", SIGNER.secret()[:-3], SIGNER.secret().replace("example", "exampel")):
        with pytest.raises(Refused, match="log_key_broken"):
            signer_of(broken)
    for broken in ("", "a+b", str(SIGNER.verifier)[:-4], str(SIGNER.verifier).replace("log", "lag")):
        with pytest.raises(Refused, match="verifier_key_broken"):
            verifier_of(broken)


def test_lines_of_keys_that_nobody_asked_for_are_left_alone() -> None:
    found = note_of(signed(1, bytes(32), SIGNER, OTHER))
    assert proved_by(found, [OTHER.verifier]) == [OTHER.verifier]
    assert proved_by(found, [SIGNER.verifier, OTHER.verifier]) == [SIGNER.verifier, OTHER.verifier]


@pytest.mark.parametrize(
    "broken", ["", "text", "text\n", "text\n\n", "a\tb\n\n— x AAAAAAAA\n", "text\n\n- x AAAAAAAA\n"]
)
def test_what_is_no_note_is_refused(broken: str) -> None:
    with pytest.raises(Refused, match="note_broken"):
        note_of(broken)


@pytest.mark.parametrize(("size", "root"), [("0", bytes(32)), ("01", bytes(32)), ("x", bytes(32)), ("1", bytes(31))])
def test_what_is_no_checkpoint_is_refused_also_one_of_nothing(size: str, root: bytes) -> None:
    text = checkpoint_text(SIGNER.name, 1, root).replace("\n1\n", f"\n{size}\n")
    with pytest.raises(Refused, match="checkpoint_broken"):
        checkpoint_of(str(Note(text, (SIGNER.sign(text),))))


def test_a_checkpoint_of_another_log_or_of_another_key_is_told_as_such() -> None:
    with pytest.raises(Refused, match="checkpoint_of_another_log"):
        proved_checkpoint(signed(1, bytes(32), OTHER), SIGNER.verifier)
    forged = Signer(SIGNER.name, bytes(32))
    with pytest.raises(Refused, match="note_of_another_key"):
        proved_checkpoint(signed(1, bytes(32), forged), SIGNER.verifier)
    assert proved_checkpoint(signed(7, bytes(32), SIGNER), SIGNER.verifier).size == 7


async def test_a_proof_is_one_text_that_says_its_entry() -> None:
    entries = [str(number).encode() for number in range(11)]
    leaves = [leaf_hash(one) for one in entries]

    async def read(level: int, index: int) -> bytes:
        return root_of(leaves[index << level : (index + 1) << level])

    checkpoint = checkpoint_of(signed(11, root_of(leaves), SIGNER))
    made = Proof(entries[4], 4, tuple(await inclusion_proof(read, 4, 11)), checkpoint)
    again = proof_of(str(made))
    assert again == made
    see_proof(again, entries[4], SIGNER.verifier)
    with pytest.raises(Refused, match="proof_wrong"):
        see_proof(again, entries[5], SIGNER.verifier)
    for broken in (
        "",
        "c2sp.org/tlog-proof@v1\n",
        str(made).replace("index", "place"),
        str(made).replace("=\n", "\n", 1),
    ):
        with pytest.raises(Refused, match=r"proof_broken|note_broken"):
            proof_of(broken)


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (2, 1234067, 256, "tile/2/x001/x234/067"),
        ("entries", 999, 256, "tile/entries/999"),
        ("entries", 1000, 17, "tile/entries/x001/000.p/17"),
    ],
)
def test_files_have_the_paths_of_the_specification(level: int | str, index: int, width: int, path: str) -> None:
    assert tile_path(level, index, width) == path


def test_a_log_of_seventy_thousand_has_the_files_of_the_specifications_example() -> None:
    assert list(tiles_at(70_000)) == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert list(tiles_at(256)) == [(1, 0, 1)]


@pytest.mark.parametrize("before", [1, 255, 256, 257, 511, 512, 700])
def test_files_do_not_depend_on_where_the_log_was_cut(before: int) -> None:
    entries = [str(number).encode() for number in range(800)]
    at_once, parts = Tiler(), Tiler()
    whole = [file for one in entries for file in at_once.add(one)] + list(at_once.partial())
    made = [file for one in entries[:before] for file in parts.add(one)]
    last = {file.path: file.body for file in parts.partial()}
    levels: list[list[bytes]] = []
    for level, index, width in tiles_at(before):
        levels += [[] for _ in range(level + 1 - len(levels))]
        path = tile_path(level, index, width)
        levels[level] = hashes_of(last[path], path, width)
    path = tile_path("entries", before // 256, before % 256)
    again = Tiler(before, levels, entries_of(last.get(path, b""), path))
    made += [file for one in entries[before:] for file in again.add(one)] + list(again.partial())
    assert sorted(made) == sorted(whole)


def test_a_clipped_file_is_told_with_its_path() -> None:
    whole = bundle([b"one", b"two"])
    assert entries_of(whole, "tile/entries/000.p/2") == [b"one", b"two"]
    for cut in (whole[:-1], whole[:1]):
        with pytest.raises(Refused, match=r"log_file_clipped @ tile/entries/000\.p/2"):
            entries_of(cut, "tile/entries/000.p/2")
    with pytest.raises(Refused, match="log_file_clipped"):
        hashes_of(bytes(63), "tile/0/000.p/2", 2)
