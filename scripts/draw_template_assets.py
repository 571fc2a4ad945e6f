"""Draws the icon and composes the preview of templates/cpp-onnx.

    python scripts/draw_template_assets.py <photograph.png> <the plugin's heat map of it.png>
"""
import sys
from pathlib import Path

import numpy as np

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "cpp-onnx"
sys.dont_write_bytecode = True  # the template is copied as it lies
sys.path.insert(0, str(TEMPLATE / "scripts"))

from fitting.png import read_picture, write_picture  # noqa: E402

FINE = 4  # drawn this much larger, then averaged, so that edges are smooth
SIZE = 256 * FINE
Y, X = np.mgrid[0:SIZE, 0:SIZE] / FINE + 0.5 / FINE
JOINT, BRICK, WHITE = (30, 33, 62), (66, 74, 118), (244, 246, 252)
HEAT = [(0.0, (120, 210, 90)), (0.35, (240, 225, 60)), (0.65, (246, 130, 32)), (1.0, (205, 20, 30))]


def paint(canvas, inside, colour):
    canvas[inside] = colour


def rounded(x1, y1, x2, y2, radius):
    dx = np.maximum(np.maximum(x1 + radius - X, X - x2 + radius), 0)
    dy = np.maximum(np.maximum(y1 + radius - Y, Y - y2 + radius), 0)
    return np.hypot(dx, dy) <= radius


def bricks(canvas):
    canvas[:] = JOINT
    for row, top in enumerate(range(-16, 256, 48)):
        for left in range(-96 if row % 2 else -48, 256, 96):
            paint(canvas, rounded(left + 4, top + 4, left + 92, top + 44, 5), BRICK)


def hot_spot(canvas, cx, cy, radius):
    distance = np.hypot(X - cx, Y - cy) * (1 + 0.08 * np.sin(3 * np.arctan2(Y - cy, X - cx))) / radius
    heat = np.clip(1.15 - distance, 0, 1)
    colour = np.stack([np.interp(heat, [h for h, _ in HEAT], [c[i] for _, c in HEAT]) for i in range(3)], 2)
    part = (np.clip(heat * 3, 0, 1))[:, :, None]
    canvas[:] = canvas * (1 - part) + colour * part


def corners(canvas, cx, cy, reach, length, width):
    """The four corners of a frame, as a camera's viewfinder has them."""
    for sx in (-1, 1):
        for sy in (-1, 1):
            ex, ey = cx + sx * reach, cy + sy * reach
            for tx, ty in ((ex - sx * length, ey), (ex, ey - sy * length)):
                x1, x2 = sorted((ex, tx))
                y1, y2 = sorted((ey, ty))
                paint(canvas, rounded(x1 - width / 2, y1 - width / 2, x2 + width / 2, y2 + width / 2, width / 2), WHITE)


def icon():
    canvas = np.zeros((SIZE, SIZE, 3))
    bricks(canvas)
    hot_spot(canvas, 128, 128, 54)
    corners(canvas, 128, 128, 80, 36, 11)
    return np.rint(canvas.reshape(256, FINE, 256, FINE, 3).mean((1, 3))).astype(np.uint8)


def preview(photograph, heat_map):
    gap = np.full((photograph.shape[0], 8, 3), 255, np.uint8)
    return np.hstack([photograph, gap, heat_map])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write_picture(TEMPLATE / "assets/icon.png", icon())
    write_picture(TEMPLATE / "assets/preview.png", preview(read_picture(sys.argv[1]), read_picture(sys.argv[2])))
