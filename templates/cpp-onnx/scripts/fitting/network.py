"""A small network that tells good places from changed ones: training by Adam, in double precision so that it repeats."""
import numpy as np

BATCH = 1024


class Network:
    """Fully connected, ReLU between the layers, one output: the logit of 'not good'."""

    def __init__(self, sizes, random):
        self.weights = [random.randn(a, b) * np.sqrt(2 / a) for a, b in zip(sizes, sizes[1:])]
        self.biases = [np.zeros(b) for b in sizes[1:]]

    def logits(self, features):
        return self._layers(features)[-1][..., 0]

    def _layers(self, features):
        values = [features]
        for weight, bias in zip(self.weights, self.biases):
            values.append(np.maximum(values[-1] @ weight + bias, 0))
        values[-1] = values[-2] @ self.weights[-1] + self.biases[-1]
        return values

    def train(self, features, labels, steps, rate, random):
        """features (n, f), labels (n,) 0 or 1; minimises the cross entropy."""
        parameters = self.weights + self.biases
        first = [np.zeros_like(p) for p in parameters]
        second = [np.zeros_like(p) for p in parameters]
        for step in range(1, steps + 1):
            chosen = random.randint(0, len(features), BATCH)
            gradients = self._gradients(features[chosen].astype(np.float64), labels[chosen])
            pace = rate * (0.5 + 0.5 * np.cos(np.pi * step / steps))
            for parameter, gradient, m, v in zip(parameters, gradients, first, second):
                m += 0.1 * (gradient - m)
                v += 0.001 * (gradient * gradient - v)
                parameter -= pace * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)

    def _gradients(self, features, labels):
        layers = self._layers(features)
        back = ((1 / (1 + np.exp(-layers[-1][:, 0])) - labels) / len(labels))[:, None]
        of_weights, of_biases = [], []
        for index in range(len(self.weights) - 1, -1, -1):
            of_weights.append(layers[index].T @ back)
            of_biases.append(back.sum(0))
            if index > 0:
                back = (back @ self.weights[index].T) * (layers[index] > 0)
        return of_weights[::-1] + of_biases[::-1]
