"""Cuts and draws the sample pictures that ship with the template: the same bytes each time."""
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE.parent.parent / "templates" / "cpp-onnx"
sys.dont_write_bytecode = True  # the template is copied as it lies
sys.path.insert(0, str(TEMPLATE / "scripts"))

from drawn_defects import KINDS, draw  # noqa: E402
from fitting.png import read_picture, write_picture  # noqa: E402

HEIGHT, WIDTH = 240, 320
CONTRAST = 0.4


def main(target):
    photograph = read_picture(HERE / "brick.png")[:, :, 0]
    cut = lambda x, y: photograph[y : y + HEIGHT, x : x + WIDTH]  # noqa: E731
    fitted = [(0, 0), (192, 16), (96, 8), (48, 16), (144, 0), (24, 6)]
    unseen = [(0, 272), (192, 260), (60, 264), (150, 256)]
    for folder in ("images/good", "images/defect", "images/masks", "test/test_images"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    for index, (x, y) in enumerate(fitted, 1):
        write_picture(target / f"images/good/good_{index:02}.png", cut(x, y))
    for index, (x, y) in enumerate(unseen, 1):
        write_picture(target / f"test/test_images/good_{index:02}.png", cut(x, y))
    random = np.random.RandomState(11)
    for index, (kind, shape) in enumerate(KINDS.items()):
        x, y = unseen[-1 - index]
        drawn, _ = draw(cut(x, y), shape((HEIGHT, WIDTH), random), CONTRAST)
        write_picture(target / f"test/test_images/{kind}_01.png", drawn)
        drawn, mask = draw(cut(x, y), shape((HEIGHT, WIDTH), random), CONTRAST)
        write_picture(target / f"images/defect/{kind}_01.png", drawn)
        write_picture(target / f"images/masks/{kind}_01.png", mask.astype(np.uint8) * 255)


main(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATE)
