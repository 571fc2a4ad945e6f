"""Fits the template's model to its own pictures and prints how well unseen crops with drawn defects are found."""
import os
import sys
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as fit_model.py has it
import numpy as np  # noqa: E402

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE.parent.parent / "templates" / "cpp-onnx"
sys.dont_write_bytecode = True  # the template is copied as it lies
sys.path.insert(0, str(TEMPLATE / "scripts"))

from drawn_defects import KINDS, draw  # noqa: E402
from fitting.detector import fit  # noqa: E402
from fitting.judgement import auroc  # noqa: E402
from fitting.png import read_picture  # noqa: E402
from fitting.preprocessing import resize  # noqa: E402

HEIGHT, WIDTH = 240, 320
CROPS = 40


def unseen_crops(count, random):
    """Crops of the lower half of the photograph; the pictures fitted to come from the upper half."""
    lower = read_picture(HERE / "brick.png")[256:, :, 0]
    for _ in range(count):
        y, x = random.randint(lower.shape[0] - HEIGHT + 1), random.randint(lower.shape[1] - WIDTH + 1)
        yield lower[y : y + HEIGHT, x : x + WIDTH]


def as_input(picture):
    return resize(picture[:, :, None].repeat(3, 2))


def main():
    random = np.random.RandomState(1)
    started, used = time.monotonic(), time.process_time()
    detector = fit([read_picture(p) for p in sorted((TEMPLATE / "images" / "good").glob("*.png"))], say=lambda _: None)
    print(f"fitted in {time.monotonic() - started:.0f} s ({time.process_time() - used:.0f} s of one core)")
    good = [detector.anomaly_map(as_input(crop)).max() for crop in unseen_crops(CROPS, random)]
    print(f"{CROPS} good crops: {sum(s < 0.3 for s in good)} pass, {sum(0.3 <= s < 0.5 for s in good)} review, {sum(s >= 0.5 for s in good)} fail")
    print("contrast  defect   image AUROC  pixel AUROC  pass review fail")
    for contrast in (0.4, 0.25):
        for kind, shape in KINDS.items():
            scores, inside, outside = [], [], []
            for crop in unseen_crops(CROPS, random):
                drawn, mask = draw(crop, shape(crop.shape, random), contrast)
                heat, marked = detector.anomaly_map(as_input(drawn)), as_input(mask.astype(np.uint8) * 255)[:, :, 0] > 127
                scores.append(heat.max())
                inside.append(heat[marked])
                outside.append(heat[~marked][::7])
            found = [sum(s < 0.3 for s in scores), sum(0.3 <= s < 0.5 for s in scores), sum(s >= 0.5 for s in scores)]
            pixels = auroc(np.concatenate(outside), np.concatenate(inside))
            print(f"{contrast:8}  {kind:8} {auroc(good, scores):11.3f}  {pixels:11.3f}  {found[0]:4} {found[1]:6} {found[2]:4}", flush=True)


main()
