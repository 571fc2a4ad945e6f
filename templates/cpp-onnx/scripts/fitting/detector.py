"""The detector: features, a network that reads them, and the two margins that good pictures keep."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .changes import change, vary
from .features import GRID, Features
from .network import Network
from .preprocessing import resize

VARIED = 72  # training pictures
PER_PICTURE = 4000  # places taken from each
ROUNDS = 4  # after each but the last, the good places that look worst are added
SEARCHED = 60  # good pictures searched for them
STEPS = 1500  # of the optimiser, in each round
LINE = 9  # places averaged along a line
DIRECTIONS = 8
FAR = 6.0  # how steeply a place counts that is unlike anything seen: a good one stays below 2/3 of `distance`


class Detector:
    """Fitted by `fit`; `logits(picture)` gives 0 at the margin of the good pictures, more where it looks worse."""

    def __init__(self, features, network, margin=0.0, distance=np.inf):
        self.features, self.network = features, network
        self.margin, self.distance = margin, distance

    def raw(self, picture):
        """(128, 128) network's logit averaged along the best line, and (128, 128) mean squared feature."""
        described = self.features.describe(picture)
        logits = self.network.logits(described)
        lines = _windows(logits, LINE).reshape(GRID, GRID, -1) @ line_filters().reshape(DIRECTIONS, -1).T
        return lines.max(2), _squared(described).repeat(2, 0).repeat(2, 1)

    def logits(self, picture):
        """(128, 128) for a (256, 256, 3) uint8 picture."""
        line, squared = self.raw(picture)
        return np.maximum(line - self.margin, FAR * (squared / self.distance - 1))

    def anomaly_map(self, picture):
        """(256, 256) in 0..1: what the exported model gives."""
        return _doubled(_doubled(1 / (1 + np.exp(-self.logits(picture)))).T).T


def fit(pictures, aligned=False, seed=0, say=print):
    """Fits a Detector to good pictures of any size, (h, w, 3) uint8."""
    random = np.random.RandomState(seed)
    still = [resize(p) for p in pictures]
    features = Features(still + [vary(p, random, aligned) for p in pictures], aligned)
    say(f"  {features.count} filters learned from {len(pictures)} good pictures")
    inputs, labels = _material(pictures, still, features, aligned, random)
    network = Network([features.count, 48, 16, 1], random)
    for turn in range(ROUNDS):
        network.train(inputs, labels, STEPS, 2e-3 if turn == 0 else 1e-3, random)
        say(f"  round {turn + 1} of {ROUNDS}: {len(labels)} places")
        if turn < ROUNDS - 1:
            searched = (features.describe(vary(pictures[i % len(pictures)], random, aligned)) for i in range(SEARCHED))
            hard = np.concatenate([_worst(network, described.reshape(GRID * GRID, -1)) for described in searched])
            hard = hard[random.randint(0, len(hard), VARIED * PER_PICTURE // 4)]
            inputs, labels = np.concatenate([inputs, hard]), np.concatenate([labels, np.zeros(len(hard))])
    detector = Detector(features, network)
    detector.margin, detector.distance = _margins(detector, still, pictures, aligned, random)
    return detector


def _material(pictures, still, features, aligned, random):
    """Features and labels of changed and untouched places."""
    inputs, labels = [], []
    for index in range(VARIED):
        one = index % len(pictures)
        picture = still[one] if index % 3 == 0 else vary(pictures[one], random, aligned)
        changed, strength = change(picture, random, features.coloured, aligned)
        strength = strength.reshape(GRID, 2, GRID, 2).max((1, 3))
        near = _windows(strength, 3).max((2, 3))
        bad, clean = np.flatnonzero(strength > 0.05), np.flatnonzero(near < 0.004)
        described = features.describe(changed).reshape(GRID * GRID, -1)
        untouched = features.describe(picture).reshape(GRID * GRID, -1)
        for places, source, label in [
            (_some(bad, PER_PICTURE // 4, random), described, 1),
            (_some(clean, PER_PICTURE // 4, random), described, 0),
            (random.permutation(GRID * GRID)[: PER_PICTURE // 2], untouched, 0),
        ]:
            inputs.append(source[places])
            labels.append(np.full(len(places), label))
    return np.concatenate(inputs), np.concatenate(labels)


def _worst(network, places):
    return places[np.argsort(-network.logits(places), kind="stable")[: len(places) // 200]]


def _some(places, count, random):
    return places[random.permutation(len(places))[:count]]


def _squared(described):
    """(64, 64): the mean squared feature about every second place."""
    return _windows((described[::2, ::2] ** 2).mean(2), 3).mean((2, 3))


def _margins(detector, still, pictures, aligned, random):
    """Where good ends: a little beyond what the pictures and variations of them reach (four robust deviations)."""
    looked_at = still + [vary(p, random, aligned) for p in pictures for _ in range(3)]
    peaks = np.array([[m.max() for m in detector.raw(p)] for p in looked_at])
    middle = np.median(peaks[:, 0])
    deviation = 1.4826 * np.median(np.abs(peaks[:, 0] - middle))
    return middle + 4 * max(deviation, 0.25), 1.5 * peaks[:, 1].max()


def line_filters():
    """(8, 9, 9): averages along lines of nine places in eight directions."""
    half = LINE // 2
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    filters = []
    for index in range(DIRECTIONS):
        angle = np.pi * index / DIRECTIONS
        along, off = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
        line = np.clip(1.5 - np.abs(off), 0, 1) * (np.abs(along) <= half + 0.01)
        filters.append(line / line.sum())
    return np.stack(filters)


def _windows(values, side):
    margin = side // 2
    return sliding_window_view(np.pad(values, margin, mode="reflect"), (side, side))


def _doubled(values):
    """Twice as many rows, in between linearly."""
    above, below = np.vstack([values[:1], values[:-1]]), np.vstack([values[1:], values[-1:]])
    return np.stack([0.75 * values + 0.25 * above, 0.75 * values + 0.25 * below], 1).reshape(-1, values.shape[1])
