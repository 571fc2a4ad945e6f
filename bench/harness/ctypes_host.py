# A host in Python's ctypes with fresh structs for each call, as people write it. Prints JSON, ns.
import ctypes
import json
import sys
import time


class Image(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("width", ctypes.c_int32), ("height", ctypes.c_int32),
                ("channels", ctypes.c_int32), ("stride", ctypes.c_int32), ("format", ctypes.c_char_p)]


class Result(ctypes.Structure):
    _fields_ = [("decision", ctypes.c_char_p), ("confidence", ctypes.c_float), ("anomaly_score", ctypes.c_float),
                ("inference_time_ms", ctypes.c_float), ("anomaly_map", ctypes.c_void_p), ("map_width", ctypes.c_int32),
                ("map_height", ctypes.c_int32), ("bboxes", ctypes.c_void_p), ("num_bboxes", ctypes.c_int32),
                ("visualization", ctypes.c_void_p), ("viz_width", ctypes.c_int32), ("viz_height", ctypes.c_int32),
                ("details_json", ctypes.c_char_p)]


library, calls = ctypes.CDLL(sys.argv[1]), int(sys.argv[2])
library.mvas_infer.argtypes = [ctypes.POINTER(Image), ctypes.POINTER(Result)]
library.mvas_init(b"", b"{}")
pixels = ctypes.create_string_buffer(640 * 480 * 3)
address = ctypes.addressof(pixels)
rounds = []
for _ in range(200):
    start = time.perf_counter_ns()
    for _ in range(calls):
        image = Image(address, 640, 480, 3, 1920, b"RGB")
        result = Result()
        library.mvas_infer(ctypes.byref(image), ctypes.byref(result))
    rounds.append((time.perf_counter_ns() - start) / calls)
print(json.dumps({"call": min(rounds)}))
