"""Draws defects onto photographs: what the evaluation and the template's sample pictures are made with.

Contrast c multiplies the grey value of a place by 1 + c or 1 - c where the defect is full; the edges are soft.
The shapes are not those that the fitting script trains with: it never sees this file.
"""
import numpy as np


def scratch(shape, random):
    """A bent line about two pixels wide, 50 to 90 pixels long, bright or dark."""
    height, width = shape
    y, x = _grid(shape)
    angle, length = random.uniform(0, np.pi), random.uniform(25, 45)
    cx, cy = random.uniform(60, width - 60), random.uniform(50, height - 50)
    along = (x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)
    off = (y - cy) * np.cos(angle) - (x - cx) * np.sin(angle) + random.uniform(-0.004, 0.004) * along**2
    return random.choice([-1, 1]) * np.clip(1.6 - np.abs(off), 0, 1) * np.clip((length - np.abs(along)) / 4, 0, 1)


def spot(shape, random):
    """A dark spot of 10 to 18 pixels with three bulges."""
    dy, dx = _about(shape, random)
    edge = random.uniform(5, 9) * (1 + 0.2 * np.sin(3 * np.arctan2(dy, dx) + random.uniform(0, 6)))
    return -np.clip((edge - np.hypot(dx, dy)) / 1.5 + 0.5, 0, 1)


def dent(shape, random):
    """A hollow of about 20 pixels: dark on the side of the light, bright on the other, without an edge."""
    dy, dx = _about(shape, random)
    radius, light = random.uniform(4.5, 7), random.uniform(0, 2 * np.pi)
    slope = (dx * np.cos(light) + dy * np.sin(light)) / radius
    return 1.65 * slope * np.exp(-(dx**2 + dy**2) / (2 * radius**2))


def pixel(shape, random):
    """Fourteen single bright and dark pixels within nine by nine."""
    height, width = shape
    field = np.zeros(shape)
    cy, cx = random.randint(30, height - 30), random.randint(30, width - 30)
    for _ in range(14):
        field[cy + random.randint(-4, 5), cx + random.randint(-4, 5)] = random.choice([-1, 1])
    return field


KINDS = {"scratch": scratch, "spot": spot, "dent": dent, "pixel": pixel}


def draw(picture, field, contrast):
    """(h, w) uint8 and (h, w) in -1..1; returns the picture with the defect, and where it is."""
    drawn = np.clip(np.rint(picture * (1 + contrast * field)), 0, 255).astype(np.uint8)
    return drawn, np.abs(field) > 0.3


def _grid(shape):
    return np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float64)


def _about(shape, random):
    y, x = _grid(shape)
    return y - random.uniform(30, shape[0] - 30), x - random.uniform(30, shape[1] - 30)
