"""Small real files for the tests of media, honest and hostile, made on the fly."""

import io
import math
import struct
import wave
import zipfile
import zlib
from pathlib import Path

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

PAGE = b"<!doctype html><script>alert(1)</script>"


def speech(seconds: float = 3, rate: int = 16_000) -> bytes:
    """A WAV with two tones, loud enough to be heard."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        tones = (
            9000 * math.sin(2 * math.pi * 220 * n / rate) * (1 + math.sin(2 * math.pi * 3 * n / rate))
            for n in range(int(seconds * rate))
        )
        file.writeframes(b"".join(struct.pack("<h", int(tone)) for tone in tones))
    return out.getvalue()


def noted_mp3(folder: Path, seconds: int = 3) -> bytes:
    """An MP3 with a name and a place in its tags, as a phone writes it."""
    import av

    path = folder / "noted.mp3"
    with av.open(str(path), "w") as out:
        out.metadata.update({"artist": "Nama Orang", "comment": "-8.65,115.21"})
        stream = out.add_stream("libmp3lame", rate=44_100)
        stream.bit_rate = 128_000
        _hum(out, stream, seconds, 44_100)
    return path.read_bytes()


def film(folder: Path, seconds: int = 3, size: tuple[int, int] = (640, 480), name: str = "noted.mp4") -> bytes:
    import av

    return _film(av, folder / name, seconds, size)


def _film(av, path: Path, seconds: int, size: tuple[int, int]) -> bytes:
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata.update({"location": "-8.6500+115.2100/", "artist": "Nama Orang"})
        video = out.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        video.bit_rate = 2_000_000
        audio = out.add_stream("aac", rate=44_100)
        for number in range(seconds * 25):
            shade = (number * 9) % 256
            picture = Image.new("RGB", size, (200, shade, 90))
            picture.paste((shade, 90, 255 - shade), (0, 0, size[0] // 2, size[1] // 2))
            frame = av.VideoFrame.from_image(picture)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        _hum(out, audio, seconds, 44_100)
    return path.read_bytes()


def _hum(out, stream, seconds: int, rate: int) -> None:
    import av

    with av.open(io.BytesIO(speech(seconds, rate)), format="wav") as source:
        resampler = av.AudioResampler(format="s16p" if stream.codec.name == "libmp3lame" else "fltp", layout="stereo")
        for frame in source.decode(audio=0):
            for piece in resampler.resample(frame):
                out.mux(stream.encode(piece))
        out.mux(stream.encode(None))


def photo(size: tuple[int, int] = (1200, 800), turned: bool = False) -> bytes:
    """A JPEG as a phone takes it: place, phone and owner in its EXIF; left half red, right half blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Telepon Murah", "Nama Orang"
    exif[0x0112] = 6 if turned else 1
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "S", (IFDRational(8), IFDRational(39), IFDRational(0))
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"Desa Contoh", quality=80)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 900 million dots."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def office(kind: str = "docx", *, macro: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """The smallest docx or xlsx that has its main part; `macro` puts a program in."""
    main = {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    }[kind]
    if macro == "type":
        main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    parts = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types><Override ContentType="{main}"/></Types>'.encode(),
        "word/document.xml": b"<w:document/>",
        **({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"} if macro == "part" else {}),
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nDi sini aman.\n"
