"""Brings a picture to the model's input, value for value as the plugin's own preprocessing does."""
import numpy as np

SIZE = 256
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
STD = np.array([0.229, 0.224, 0.225], np.float32)


def taps(size, target=SIZE):
    """For each target position: left index, right index, weight of the right one in 1/2048.

    Pixel centres lie at one half, as in cv::INTER_LINEAR; whole numbers only, so that every language agrees.
    """
    place = np.maximum((2 * np.arange(target) + 1) * size - target, 0)
    left = np.minimum(place // (2 * target), size - 1)
    weight = ((place - left * 2 * target) * 2048 + target) // (2 * target)
    right = np.minimum(left + 1, size - 1)
    return left, right, weight


def resize(picture, height=SIZE, width=SIZE):
    """Stretches a (h, w, c) uint8 picture to (height, width, c) uint8, rounded half up."""
    left, right, weight = taps(picture.shape[1], width)
    top, bottom, down = taps(picture.shape[0], height)
    weight, down = weight[None, :, None], down[:, None, None]
    source = picture.astype(np.int64)
    across = source[:, left] * (2048 - weight) + source[:, right] * weight
    return ((across[top] * (2048 - down) + across[bottom] * down + (1 << 21)) >> 22).astype(np.uint8)


def to_input(picture):
    """Returns the tensor the model takes: (1, 3, 256, 256) float32."""
    scaled = (resize(picture).astype(np.float32) / np.float32(255) - MEAN) / STD
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])
