"""What a file is, its content says: what is dangerous or huge inside is refused, whatever it is called."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from schemas.values.refusal import Refused
from web.content import kind_of


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame


def package(**parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), body)
    return made.getvalue()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "application/pdf"),
        (png(2_000, 3_000), "image/png"),
        (jpeg(2_000, 3_000), "image/jpeg"),
        (package(word__document_xml=b"<x/>"), DOCX),
        (package(xl__workbook_xml=b"<x/>"), XLSX),
        (package(OFD_xml=b"<x/>"), "application/ofd"),
        ("双方同意。\r\n签字：".encode(), "text/plain"),
    ],
)
def test_what_is_taken_is_told_by_its_content(body: bytes, media_type: str) -> None:
    assert kind_of(body, "anything.exe", "evidence.0") == media_type


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (package(word__document_xml=b"<x/>", word__vbaProject_bin=b"x"), "document_has_macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook", "document_has_macros"),
        (b"%PDF-1.7\n<< /S /JavaScript /JS (app.alert) >>", "document_has_macros"),
        (package(xl__workbook_xml=b"\0" * (101 * 2**20)), "document_too_large_inside"),
        (png(60_000, 60_000), "document_too_large_inside"),
        (jpeg(60_000, 60_000), "document_too_large_inside"),
        (b"MZ\x90\x00 a program", "document_kind_not_taken"),
        (b"<html><script>alert(1)</script></html>", "document_kind_not_taken"),
        (b"\n <svg onload='alert(1)'/>", "document_kind_not_taken"),
        (package(readme_xml=b"no office document"), "document_kind_not_taken"),
        (b"PK\x03\x04 no package at all", "document_kind_not_taken"),
        (b"\x89PNG\r\n\x1a\n", "document_kind_not_taken"),
        (b"\xff\xd8\xff\xe0", "document_kind_not_taken"),
    ],
)
def test_what_is_not_taken_is_told_beside_its_field(body: bytes, code: str) -> None:
    with pytest.raises(Refused) as told:
        kind_of(body, "report.pdf", "evidence.0")
    assert [(one.code, one.where) for one in told.value.refusals] == [(code, "evidence.0")]
