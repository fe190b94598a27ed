"""Drawn photos: a sky, hills and what the report is about. Nobody is in them, and each says that it is an example."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

from uploads.images import SafeImage, make_safe

WIDTH, HEIGHT = 800, 600
HORIZON = 260
Colour = tuple[int, int, int]


def draw_photo(category: str, chance: Random) -> SafeImage:
    """A made-up photo for a report of this category, safe like any other."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), shade((196, 222, 240), chance))
    pen = ImageDraw.Draw(canvas)
    hills(pen, chance)
    pen.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=shade((128, 158, 96), chance))
    SCENES.get(category, house)(pen, chance)
    pen.rectangle((0, HEIGHT - 34, 190, HEIGHT), fill=(255, 255, 255))
    pen.text((12, HEIGHT - 28), "GAMBAR CONTOH", fill=(40, 40, 40), font_size=20)
    stream = io.BytesIO()
    canvas.save(stream, "JPEG", quality=85)
    return make_safe(stream)


def shade(colour: Colour, chance: Random) -> Colour:
    """The colour, a little lighter or darker: no two days are alike."""
    step = chance.randint(-18, 18)
    red, green, blue = (max(0, min(255, part + step)) for part in colour)
    return red, green, blue


def hills(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    for base in (90, 40):
        ridge = [(x, HORIZON - base - chance.randint(0, 80)) for x in range(0, WIDTH + 1, 100)]
        pen.polygon([(0, HORIZON), *ridge, (WIDTH, HORIZON)], fill=shade((112 + base, 148, 118), chance))


def road(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    pen.polygon([(330, HORIZON), (470, HORIZON), (760, HEIGHT), (40, HEIGHT)], fill=shade((112, 110, 106), chance))
    for _ in range(chance.randint(3, 6)):
        x, y = chance.randint(240, 520), chance.randint(340, 540)
        pen.ellipse((x, y, x + chance.randint(60, 140), y + chance.randint(20, 46)), fill=(70, 60, 50))


def water(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    pen.polygon([(260, HORIZON), (430, HORIZON), (820, HEIGHT), (180, HEIGHT)], fill=shade((120, 150, 160), chance))
    for _ in range(9):
        x, y = chance.randint(250, 600), chance.randint(300, 580)
        pen.line((x, y, x + 60, y + 4), fill=(210, 225, 230), width=3)


def rubbish(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    colours = [(214, 88, 70), (240, 214, 120), (90, 130, 190), (235, 235, 235), (60, 60, 66)]
    for _ in range(60):
        x, y = chance.gauss(400, 120), chance.gauss(450, 45)
        pen.rectangle((x, y, x + chance.randint(14, 50), y + chance.randint(10, 34)), fill=chance.choice(colours))


def house(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    pen.rectangle((220, 250, 580, 470), fill=shade((232, 218, 190), chance))
    pen.polygon([(180, 250), (400, 120), (620, 250)], fill=shade((168, 84, 60), chance))
    pen.rectangle((370, 350, 440, 470), fill=(110, 76, 52))
    for x in (260, 490):
        pen.rectangle((x, 300, x + 60, 350), fill=(90, 110, 124))


def pole(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    lean = chance.randint(-60, 60)
    pen.line((400, 540, 400 + lean, 80), fill=(84, 74, 66), width=16)
    pen.line((0, 150, 400 + lean, 100, WIDTH, 170), fill=(40, 40, 40), width=4)


SCENES = {
    "jalan": road,
    "informasi": road,
    "air-bersih": water,
    "darurat": pole,
    "keamanan": pole,
    "sampah": rubbish,
    "pelanggaran-hukum": water,
}
