#!/usr/bin/env python3
"""Builds a TensorRT engine from the ONNX model, for the GPU of this machine.

The plugin does this by itself when it first starts, and keeps the engine in its cache. Build one here to ship it: then the
line PC starts at once, but only with this model of GPU and this version of TensorRT.
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def fail(code, text):
    print(f"build_engine.py: {text}", file=sys.stderr)
    sys.exit(code)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=ROOT / "models/model.onnx", help="ONNX model (default: models/model.onnx)")
    parser.add_argument("--output", type=Path, default=ROOT / "models/model.engine", help="where to (default: models/model.engine)")
    parser.add_argument("--fp16", action="store_true", help="allow floats of 16 bits: faster, other scores; record the golden images again")
    parser.add_argument("--tf32", action="store_true", help="allow TF32, which rounds what is multiplied to 10 bits")
    parser.add_argument("--workspace-mb", type=int, default=1024, help="device memory that building may take (default: 1024)")
    arguments = parser.parse_args()
    if arguments.workspace_mb < 1:
        parser.error("--workspace-mb must be at least 1")
    if not arguments.model.is_file():
        parser.error(f"--model {arguments.model} is no file")
    if arguments.output.suffix == ".onnx":
        parser.error("--output must not end in .onnx: by that the plugin tells a model from an engine")
    return arguments


def import_tensorrt():
    try:
        import tensorrt
    except ImportError as error:
        fail(3, f"the Python package tensorrt cannot be imported ({error}): pip install tensorrt, or use scripts/build_engine.sh with trtexec")
    return tensorrt


def read_network(trt, builder, logger, model):
    # Until 9, explicit batch had to be asked for by the bit 0; later it is all there is.
    network = builder.create_network(1 if int(trt.__version__.split(".")[0]) < 10 else 0)
    parser = trt.OnnxParser(network, logger)
    if not parser.parse(model.read_bytes()):
        reasons = "; ".join(str(parser.get_error(i)) for i in range(parser.num_errors))
        fail(1, f"TensorRT cannot read {model}: {reasons or 'it gives no reason'}")
    # The builder reads weights from the parser's memory.
    return network, parser


def configure(trt, builder, arguments):
    config = builder.create_builder_config()
    config.set_memory_pool_limit(trt.MemoryPoolType.WORKSPACE, arguments.workspace_mb << 20)
    if not arguments.tf32:
        config.clear_flag(trt.BuilderFlag.TF32)
    if arguments.fp16:
        if not hasattr(trt.BuilderFlag, "FP16"):
            fail(2, f"TensorRT {trt.__version__} takes the types of a model as they are: make the ONNX model one of float16 instead of --fp16")
        config.set_flag(trt.BuilderFlag.FP16)
    return config


def main():
    arguments = parse_arguments()
    trt = import_tensorrt()
    logger = trt.Logger(trt.Logger.WARNING)
    builder = trt.Builder(logger)
    if not builder:
        fail(3, "TensorRT does not start: is there an NVIDIA GPU with its driver?")
    network, _parser = read_network(trt, builder, logger, arguments.model)
    plan = builder.build_serialized_network(network, configure(trt, builder, arguments))
    if plan is None:
        fail(1, f"TensorRT cannot build an engine from {arguments.model}; the lines above say why")
    # Whole or not at all: a file that is cut off would be shipped by mistake.
    part = arguments.output.with_name(arguments.output.name + ".part")
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(bytes(plan))
    os.replace(part, arguments.output)
    print(f"built {arguments.output} with TensorRT {trt.__version__}")
    print('to ship it, name it in manifest.json: "model": { "path": "models/model.engine", "fallback": "models/model.onnx", … }')


if __name__ == "__main__":
    main()
