"""Illustrations of the demo, in flat shapes."""

import random
from collections.abc import Callable

from shapes import (
    INK,
    LEAF,
    PAPER,
    RED,
    SAND,
    SEA,
    SKY,
    SUN,
    around,
    box,
    disc,
    ground,
    path,
    shape,
    star,
    stroke,
    words,
)


def keyboard() -> str:
    keys = [ground(SEA)]
    marked = {(0, 3), (1, 8), (2, 5), (3, 1), (3, 10)}
    for row in range(4):
        for column in range(12):
            x, y = 150 + column * 108 + row * 24, 190 + row * 132
            colour = RED if (row, column) in marked else PAPER
            keys += [
                box(x + 6, y + 8, 92, 112, INK, round_=14),
                box(x, y, 92, 112, colour, round_=14),
            ]
    return "".join(keys) + box(430, 730, 700, 84, PAPER, round_=14)


def sora() -> str:
    lines = "".join(box(90, 190 + n * 62, 420 - n * 37 % 130, 22, INK, round_=8) for n in range(9))
    film = box(620, 110, 900, 680, INK, round_=20)
    holes = "".join(
        box(660 + n * 106, y, 56, 40, PAPER, round_=8) for n in range(8) for y in (132, 728)
    )
    scene = (
        f'<clipPath id="f"><rect x="660" y="200" width="820" height="500"/></clipPath><g clip-path="url(#f)">'
        f"{box(660, 200, 820, 500, SKY)}{disc(1070, 480, 170, SUN)}"
        f"{shape([(660, 560), (900, 440), (1120, 600), (1300, 470), (1480, 580), (1480, 700), (660, 700)], SEA)}"
        f"{shape([(660, 640), (980, 560), (1480, 660), (1480, 700), (660, 700)], INK)}</g>"
    )
    arrow = stroke([(530, 450), (592, 450)], RED, 14) + shape(
        [(586, 424), (616, 450), (586, 476)], RED
    )
    return ground() + lines + film + holes + scene + arrow


def sora_frames() -> str:
    dice = random.Random(7)
    found = [ground(INK)]
    for row in range(3):
        for column in range(3):
            x, y = 70 + column * 496, 50 + row * 276
            sky, hill = dice.choice(((SKY, SEA), (SAND, RED), (SUN, LEAF), (PAPER, SKY)))
            sun = disc(
                x + dice.randint(90, 380), y + dice.randint(60, 150), dice.randint(24, 60), PAPER
            )
            far = [(x, y + 190), (x + 150, y + dice.randint(90, 160)), (x + 320, y + 180),
                   (x + 468, y + dice.randint(100, 170)), (x + 468, y + 252), (x, y + 252)]  # fmt: skip
            found += [box(x, y, 468, 252, sky), sun, shape(far, hill)]
    play = disc(800, 450, 96, PAPER) + shape([(768, 396), (768, 504), (858, 450)], RED)
    return "".join(found) + play


def ballot() -> str:
    dice = random.Random(3)
    bits = "".join(
        box(
            820 + dice.random() * 300,
            120 + dice.random() * 280,
            26,
            26,
            dice.choice((RED, INK, SEA)),
        )
        for _ in range(60)
    )
    sheet = shape([(560, 110), (850, 110), (850, 430), (560, 430)], "#ffffff", line=INK)
    lines = "".join(box(600, 170 + n * 52, 200, 16, SKY) for n in range(4))
    mark = stroke([(610, 380), (650, 410), (730, 330)], RED, 14)
    urn = box(430, 420, 740, 380, SEA, round_=16) + box(560, 408, 480, 34, INK, round_=12)
    return ground(SAND) + sheet + lines + mark + bits + urn + star(800, 610, 90, PAPER)


def airline() -> str:
    tail = shape([(250, 760), (420, 760), (820, 190), (640, 190)], RED)
    body = shape([(0, 740), (900, 740), (1010, 800), (900, 860), (0, 860)], PAPER)
    windows = "".join(disc(120 + n * 90, 798, 20, SEA) for n in range(8))
    bubble = path("M930 170 h470 a60 60 0 0 1 60 60 v210 a60 60 0 0 1 -60 60 h-300 l-110 110 v-110 h-60"
                  " a60 60 0 0 1 -60 -60 v-210 a60 60 0 0 1 60 -60z", "#ffffff")  # fmt: skip
    dots = "".join(disc(1050 + n * 115, 335, 32, INK) for n in range(3))
    return ground(SKY) + body + tail + windows + bubble + dots


def open_database() -> str:
    found = [ground(SEA)]
    for level, shift in ((560, 0), (400, 210), (240, 0)):
        x = 560 + shift
        found += [
            path(f"M{x} {level} v120 a240 60 0 0 0 480 0 v-120z", PAPER if not shift else SUN),
            f'<ellipse cx="{x + 240}" cy="{level}" rx="240" ry="60" fill="{SAND if not shift else PAPER}"/>',
        ]
    lock = (
        box(180, 470, 260, 220, RED, round_=26)
        + disc(310, 570, 34, INK)
        + box(298, 580, 24, 60, INK)
    )
    bow = path("M225 470 v-90 a85 85 0 0 1 170 0", line=PAPER, width=34)
    return "".join(found) + bow + lock


def stargate_halls() -> str:
    found = [ground("#e7dcc4")]
    for n in range(8):
        x, y = 120 + n % 4 * 360, 120 + n // 4 * 360
        built = n < 5
        found.append(box(x, y, 280, 280, PAPER if built else "none", round_=6, line=INK))
        for line in range(6):
            found.append(box(x + 24, y + 26 + line * 40, 232, 18, SEA if built else SAND, round_=4))
    return "".join(found) + stroke([(60, 440), (1540, 440)], RED, 12)


def author() -> str:
    dice = random.Random(11)
    half = path("M230 640 C 330 320, 520 250, 760 460", line=INK, width=18)
    squares = "".join(
        box(800 + n * 46, 460 + int(dice.gauss(0, 60)), 34, 34, dice.choice((SEA, RED, SUN)))
        for n in range(13)
    )
    pen = shape([(690, 380), (760, 460), (800, 396), (1030, 120), (960, 60)], RED) + shape(
        [(690, 380), (760, 460), (640, 500)], INK
    )
    return ground() + half + squares + pen + box(200, 720, 1200, 12, INK)


def eu_stop() -> str:
    found = [ground("#21406f")]
    for n, (x, y) in enumerate(around(800, 450, [310] * 12, -90)):
        found.append(star(x, y, 62, SUN) if n != 2 else "")
    x, y = around(800, 450, [310] * 12, -90)[2]
    found.append(shape(around(x, y, [104] * 8, 22.5), RED, line=PAPER))
    return "".join(found) + box(x - 58, y - 13, 116, 26, PAPER)


def struck_out() -> str:
    found = [ground(SKY), box(440, 70, 720, 800, "#ffffff", round_=8)]
    for n in range(11):
        y = 150 + n * 62
        found.append(
            box(520, y, 560 if n % 4 else 380, 20, INK if not 4 <= n <= 7 else SAND, round_=6)
        )
    for n in range(4, 8):
        y = 160 + n * 62
        found.append(stroke([(496, y + 8), (1100, y - 8)], RED, 12))
    return "".join(found)


def le_chat() -> str:
    body = path("M470 800 q-40 -330 240 -360 q260 -20 330 180 q50 150 -30 180z", INK)
    head = path(
        "M560 470 l-30 -210 l130 90 q90 -30 180 0 l130 -90 l-30 210 q-20 150 -190 150 q-170 0 -190 -150z",
        RED,
    )
    eyes = (
        disc(670, 450, 26, PAPER)
        + disc(830, 450, 26, PAPER)
        + disc(675, 452, 11, INK)
        + disc(825, 452, 11, INK)
    )
    mouth = stroke([(720, 530), (750, 552), (780, 530)], PAPER, 9)
    tail = path("M1000 780 q220 30 230 -190", line=INK, width=44)
    bubble = box(1080, 130, 360, 220, "#ffffff", round_=56) + shape(
        [(1130, 330), (1230, 330), (1090, 420)], "#ffffff"
    )
    dots = "".join(disc(1170 + n * 90, 240, 24, SEA) for n in range(3))
    return ground(SAND) + tail + body + head + eyes + mouth + bubble + dots


def umbrella() -> str:
    house = box(420, 360, 760, 480, SEA)
    windows = "".join(
        box(470 + c * 120, 410 + r * 104, 70, 66, SUN if (r * 7 + c * 3) % 5 else PAPER)
        for r in range(4)
        for c in range(6)
    )
    shade = path("M640 320 a160 130 0 0 1 320 0z", RED) + stroke([(800, 200), (800, 360)], INK, 12)
    rain = "".join(
        stroke([(60 + n * 92, 60 + n * 53 % 190), (40 + n * 92, 130 + n * 53 % 190)], INK, 5)
        for n in range(17)
    )
    return ground(SKY) + rain + house + windows + shade + box(0, 840, 1600, 60, INK)


LANDS = (
    (330, 290, 210, 120), (420, 560, 110, 170), (800, 260, 130, 90), (830, 520, 140, 190),
    (1120, 300, 260, 140), (1310, 640, 110, 70),
)  # fmt: skip


def stargate_map() -> str:
    dice = random.Random(5)
    found = [ground(SEA)]
    for x, y, w, h in LANDS:
        for _ in range(int(w * h / 260)):
            a, b = dice.gauss(0, 0.42), dice.gauss(0, 0.42)
            found.append(disc(x + a * w, y + b * h, 8, SKY))
    start = (360, 330)
    for x, y in ((800, 250), (850, 540), (1140, 320), (1310, 640)):
        found += [
            path(
                f"M{start[0]} {start[1]} Q{(start[0] + x) / 2} {min(y, 330) - 190} {x} {y}",
                line=SUN,
                width=6,
            ),
            disc(x, y, 20, SUN),
        ]
    return "".join(found) + disc(*start, 28, RED, line=PAPER)


def chip_map() -> str:
    found = [ground(SAND)]
    for n in range(12):
        at = 330 + n * 84
        found += [box(at, 110, 26, 680, INK), box(250, 60 + n * 68, 1100, 22, INK)]
    found += [box(340, 170, 920, 560, SEA, round_=24), box(420, 240, 760, 420, PAPER, round_=12)]
    border = [(420, 430), (560, 380), (640, 470), (800, 360), (930, 450), (1050, 380), (1180, 470)]
    other = [(700, 660), (760, 560), (720, 470)]
    return "".join(found) + stroke(border, RED, 12) + stroke(other, RED, 12)


def three_pillars() -> str:
    roof = shape([(300, 300), (760, 120), (1220, 300)], PAPER, line=INK) + box(
        300, 300, 920, 56, PAPER, line=INK
    )
    pillars = "".join(
        box(360 + n * 320, 356, 160, 400, colour, line=INK)
        for n, colour in enumerate((RED, PAPER, SEA))
    )
    base = box(260, 756, 1000, 60, PAPER, line=INK)
    crane = stroke([(1400, 860), (1400, 90)], SUN, 22) + stroke([(1180, 130), (1540, 130)], SUN, 18)
    hook = stroke([(1230, 130), (1230, 230)], INK, 6) + box(1190, 230, 80, 46, SUN)
    return ground(SKY) + crane + hook + roof + pillars + base + box(0, 850, 1600, 50, LEAF)


def gigawatts() -> str:
    found = [ground("#f0d9a8"), disc(1290, 250, 130, SUN)]
    for n in range(5):
        x, half = 170 + n * 310, n == 0
        colour = INK
        found += [
            stroke([(x - 80, 800), (x - 16, 240), (x + 16, 240), (x + 80, 800)], colour, 9),
            stroke([(x - 120, 340), (x + 120, 340)], colour, 9), stroke([(x - 90, 440), (x + 90, 440)], colour, 9),
            stroke([(x - 60, 640), (x + 44, 500), (x - 40, 500), (x + 64, 640)], RED if half else colour, 7),
        ]  # fmt: skip
    for y in (340, 440):
        wires = " ".join(f"Q{325 + n * 310} {y + 70} {480 + n * 310} {y}" for n in range(-1, 5))
        found.append(path(f"M-140 {y} {wires}", line=INK, width=4))
    return "".join(found) + box(0, 800, 1600, 100, LEAF)


def olympiad() -> str:
    found = [ground(SEA)]
    for n in range(6):
        x, y = 140 + n % 3 * 460, 80 + n // 3 * 390
        found.append(box(x, y, 400, 340, PAPER if n < 5 else "none", round_=18, line=PAPER))
        cx, cy = x + 200, y + 170
        if n == 0:
            found += [
                disc(cx, cy, 110, "none", line=INK),
                shape(around(cx, cy, [110] * 3, -90), "none", line=RED),
            ]
        elif n == 1:
            found += [
                shape([(x + 60, y + 290), (x + 340, y + 290), (x + 230, y + 50)], "none", line=INK),
                stroke([(x + 60, y + 290), (x + 285, y + 170)], RED),
            ]
        elif n == 2:
            found += [
                disc(x + 150, cy, 90, "none", line=INK),
                disc(x + 255, cy, 90, "none", line=RED),
            ]
        elif n == 3:
            found += [
                box(x + 70 + i * 52, y + 280 - i * i * 9, 40, 12 + i * i * 9, INK if i < 4 else RED)
                for i in range(5)
            ]
        elif n == 4:
            found += [
                shape(around(cx, cy, [120] * 6), "none", line=INK),
                shape(around(cx, cy, [120] * 3), "none", line=RED),
            ]
        else:
            found.append(words(cx, cy + 60, "?", 180, colour=PAPER, anchor="middle", weight=700))
    return "".join(found)


def shanghai() -> str:
    found = [ground("#f0cfa0"), disc(1240, 260, 120, RED)]
    for x, w, h in ((60, 110, 300), (190, 90, 420), (300, 130, 260), (720, 110, 480), (850, 90, 620),
                    (960, 120, 360), (1100, 140, 300), (1260, 100, 430), (1380, 150, 250)):  # fmt: skip
        found.append(box(x, 760 - h, w, h, SEA if w > 105 else INK))
    tower = stroke([(560, 760), (560, 110)], INK, 14) + stroke(
        [(490, 760), (560, 560), (630, 760)], INK, 14
    )
    balls = (
        disc(560, 560, 74, RED, line=INK)
        + disc(560, 330, 48, RED, line=INK)
        + disc(560, 190, 22, RED)
    )
    return "".join(found) + tower + balls + box(0, 760, 1600, 140, SKY)


def distillation() -> str:
    flask = path(
        "M300 180 h170 v150 l140 330 a60 60 0 0 1 -56 80 h-338 a60 60 0 0 1 -56 -80 l140 -330z",
        SKY,
        line=INK,
    )
    full = path("M236 520 h298 l62 150 a40 40 0 0 1 -40 60 h-342 a40 40 0 0 1 -40 -60z", RED)
    pipe = path("M470 220 h330 q120 0 160 140 l70 220", line=INK, width=16)
    cup = path(
        "M930 600 h300 l-40 200 a30 30 0 0 1 -30 24 h-160 a30 30 0 0 1 -30 -24z", PAPER, line=INK
    )
    drops = disc(1050, 640, 16, RED) + disc(1060, 590, 10, RED)
    return (
        ground(SAND) + flask + full + pipe + cup + path("M956 720 h248 l-16 84 h-216z", RED) + drops
    )


def countries() -> str:
    found = [ground(SKY)]
    for n, colour in enumerate((RED, SEA, LEAF, SUN, INK)):
        x = 150 + n * 280
        found += [
            box(x, 420, 210, 380, PAPER, line=INK),
            stroke([(x + 105, 420), (x + 105, 170)], INK, 8),
            box(x + 105, 170, 130, 84, colour),
        ]
        found += [box(x + 30, 460 + k * 64, 150, 30, colour if k % 2 else SAND) for k in range(5)]
    return "".join(found) + box(0, 800, 1600, 100, INK)


def typhoons() -> str:
    found = [ground(INK)]
    for n, colour in enumerate((RED, SKY, SUN)):
        x, y = 330 + n * 470, 430 + (n % 2) * 80
        for k in range(4):
            r = 190 - k * 46
            found.append(path(f"M{x - r} {y} a{r} {r} 0 1 1 {r} {r}", line=colour, width=20))
        found.append(disc(x, y, 20, colour))
    rack = box(0, 780, 1600, 120, SEA)
    return (
        "".join(found) + rack + "".join(box(60 + n * 150, 812, 110, 20, PAPER) for n in range(10))
    )


def teacup() -> str:
    cup = path("M520 380 h560 l-60 340 a80 80 0 0 1 -80 60 h-280 a80 80 0 0 1 -80 -60z", RED)
    handle = path("M1060 440 q200 -10 160 130 q-40 110 -210 90", line=RED, width=40)
    saucer = box(400, 790, 800, 36, PAPER, round_=18)
    faces = "".join(
        box(x, y, 150, 180, PAPER, round_=8, line=INK)
        + disc(x + 75, y + 70, 34, SAND)
        + shape([(x + 25, y + 165), (x + 75, y + 112), (x + 125, y + 165)], SEA)
        for x, y in ((470, 60), (660, 150), (850, 40), (1040, 120))
    )
    return ground(SKY) + faces + cup + handle + saucer


SCENES: dict[str, Callable[[], str]] = {
    name.replace("_", "-"): scene
    for name, scene in (
        *(("keyboard", keyboard), ("sora", sora), ("sora_frames", sora_frames), ("ballot", ballot)),
        *(("airline", airline), ("open_database", open_database), ("author", author)),
        *(("stargate_halls", stargate_halls), ("eu_stop", eu_stop), ("struck_out", struck_out)),
        *(("le_chat", le_chat), ("umbrella", umbrella), ("stargate_map", stargate_map)),
        *(("chip_map", chip_map), ("three_pillars", three_pillars), ("gigawatts", gigawatts)),
        *(("olympiad", olympiad), ("shanghai", shanghai), ("distillation", distillation)),
        *(("countries", countries), ("typhoons", typhoons), ("teacup", teacup)),
    )
}
