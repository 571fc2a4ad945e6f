#!/usr/bin/env python3
"""Fits models/model.onnx to photographs of good parts. Needs numpy and onnx; no GPU, no deep-learning framework.

    python scripts/fit_model.py --good images/good --defect images/defect --output models/model.onnx
"""
import argparse
import os
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True  # leaves nothing behind in the project
for library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # small sums: more threads are slower, and add in another order

try:
    import numpy as np
    from fitting.detector import fit
    from fitting.graph import write_model
    from fitting.judgement import auroc, draw_map, suggest_threshold
    from fitting.png import PictureError, read_picture
    from fitting.preprocessing import resize
except ImportError as missing:
    print(f"fit_model: {missing}\nrun: pip install numpy onnx", file=sys.stderr)
    sys.exit(3)

PICTURES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"}


def arguments():
    parser = argparse.ArgumentParser(description="Fit an anomaly detector to photographs of good parts.")
    parser.add_argument("--good", type=Path, required=True, help="folder of good parts; 20 are better than 5")
    parser.add_argument("--test-good", type=Path, help="good parts that were not fitted on, for honest figures")
    parser.add_argument("--defect", type=Path, help="folder of defective parts, only for the figures")
    parser.add_argument("--masks", type=Path, help="white where the defect is, same file names; default: masks/ beside --defect")
    parser.add_argument("--aligned", action="store_true", help="the part lies in a fixture: learn every place for itself")
    parser.add_argument("--output", type=Path, default=Path("models/model.onnx"))
    parser.add_argument("--maps", type=Path, default=Path("reports/fit"), help="where maps of the worst pictures go")
    parser.add_argument("--seed", type=int, default=0, help="the same seed and pictures give the same model")
    return parser.parse_args()


def read_folder(folder):
    """Returns {file name: picture}, in the order of names."""
    if not folder.is_dir():
        raise PictureError(f"{folder} is not a folder; make it and put pictures in")
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in PICTURES)
    if not files:
        raise PictureError(f"{folder} holds no picture ({', '.join(sorted(PICTURES))})")
    pictures = {p.name: read_picture(p) for p in files}
    for name, picture in pictures.items():
        if min(picture.shape[:2]) < 8:
            raise PictureError(f"{folder / name} is {picture.shape[1]}x{picture.shape[0]}; use pictures of at least 8x8 pixels")
    return pictures


def judge(options, maps_of_good, maps_of_defects):
    """Prints how well good and defective pictures are told apart."""
    good = {name: m.max() for name, m in maps_of_good.items()}
    print(f"good pictures: highest score {max(good.values()):.3f} ({max(good, key=good.get)})")
    if not maps_of_defects:
        print("suggested threshold 0.5 (give --defect to have it judged)")
        return
    defect = {name: m.max() for name, m in maps_of_defects.items()}
    print(f"defective pictures: lowest score {min(defect.values()):.3f} ({min(defect, key=defect.get)})")
    unseen = "" if options.test_good else "  (the good ones are those it was fitted on: flattering; give --test-good)"
    print(f"AUROC image {auroc(list(good.values()), list(defect.values())):.3f}{unseen}")
    print(f"AUROC pixel {pixel_auroc(options, maps_of_good, maps_of_defects)}")
    print(f"suggested threshold {suggest_threshold(list(good.values()), list(defect.values())):.2f}")


def pixel_auroc(options, maps_of_good, maps_of_defects):
    folder = options.masks or options.defect.parent / "masks"
    masks = {name: folder / name for name in maps_of_defects if (folder / name).is_file()}
    if not masks:
        return f"n/a (no masks in {folder})"
    marked = {name: resize(read_picture(path))[:, :, 0] > 127 for name, path in masks.items()}
    clean = [maps_of_defects[name][~mask] for name, mask in marked.items()] + [m.ravel() for m in maps_of_good.values()]
    return f"{auroc(np.concatenate(clean), np.concatenate([maps_of_defects[n][m] for n, m in marked.items()])):.3f}"


def draw_worst(folder, pictures, maps, highest):
    """Draws the four maps that one would look at first; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    worst = sorted(maps, key=lambda name: maps[name].max(), reverse=highest)[:4]
    for name in worst:
        draw_map(folder / f"{Path(name).stem}.map.png", resize(pictures[name]), maps[name])
    return len(worst)


def main():
    options = arguments()
    good = read_folder(options.good)
    if len(good) < 3:
        raise PictureError(f"{options.good} holds {len(good)} picture(s); at least 3 good ones are needed, 20 are better")
    test_good = read_folder(options.test_good) if options.test_good else good
    defect = read_folder(options.defect) if options.defect else {}
    started = time.monotonic()
    print(f"fitting to {options.good}")
    detector = fit(list(good.values()), options.aligned, options.seed)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    write_model(detector, options.output)
    print(f"wrote {options.output} ({options.output.stat().st_size / 1024:.0f} KiB) in {time.monotonic() - started:.0f} s")
    maps_of_good = {name: detector.anomaly_map(resize(p)) for name, p in test_good.items()}
    maps_of_defects = {name: detector.anomaly_map(resize(p)) for name, p in defect.items()}
    judge(options, maps_of_good, maps_of_defects)
    drawn = draw_worst(options.maps / "good", test_good, maps_of_good, True)
    drawn += draw_worst(options.maps / "defect", defect, maps_of_defects, False) if defect else 0
    print(f"drew the maps of the {drawn} worst pictures to {options.maps}")


if __name__ == "__main__":
    try:
        main()
    except (PictureError, OSError) as error:
        print(f"fit_model: {error}", file=sys.stderr)
        sys.exit(2)
