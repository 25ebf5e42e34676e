"""Pictures: decoded and written again, so that nothing but the pixels is kept (S41, S42)."""

import contextlib
import io
import struct
import warnings
import zlib
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from app.core.errors import Problem, RuleBroken
from app.evidence.rules import LONGEST_EDGE, MOST_PIXELS, FileProblem

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow's own limit only warns at 169 megapixels
_PILLOW_FORMAT = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_OPTIONS: dict[str, dict[str, Any]] = {"jpg": {"quality": 85, "progressive": True}, "png": {"optimize": True}, "webp": {"quality": 85}}
_SIGNATURES = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "webp": b"RIFF"}
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, OverflowError, struct.error, zlib.error)


def reencoded(content: bytes, extension: str) -> bytes:
    """The same picture turned upright, at most 2,560 pixels on its long edge, without a byte of what came beside the pixels.

    Raises RuleBroken: content of another type, damaged, or more than 40 megapixels.
    """
    if not content.startswith(_SIGNATURES[extension]) or (extension == "webp" and content[8:12] != b"WEBP"):
        raise RuleBroken([Problem(FileProblem.CONTENT_DIFFERS, "file", {"extension": extension})])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _written(_pixels(content, extension), extension)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise RuleBroken([_too_many()]) from bomb
    except UnidentifiedImageError as unknown:
        raise RuleBroken([Problem(FileProblem.CONTENT_DIFFERS, "file", {"extension": extension})]) from unknown
    except _BROKEN as broken:
        raise RuleBroken([Problem(FileProblem.DAMAGED, "file")]) from broken


def _pixels(content: bytes, extension: str) -> Image.Image:
    picture: Image.Image = Image.open(io.BytesIO(content), formats=[_PILLOW_FORMAT[extension]])
    if picture.width * picture.height > MOST_PIXELS:  # again: the warning above is not per thread
        raise RuleBroken([_too_many()])
    if extension == "jpg":
        picture.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
    picture.load()
    with contextlib.suppress(*_BROKEN):  # unreadable EXIF does not make the picture unreadable; it is dropped below
        picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    has_transparency = extension != "jpg" and (picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info)
    return picture.convert("RGBA" if has_transparency else "RGB")


def _written(picture: Image.Image, extension: str) -> bytes:
    bare = Image.new(picture.mode, picture.size)  # a new picture has no info dictionary that a writer could copy
    bare.paste(picture)
    target = io.BytesIO()
    bare.save(target, _PILLOW_FORMAT[extension], **_OPTIONS[extension])
    return target.getvalue()


def _too_many() -> Problem:
    return Problem(FileProblem.TOO_MANY_PIXELS, "file", {"most": MOST_PIXELS // 1_000_000})
