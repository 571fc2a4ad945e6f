"""Writes a Detector as an ONNX file: 1x3x256x256 (ImageNet mean and std applied) to 1x256x256 in 0..1."""
import os
from functools import reduce

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

from .detector import DIRECTIONS, FAR, LINE, line_filters
from .features import CLIP
from .preprocessing import MEAN, SIZE, STD

OPSET, IR_VERSION = 17, 8  # what ONNX Runtime 1.17 and later load


class Graph:
    """Collects nodes; each method adds one and returns the name of its output."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, values, kind=np.float32):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, kind), name))
        return name

    def add(self, operator, *inputs, output=None, **attributes):
        name = output or f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def padded(self, name, margin, mode="reflect"):
        return self.add("Pad", name, self.constant([0, 0, margin, margin] * 2, np.int64), mode=mode)

    def convolved(self, name, filters, bias, stride=1):
        return self.add("Conv", name, self.constant(filters), self.constant(bias), strides=[stride, stride])

    def enlarged(self, name, factor, mode, output=None):
        options = {"mode": mode, "coordinate_transformation_mode": "half_pixel" if mode == "linear" else "asymmetric"}
        if mode == "nearest":
            options["nearest_mode"] = "floor"
        return self.add("Resize", name, "", self.constant([1, 1, factor, factor]), output=output, **options)


def write_model(detector, path):
    """Writes the file in one step; the same detector gives the same bytes."""
    graph = Graph()
    parts = _parts(graph, detector.features)
    line = graph.add("Sub", _line_logits(graph, parts, detector.network), graph.constant(detector.margin))
    far = graph.add("Mul", _squared(graph, parts), graph.constant(FAR / detector.distance))
    logits = graph.add("Max", line, graph.add("Sub", far, graph.constant(FAR)))
    large = graph.enlarged(graph.add("Sigmoid", logits), 2, "linear")
    graph.add("Squeeze", large, graph.constant([1], np.int64), output="anomaly_map")
    body = helper.make_graph(
        graph.nodes,
        "anomaly_map",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, SIZE, SIZE])],
        [helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, [1, SIZE, SIZE])],
        graph.constants,
    )
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="fit_model")
    model.ir_version = IR_VERSION
    checker.check_model(model)
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(model.SerializeToString(deterministic=True))
    os.replace(temporary, path)


def _parts(graph, features):
    """The features in groups, each on its own grid: [(name of the tensor, number of features, how much to enlarge it)]."""
    limits = graph.constant(-CLIP), graph.constant(CLIP)
    parts = [(_scale(graph, scale, limits), scale.count, scale.factor) for scale in features.scales]
    if features.places:
        parts.append((graph.add("Clip", _places(graph, features.places), *limits), features.places.count, 1))
    return parts


def _sum(graph, names):
    """One convolution for each part and their sum is faster than one over all, for which the parts would be copied side by side."""
    return reduce(lambda total, name: graph.add("Add", total, name), names)


def _planes(graph, planes, pool):
    """Undoes mean and std, and mixes R, G, B (0..255) to the given planes; for so few, one product is faster than a convolution."""
    flat = graph.add("Reshape", "image", graph.constant([3, SIZE * SIZE], np.int64))
    offset = (planes * MEAN * 255).sum(1, keepdims=True)
    mixed = graph.add("Gemm", graph.constant(planes * STD * 255), flat, graph.constant(offset))
    name = graph.add("Reshape", mixed, graph.constant([1, len(planes), SIZE, SIZE], np.int64))
    return name if pool == 1 else graph.add("AveragePool", name, kernel_shape=[pool, pool], strides=[pool, pool])


def _scale(graph, scale, limits):
    filters = scale.filters.T.reshape(scale.count, len(scale.planes), scale.side, scale.side)
    name = graph.padded(_planes(graph, scale.planes, scale.pool), scale.side // 2)
    return graph.add("Clip", graph.convolved(name, filters, -scale.mean @ scale.filters, scale.stride), *limits)


def _places(graph, places):
    grey = places.luminance
    fine = _planes(graph, grey, 2)
    coarse = graph.enlarged(_planes(graph, grey, 4), 2, "nearest")
    centred = graph.add("Sub", graph.add("Concat", fine, coarse, axis=1), graph.constant(places.mean.transpose(2, 0, 1)[None]))
    return graph.add("Div", centred, graph.constant(places.deviation.transpose(2, 0, 1)[None]))


def _line_logits(graph, parts, network):
    name = _first_layer(graph, parts, network.weights[0], network.biases[0])
    for weight, bias in zip(network.weights[1:], network.biases[1:]):
        name = _layer(graph, graph.add("Relu", name), weight, bias)
    name = graph.convolved(graph.padded(name, LINE // 2), line_filters()[:, None], np.zeros(DIRECTIONS))
    return graph.add("ReduceMax", name, axes=[1], keepdims=1)


def _first_layer(graph, parts, weights, bias):
    """A part that is to be enlarged is so after its convolution, which has a quarter of the work then."""
    layers = {1: [], 2: []}
    for (name, _, factor), weight in zip(parts, np.split(weights, np.cumsum([count for _, count, _ in parts])[:-1])):
        layers[factor].append(_layer(graph, name, weight, bias))
        bias = np.zeros_like(bias)  # once is enough
    return _sum(graph, [graph.enlarged(_sum(graph, layers[2]), 2, "nearest"), *layers[1]])


def _layer(graph, name, weight, bias):
    return graph.convolved(name, weight.T[:, :, None, None], bias)


def _squared(graph, parts):
    """The mean over the features as 1x1 convolutions: seven times as fast as ReduceMean."""
    share = 1 / sum(count for _, count, _ in parts)
    halved = [(_every_second(graph, name) if factor == 1 else name, count) for name, count, factor in parts]
    squares = [(graph.add("Mul", name, name), np.full((1, count, 1, 1), share)) for name, count in halved]
    mean = graph.padded(_sum(graph, [graph.convolved(square, filters, [0]) for square, filters in squares]), 1)
    return graph.enlarged(graph.add("AveragePool", mean, kernel_shape=[3, 3], strides=[1, 1]), 2, "nearest")


def _every_second(graph, name):
    return graph.add("MaxPool", name, kernel_shape=[1, 1], strides=[2, 2])
