"""Files made by the tests: honest ones of every accepted type, and the hostile corpus (reliability.md S40 to S43)."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from app.evidence.rules import FileProblem as Problem

ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
DOCX_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def picture(kind: str = "JPEG", size: tuple[int, int] = (320, 200), *, place: bool = False, orientation: int = 1) -> bytes:
    """A photo; with `place` it carries GPS, an author and a comment, as phones write them."""
    image = Image.new("RGB", size, (178, 32, 79))
    image.paste((43, 85, 173), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    if place:
        exif[0x0110] = "Telefono de Rosa"
        exif[0x013B] = "Rosa Quispe"
        exif.get_ifd(0x8825).update({1: "S", 2: (13.0, 31.0, 30.0), 3: "W", 4: (71.0, 58.0, 20.0)})
    exif[0x0112] = orientation
    target = io.BytesIO()
    image.save(target, kind, exif=exif, **({"comment": b"en casa de Rosa"} if kind == "JPEG" and place else {}))
    return target.getvalue()


def archive(entries: dict[str, bytes | str], *, stored_first: bool = False, level: int = 6) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
        for place, (name, content) in enumerate(entries.items()):
            kind = zipfile.ZIP_STORED if stored_first and place == 0 else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return target.getvalue()


def docx(**more: bytes | str) -> bytes:
    parts: dict[str, bytes | str] = {"[Content_Types].xml": DOCX_TYPES, "word/document.xml": "<w:document/>"}
    return archive({**parts, **{name.replace("__", "/"): content for name, content in more.items()}})


def xlsx(extra: dict[str, bytes | str] | None = None) -> bytes:
    return archive({"[Content_Types].xml": DOCX_TYPES, "xl/workbook.xml": "<workbook/>", **(extra or {})})


def odf(kind: str) -> bytes:
    return archive({"mimetype": kind, "content.xml": "<office/>"}, stored_first=True)


def pdf(body: bytes = b"<< /Type /Catalog /Pages 2 0 R >>", *, more: bytes = b"") -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + body + b"\nendobj\n" + more + b"\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def object_stream(objects: bytes, *, name: bytes = b"/ObjStm") -> bytes:
    packed = zlib.compress(objects)
    return b"5 0 obj\n<< /Type %s /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        name,
        len(packed),
        packed,
    )


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is enormous and holds one line."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def wav(seconds: int = 1) -> bytes:
    data = b"\x80" * 8_000 * seconds
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )


def ogg(codec: bytes = b"\x01vorbis") -> bytes:
    return b"OggS\x00\x02" + bytes(20) + b"\x01\x1e" + codec + bytes(200)


def mpeg4(brand: bytes = b"isom", *, place: bool = False) -> bytes:
    where = b"+13.5318-071.9675/"
    box = struct.pack(">I", 12 + len(where)) + b"\xa9xyz" + struct.pack(">H", len(where)) + b"\x15\xc7" + where if place else b""
    udta = struct.pack(">I", 8 + len(box)) + b"udta" + box
    moov = struct.pack(">I", 8 + len(udta)) + b"moov" + udta
    return struct.pack(">I", 20) + b"ftyp" + brand + bytes(4) + b"isom" + moov + struct.pack(">I", 108) + b"mdat" + bytes(100)


def webm() -> bytes:
    return b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + bytes(100)


def mp3() -> bytes:
    return b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10) + (b"\xff\xfb\x90\x00" + bytes(413)) * 3


def good_files() -> list[tuple[str, bytes]]:
    """One of every accepted type."""
    return [
        ("acta.pdf", pdf()), ("acta firmada.PDF", pdf(more=object_stream(b"1 0 << /Type /Page >>"))), ("foto.jpg", picture()),
        ("foto.jpeg", picture()),
        ("foto.png", picture("PNG")), ("foto.webp", picture("WEBP")), ("acta.docx", docx()), ("lista.xlsx", xlsx()), ("acta.odt", odf(ODT)),
        ("lista.ods", odf(ODS)), ("aportes.csv", "código;texto\n1;Ñaupa\n".encode()), ("bom.csv", "\ufeffa;b\n".encode()),
        ("voz.mp3", mp3()),
        ("voz.ogg", ogg()), ("voz.opus", ogg(b"OpusHead")), ("voz.m4a", mpeg4(b"M4A ")), ("voz.wav", wav()), ("video.webm", webm()),
        ("video.mp4", mpeg4()),
    ]  # fmt: skip


def _lying_directory() -> bytes:
    """The directory says 400 MB of sheet; what is packed hardly matters, for nobody may unpack it to find out."""
    made = bytearray(xlsx({"xl/worksheets/sheet1.xml": b"<row/>" * 10}))
    at = made.rfind(b"PK\x01\x02", 0, made.rfind(b"xl/worksheets/sheet1.xml"))
    made[at + 24 : at + 28] = struct.pack("<I", 424_000_000)
    return bytes(made)


def _encrypted() -> bytes:
    made = bytearray(docx())
    at = made.find(b"PK\x01\x02")
    made[at + 8] |= 1
    return bytes(made)


def _link() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("[Content_Types].xml", DOCX_TYPES)
        made.writestr("word/document.xml", "<w:document/>")
        entry = zipfile.ZipInfo("word/media")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    return target.getvalue()


def hostile_files() -> list[tuple[str, str, bytes, Problem]]:
    """(what it is, its name, its bytes, why it is refused)."""
    script = b"<script>alert(1)</script>"
    html = b"<!doctype html><html><body>" + script + b"</body></html>"
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    js_action = b"<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"
    js_in_hexadecimal = js_action.replace(b"JavaScript /JS", b"J#61vaScript /#4A#53")
    noise = zlib.compress(bytes(range(256)) * 40, 9)
    whole = picture(size=(1600, 1200))
    return [
        ("GIF and JavaScript in one", "foto.gif", b"GIF89a/*" + script + b"*/=1;", Problem.TYPE_NOT_ALLOWED),
        ("a GIF with markup called jpg", "foto.jpg", b"GIF89a<script>alert(1)</script>", Problem.CONTENT_DIFFERS),
        ("a GIF called png", "foto.png", b"GIF89a" + bytes(100), Problem.CONTENT_DIFFERS),
        ("HTML", "acta.html", html, Problem.TYPE_NOT_ALLOWED),
        ("HTML called jpg", "foto.jpg", html, Problem.CONTENT_DIFFERS),
        ("HTML called csv", "aportes.csv", html, Problem.CONTENT_DIFFERS),
        ("HTML called pdf", "acta.pdf", html, Problem.CONTENT_DIFFERS),
        ("HTML called docx", "acta.docx", html, Problem.CONTENT_DIFFERS),
        ("HTML called mp3", "voz.mp3", html, Problem.CONTENT_DIFFERS),
        ("HTML called webm", "video.webm", html, Problem.CONTENT_DIFFERS),
        ("HTML before a PDF", "acta.pdf", html + pdf(), Problem.CONTENT_DIFFERS),
        ("SVG with a script", "logo.svg", svg, Problem.TYPE_NOT_ALLOWED),
        ("SVG called png", "logo.png", svg, Problem.CONTENT_DIFFERS),
        ("SVG called csv", "logo.csv", svg, Problem.CONTENT_DIFFERS),
        ("XML", "datos.xml", b"<?xml version='1.0'?><a/>", Problem.TYPE_NOT_ALLOWED),
        ("PDF with JavaScript", "acta.pdf", pdf(js_action), Problem.HAS_PROGRAM),
        ("PDF with JavaScript spelt in hexadecimal", "acta.pdf", pdf(js_in_hexadecimal), Problem.HAS_PROGRAM),
        ("PDF with JavaScript in a packed object", "acta.pdf", pdf(more=object_stream(b"9 0 " + js_action)), Problem.HAS_PROGRAM),
        ("PDF that hides where it packs", "acta.pdf", pdf(more=object_stream(b"9 0 " + js_action, name=b"/O#62jStm")), Problem.HAS_PROGRAM),
        ("PDF that launches a program", "acta.pdf", pdf(b"<< /OpenAction << /S /Launch /F (cmd.exe) >> >>"), Problem.HAS_PROGRAM),
        ("PDF with a file inside", "acta.pdf", pdf(b"<< /Names << /EmbeddedFiles << >> >> >>"), Problem.HAS_PROGRAM),
        ("PDF with a password", "acta.pdf", pdf(more=b"trailer << /Encrypt 7 0 R >>"), Problem.LOCKED),
        ("half a PDF", "acta.pdf", pdf()[:60], Problem.DAMAGED),
        ("a program", "acta.exe", b"MZ" + bytes(200), Problem.TYPE_NOT_ALLOWED),
        ("a program called pdf", "acta.pdf", b"MZ" + bytes(200), Problem.CONTENT_DIFFERS),
        ("double extension", "acta.pdf.exe", pdf(), Problem.TYPE_NOT_ALLOWED),
        ("name written backwards", "acta\u202efdp.exe", pdf(), Problem.TYPE_NOT_ALLOWED),
        ("a name without extension", "acta", pdf(), Problem.TYPE_NOT_ALLOWED),
        ("PHP in a picture's name", "foto.jpg.php", picture(), Problem.TYPE_NOT_ALLOWED),
        ("a PNG called jpg", "foto.jpg", picture("PNG"), Problem.CONTENT_DIFFERS),
        ("a JPG called pdf", "acta.pdf", picture(), Problem.CONTENT_DIFFERS),
        ("zip slip", "acta.docx", docx(**{"..__..__etc__cron": "x"}), Problem.ARCHIVE_UNSAFE),
        ("a path with backslashes", "acta.docx", docx(**{"word\\..\\..\\x.xml": "x"}), Problem.ARCHIVE_UNSAFE),
        ("a link inside", "acta.docx", _link(), Problem.ARCHIVE_UNSAFE),
        ("a ZIP inside", "acta.docx", docx(word__embeddings__x=archive({"a": "b"})), Problem.ARCHIVE_UNSAFE),
        ("ZIP bomb", "acta.docx", docx(word__media__x=bytes(45_000_000)), Problem.ARCHIVE_TOO_LARGE),
        ("a sheet of 424 MB by its directory", "lista.xlsx", _lying_directory(), Problem.ARCHIVE_TOO_LARGE),
        ("5,000 entries", "lista.xlsx", xlsx({f"xl/{n}.xml": b"<a/>" for n in range(5_000)}), Problem.ARCHIVE_TOO_LARGE),
        ("macros", "acta.docx", docx(**{"word__vbaProject.bin": noise}), Problem.HAS_PROGRAM),
        ("entities that multiply", "lista.xlsx", xlsx({"xl/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), Problem.HAS_PROGRAM),
        ("encrypted entry", "acta.docx", _encrypted(), Problem.LOCKED),
        ("Office file with a password", "acta.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Problem.LOCKED),
        ("a plain ZIP called docx", "acta.docx", archive({"a.txt": "hola"}), Problem.CONTENT_DIFFERS),
        ("a docx called xlsx", "lista.xlsx", docx(), Problem.CONTENT_DIFFERS),
        ("a text document called ods", "lista.ods", odf(ODT), Problem.CONTENT_DIFFERS),
        ("half a docx", "acta.docx", docx(word__x="y" * 5_000)[:-40], Problem.DAMAGED),
        ("PNG of 900 megapixels", "foto.png", png_header(30_000, 30_000), Problem.TOO_MANY_PIXELS),
        ("PNG of 169 megapixels", "foto.png", png_header(13_000, 13_000), Problem.TOO_MANY_PIXELS),
        ("PNG of 41 megapixels", "foto.png", png_header(6_400, 6_400), Problem.TOO_MANY_PIXELS),
        ("half a JPG", "foto.jpg", whole[: len(whole) // 2], Problem.DAMAGED),
        ("a PNG with one line", "foto.png", png_header(500, 500), Problem.DAMAGED),
        ("an empty file", "acta.pdf", b"", Problem.EMPTY),
        ("an empty table", "aportes.csv", b"\xef\xbb\xbf \n", Problem.EMPTY),
        ("13 MB", "video.mp4", mpeg4() + bytes(13 * 1024 * 1024), Problem.TOO_LARGE),
        ("CSV with NUL", "aportes.csv", b"a;b\n1;\x002\n", Problem.CONTENT_DIFFERS),
        ("CSV of an old Excel, not declared", "aportes.csv", "código;año\n".encode("cp1252"), Problem.TEXT_UNREADABLE),
        ("MP4 called webm", "video.webm", mpeg4(), Problem.CONTENT_DIFFERS),
        ("HEIC called mp4", "video.mp4", mpeg4(b"heic"), Problem.CONTENT_DIFFERS),
        ("OGG video called opus", "voz.opus", ogg(b"\x80theora"), Problem.CONTENT_DIFFERS),
        ("RIFF that is no sound", "voz.wav", b"RIFF" + bytes(4) + b"AVI " + bytes(100), Problem.CONTENT_DIFFERS),
    ]  # fmt: skip
