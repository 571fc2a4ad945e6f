"""How well scores separate good from defective: AUROC, a threshold, and pictures of the maps to look at."""
import numpy as np

from .png import write_picture


def auroc(good, defect):
    """Probability that a defect scores higher than a good one (ties count half)."""
    good, defect = np.sort(np.ravel(good)), np.ravel(defect)
    below, not_above = np.searchsorted(good, defect, "left"), np.searchsorted(good, defect, "right")
    return float((below + not_above).sum() / (2 * len(good) * len(defect)))


def suggest_threshold(good, defect):
    """Half way between the sides when they are apart, else where the fewest pictures are judged wrongly."""
    if max(good) < min(defect):
        return (max(good) + min(defect)) / 2
    candidates = sorted(set(good) | set(defect))
    wrong = [sum(g >= c for g in good) + sum(d < c for d in defect) for c in candidates]
    return candidates[int(np.argmin(wrong))]


def draw_map(path, picture, anomaly_map):
    """Writes picture and map side by side: the map goes from dark over red to yellow."""
    strength = np.clip(anomaly_map, 0, 1)[:, :, None]
    colours = np.clip(np.concatenate([strength * 2, strength * 2 - 1, np.zeros_like(strength)], 2), 0, 1)
    write_picture(path, np.hstack([picture, np.rint(colours * 255).astype(np.uint8)]))
