"""Makes training material from good pictures: harmless variations, and random changes that are not good any more."""
import numpy as np

from .preprocessing import SIZE, resize


def vary(picture, random, aligned):
    """A good picture as the next photograph might look: other distance, side, light, noise."""
    height, width = picture.shape[:2]
    if aligned:
        dy, dx = random.randint(-2, 3, 2)
        shown = np.roll(resize(picture), (dy, dx), (0, 1)).astype(np.float64)
    else:
        zoom = random.uniform(0.5, 1)
        rows = max(int(height * zoom), 1)
        columns = max(min(int(width * zoom * random.uniform(0.9, 1.1)), width), 1)
        y, x = random.randint(height - rows + 1), random.randint(width - columns + 1)
        cut = picture[y : y + rows, x : x + columns]
        cut = cut[:, ::-1] if random.rand() < 0.5 else cut
        cut = cut[::-1] if random.rand() < 0.5 else cut
        shown = resize(cut).astype(np.float64)
    noise = random.randn(SIZE, SIZE, 1) * random.uniform(0, 2)
    return _to_uint8(shown * random.uniform(0.93, 1.07) + random.uniform(-4, 4) + noise)


def change(picture, random, coloured, aligned):
    """Returns the picture with several random changes, and how strong the change is: (256, 256), 0 = untouched."""
    shown = _misplace(picture, random) if aligned else picture.astype(np.float64)
    field = np.zeros((SIZE, SIZE, 3))
    for _ in range(random.randint(6, 14)):
        strength = np.exp(random.uniform(np.log(0.06), np.log(0.6))) * random.choice([-1, 1])
        tint = random.uniform(-1, 1, 3) if coloured and random.rand() < 0.4 else np.ones(3)
        shape = _SHAPES[random.choice(len(_SHAPES), p=_OFTEN)]
        new = strength * shape(random)[:, :, None] * tint
        field = np.where(np.abs(new) > np.abs(field), new, field)
    changed = _to_uint8(shown * (1 + field))
    if not aligned:
        return changed, np.abs(field).max(2)
    return changed, (np.abs(shown * (1 + field) - picture) / np.maximum(picture, 16)).max(2)


def _misplace(picture, random):
    """Good pieces at wrong places: what only a part in a fixture cannot have."""
    shown = picture.astype(np.float64)
    for _ in range(random.randint(1, 4)):
        height, width = random.randint(8, 48, 2)
        (y, y2), (x, x2) = random.randint(0, SIZE - height, 2), random.randint(0, SIZE - width, 2)
        shown[y : y + height, x : x + width] = picture[y2 : y2 + height, x2 : x2 + width]
    return shown


def _to_uint8(values):
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _axes(random):
    """Coordinates about a random centre, turned by a random angle."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] - random.uniform(0, SIZE, 2)[:, None, None]
    angle = random.uniform(0, np.pi)
    return x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)


def _radius(random):
    return np.exp(random.uniform(np.log(2), np.log(16)))


def _blob(random):
    (u, v), radius = _axes(random), _radius(random)
    edge = radius * (1 + 0.4 * _cloud(random, max(3, radius * 0.7)))
    return np.clip((edge - np.hypot(u, v * random.uniform(1, 2.5))) / random.uniform(1, 3) + 0.5, 0, 1)


def _stroke(random):
    u, v = _axes(random)
    width, length = np.exp(random.uniform(np.log(0.6), np.log(2.5))), random.uniform(6, 50)
    bent = v + random.uniform(-0.01, 0.01) * u * u
    return np.clip(width + 0.5 - np.abs(bent), 0, 1) * np.clip((length - np.abs(u)) / 3, 0, 1)


def _bump(random):
    (u, v), radius = _axes(random), 0.6 * _radius(random)
    hill = np.exp(-(u * u + v * v) / (2 * radius**2))
    return hill if random.rand() < 0.3 else hill * u / radius * 1.65


def _grain(random):
    inside = np.hypot(*_axes(random)) < max(_radius(random), 4)
    if random.rand() < 0.3:
        return inside * random.randn(SIZE, SIZE) * 0.7
    return inside * (random.rand(SIZE, SIZE) < random.uniform(0.12, 0.5)) * random.choice([-1, 1], (SIZE, SIZE))


def _cloud(random, period):
    """Smooth noise whose hills are about `period` pixels wide."""
    cells = max(2, int(SIZE / period))
    knots = random.randn(cells + 2, cells + 2)
    place = np.linspace(0, cells + 1 - 1e-6, SIZE)
    first = place.astype(int)
    part = place - first
    part = part * part * (3 - 2 * part)
    second = np.minimum(first + 1, cells + 1)
    rows = knots[first] * (1 - part)[:, None] + knots[second] * part[:, None]
    return rows[:, first] * (1 - part) + rows[:, second] * part


_SHAPES = [_blob, _stroke, _bump, _grain]
_OFTEN = [0.2, 0.45, 0.2, 0.15]
