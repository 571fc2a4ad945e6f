"""Fits an anomaly detector to photographs of good parts: the parts of fit_model.py."""
