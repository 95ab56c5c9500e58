"""The peer of our feature extraction: the same ten frame features, and optical flow, as a Python programmer writes them
with NumPy and OpenCV. Reads frames (uint16, little-endian, hundredths of a kelvin), prints one JSON object.

Usage: peer-features.py FRAMES.bin WIDTH HEIGHT RUNS
"""

import json
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)
ZERO_CELSIUS = 27315


def gradient_magnitude(t):
    """Central differences, one-sided at the borders, as numpy.gradient, in half its time."""
    gx = np.empty_like(t)
    gy = np.empty_like(t)
    gx[:, 1:-1] = (t[:, 2:] - t[:, :-2]) * 0.5
    gx[:, 0] = t[:, 1] - t[:, 0]
    gx[:, -1] = t[:, -1] - t[:, -2]
    gy[1:-1] = (t[2:] - t[:-2]) * 0.5
    gy[0] = t[1] - t[0]
    gy[-1] = t[-1] - t[-2]
    return cv2.magnitude(gx, gy)


def mean_and_std(values):
    mean, std = cv2.meanStdDev(values)
    return mean[0, 0], std[0, 0]


def percentile_and_median(t):
    """The 95th percentile with linear interpolation, and the median, by one partial sort."""
    n = t.size
    at95, at50 = 0.95 * (n - 1), 0.5 * (n - 1)
    i95, i50 = int(at95), int(at50)
    part = np.partition(t.ravel(), [i50, i50 + 1, i95, i95 + 1])
    p95 = part[i95] + (at95 - i95) * (float(part[i95 + 1]) - float(part[i95]))
    median = part[i50] + (at50 - i50) * (float(part[i50 + 1]) - float(part[i50]))
    return p95, median


def largest_blob(hot):
    count, _, stats, _ = cv2.connectedComponentsWithStats(hot, connectivity=8)
    return int(stats[1:, cv2.CC_STAT_AREA].max()) if count > 1 else 0


def features(frame, previous):
    t = frame.astype(np.float32)
    mean, std = mean_and_std(t)
    p95, median = percentile_and_median(t)
    threshold = max(ZERO_CELSIUS + 4000, min(median + 800, ZERO_CELSIUS + 8000))
    hot = (t >= threshold).astype(np.uint8)
    area = int(cv2.countNonZero(hot))
    blob = largest_blob(hot) if area > 1 else area
    gradient_mean, gradient_std = mean_and_std(gradient_magnitude(t))
    difference_mean, difference_std = mean_and_std(cv2.absdiff(frame, previous))
    celsius = lambda counts: (float(counts) - ZERO_CELSIUS) / 100
    return [
        celsius(mean),
        std / 100,
        celsius(t.max()),
        celsius(p95),
        100 * area / t.size,
        100 * blob / t.size,
        gradient_mean / 100,
        gradient_std / 100,
        difference_mean / 100,
        difference_std / 100,
    ]


def grey(frame):
    """Optical flow wants 8 bits: 25 K about the frame's median at a tenth of a kelvin, as is usual."""
    low = float(np.median(frame)) - 1250
    return np.clip((frame.astype(np.float32) - low) * 0.1, 0, 255).astype(np.uint8)


def farneback(a, b):
    flow = cv2.calcOpticalFlowFarneback(a, b, None, 0.5, 3, 15, 3, 5, 1.2, 0)
    return mean_and_std(cv2.magnitude(flow[..., 0], flow[..., 1]))


dis_engine = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_FAST)


def dis(a, b):
    flow = dis_engine.calc(a, b, None)
    return mean_and_std(cv2.magnitude(flow[..., 0], flow[..., 1]))


def run(frames, flow):
    """One pass over all frames; wall and CPU seconds per frame, and the features of each."""
    values = []
    previous = frames[0]
    previous_grey = grey(previous) if flow else None
    wall, cpu = time.perf_counter(), time.process_time()
    for frame in frames[1:]:
        values.append(features(frame, previous))
        if flow:
            now = grey(frame)
            flow(previous_grey, now)
            previous_grey = now
        previous = frame
    count = len(frames) - 1
    return (time.perf_counter() - wall) / count, (time.process_time() - cpu) / count, values


def main():
    path, width, height, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    frames = np.fromfile(path, dtype="<u2").reshape(-1, height, width)
    timings = {}
    values = []
    for name, flow in [("features", None), ("farneback", farneback), ("dis", dis)]:
        run(frames[:20], flow)
        passes = [run(frames, flow) for _ in range(runs)]
        timings[name] = {"wallSeconds": [p[0] for p in passes], "cpuSeconds": [p[1] for p in passes]}
        values = passes[0][2]
    versions = {"numpy": np.__version__, "opencv": cv2.__version__, "python": sys.version.split()[0]}
    print(json.dumps({"versions": versions, "timings": timings, "values": values}))


main()
