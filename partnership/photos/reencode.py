"""A photo from standard input, as two JPEGs to standard output: run as a process of its own, which first
gives away its rights to memory and time. Decoding is where hostile files bite. It knows nothing of Django.

The answer begins with a line "width height length-of-the-small-one"; BROKEN and TOO_LARGE are exit codes.
"""

import io
import resource
import sys
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

BROKEN, TOO_LARGE = 3, 4
FORMATS = ["JPEG", "PNG", "WEBP"]
LARGE, SMALL = 2000, 480
"""The longer side, in pixels."""
QUALITY = 82
MEGABYTE = 1024 * 1024
BOUNDS = {
    resource.RLIMIT_AS: 1024 * MEGABYTE,
    resource.RLIMIT_CPU: 20,
    resource.RLIMIT_FSIZE: 16 * MEGABYTE,
    resource.RLIMIT_NOFILE: 32,
    resource.RLIMIT_CORE: 0,
}


def main() -> int:
    for kind, most in BOUNDS.items():
        resource.setrlimit(kind, (most, most))
    try:
        answer = reencode(sys.stdin.buffer, most_pixels=int(sys.argv[1]))
    except (MemoryError, Image.DecompressionBombError):
        return TOO_LARGE
    except Exception:  # a broken file may raise anything
        return BROKEN
    sys.stdout.buffer.write(answer)
    return 0


def reencode(file: BinaryIO, *, most_pixels: int) -> bytes:
    Image.MAX_IMAGE_PIXELS = most_pixels
    with Image.open(file, formats=FORMATS) as image:
        if image.width * image.height > most_pixels:
            raise Image.DecompressionBombError
        image.draft("RGB", (LARGE, LARGE))
        image.load()
        plain = _in_plain_colours(image)
    plain.thumbnail((LARGE, LARGE))
    large = _bare(_in_web_colours(_upright(plain)))
    small = large.copy()
    small.thumbnail((SMALL, SMALL))
    files = [_jpeg(small), _jpeg(large)]
    return b"%d %d %d\n" % (large.width, large.height, len(files[0])) + b"".join(files)


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Eight bits for each colour: RGB, RGBA or CMYK. Of an animation this is the first frame."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256))
        return image.convert("L").convert("RGB")
    if image.mode in ("RGB", "CMYK") and not image.has_transparency_data:
        return image.copy()
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # what the camera noted may be broken while the picture is not
        return image


def _in_web_colours(image: Image.Image) -> Image.Image:
    """Telephones keep wider colours, which look dull where their profile is missing."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, found, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # a broken profile is left out
            turned = None
        image = turned or image
    return image if image.mode == "RGBA" else image.convert("RGB")


def _bare(image: Image.Image) -> Image.Image:
    """The pixels only, on white where they let through: a new picture knows nothing of where it was taken."""
    bare = Image.new("RGB", image.size, "white")
    bare.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return bare


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
