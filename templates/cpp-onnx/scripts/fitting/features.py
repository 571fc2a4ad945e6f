"""Describes every place of a picture by whitened patches of three scales."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .preprocessing import SIZE

GRID = SIZE // 2
LUMINANCE = np.array([0.299, 0.587, 0.114])
CHROMA = np.array([[0.5, -0.4187, -0.0813], [-0.1687, -0.3313, 0.5]])
CLIP = 8.0
NOISE = 1.0  # variance of a grey value that no photograph stays below


class Scale:
    """One bank of filters: which planes, averaged over how many pixels, patch side, number of filters."""

    def __init__(self, planes, pool, side, count):
        self.planes, self.pool, self.side, self.count = planes, pool, side, count
        self.stride = 1 if pool == 4 else 2  # the coarse scales need no more than every second place of the grid
        self.factor = pool * self.stride // 2  # places of the grid that one place covers, each way
        self.mean = self.filters = None

    def patches(self, picture):
        """(h, w, planes·side·side): the neighbourhood of each place of this scale's grid."""
        values = pooled(picture.astype(np.float64) @ self.planes.T, self.pool)
        margin = self.side // 2
        values = np.pad(values, ((margin, margin), (margin, margin), (0, 0)), mode="reflect")
        windows = sliding_window_view(values, (self.side, self.side), axis=(0, 1))[:: self.stride, :: self.stride]
        return windows.reshape(windows.shape[0], windows.shape[1], -1)

    def fit(self, pictures):
        """Learns mean and principal directions of the patches of good pictures."""
        samples = np.concatenate([self.patches(p).reshape(-1, len(self.planes) * self.side**2)[::3] for p in pictures])
        self.mean = samples.mean(0)
        values, vectors = np.linalg.eigh(np.cov((samples - self.mean).T))
        best = np.argsort(-values, kind="stable")[: self.count]
        directions = vectors[:, best] * np.sign(vectors[np.abs(vectors[:, best]).argmax(0), best])
        self.filters = directions / np.sqrt(np.maximum(values[best], 0) + NOISE)

    def describe(self, picture):
        """(128, 128, count): 0 is the good average, 1 the good deviation."""
        described = (self.patches(picture) - self.mean) @ self.filters
        return described.repeat(self.factor, 0).repeat(self.factor, 1)


def pooled(values, factor):
    height, width, planes = values.shape
    return values.reshape(height // factor, factor, width // factor, factor, planes).mean((1, 3))


class Features:
    """All scales together; colour is looked at only when the good pictures have some."""

    def __init__(self, pictures, aligned=False):
        grey = LUMINANCE[None]
        self.scales = [Scale(grey, 1, 7, 48), Scale(grey, 2, 7, 32), Scale(grey, 4, 7, 32)]
        self.coloured = any(np.ptp(p, axis=2).max() > 8 for p in pictures)
        if self.coloured:
            self.scales.append(Scale(CHROMA, 4, 3, 12))
        for scale in self.scales:
            scale.fit(pictures)
        self.places = Places(pictures) if aligned else None

    @property
    def count(self):
        return sum(s.count for s in self.scales) + (Places.count if self.places else 0)

    def describe(self, picture):
        """(128, 128, count) float32 for one (256, 256, 3) uint8 picture; none is beyond ±CLIP, so that none outvotes all others."""
        parts = [s.describe(picture) for s in self.scales]
        if self.places:
            parts.append(self.places.describe(picture))
        return np.clip(np.concatenate(parts, axis=2), -CLIP, CLIP).astype(np.float32)


class Places:
    """For parts in a fixture: how far each place is from its own mean over the good pictures."""

    count = 2
    luminance = LUMINANCE[None]

    def __init__(self, pictures):
        described = np.stack([self._values(p) for p in pictures])
        spread = described.var(0)
        self.mean = described.mean(0)
        self.deviation = np.sqrt(_neighbourhood(spread, 5) + 4 * NOISE)

    @staticmethod
    def _values(picture):
        grey = picture.astype(np.float64) @ LUMINANCE[:, None]
        return np.concatenate([pooled(grey, 2), pooled(grey, 4).repeat(2, 0).repeat(2, 1)], axis=2)

    def describe(self, picture):
        return (self._values(picture) - self.mean) / self.deviation


def _neighbourhood(values, side):
    margin = side // 2
    values = np.pad(values, ((margin, margin), (margin, margin), (0, 0)), mode="edge")
    return sliding_window_view(values, (side, side), axis=(0, 1)).mean((-1, -2))
