# A stand-in for TensorRT's Python package: its engines are those of the C++ stand-in.
import os

__version__ = "10.3.0"


class BuilderFlag:
    FP16 = 0
    TF32 = 6


class MemoryPoolType:
    WORKSPACE = 0


class Logger:
    WARNING = 2

    def __init__(self, severity):
        self.severity = severity


class Config:
    def __init__(self):
        self.flags = {BuilderFlag.TF32}

    def set_memory_pool_limit(self, pool, size):
        assert pool == MemoryPoolType.WORKSPACE and size > 0

    def clear_flag(self, flag):
        self.flags.discard(flag)

    def set_flag(self, flag):
        self.flags.add(flag)


class Network:
    model = None


class Builder:
    def __init__(self, logger):
        assert isinstance(logger, Logger)

    def create_network(self, flags):
        assert flags == 0
        return Network()

    def create_builder_config(self):
        return Config()

    def build_serialized_network(self, network, config):
        if os.environ.get("MVAS_STAND_IN_GPU") == "too small":
            return None
        precision = "".join(sorted(str(flag) for flag in config.flags))
        return b"STAND-IN ENGINE\n10.3.0\n" + b"Stand-in GPU" + (f" {precision}".encode() if precision else b"") + b"\n" + network.model


class OnnxParser:
    num_errors = 1

    def __init__(self, network, logger):
        self.network = network

    def parse(self, model):
        self.network.model = model
        return model[:1] == b"\x08"  # an ONNX file starts with its ir_version

    def get_error(self, index):
        return "In node -1: INVALID_GRAPH"
