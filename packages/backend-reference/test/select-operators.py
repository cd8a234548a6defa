"""Makes the compact fixture of recorded calls: a few lines of each operator, of as many dtypes as there are.

  python select-operators.py --out FILE.jsonl.gz [--per-key 5] [--max-chars 2500] [--skip REGEX] RECORDED...
"""
import argparse
import collections
import gzip
import json
import re


def dtypes(line):
    return tuple(sorted({v["t"] for v in line["args"].values() if isinstance(v, dict) and "t" in v}))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("--per-key", type=int, default=5)
    p.add_argument("--max-chars", type=int, default=2500)
    p.add_argument("--skip", default="$^")
    p.add_argument("recorded", nargs="+")
    a = p.parse_args()
    skip = re.compile(a.skip)
    keys = collections.defaultdict(lambda: collections.defaultdict(list))
    for path in a.recorded:
        for text in open(path):
            if len(text) > a.max_chars:
                continue
            line = json.loads(text)
            if not skip.search(line["key"][6:]):
                keys[line["key"]][dtypes(line)].append(text)
    count = 0
    with gzip.GzipFile(a.out, "wb", mtime=0) as out:
        for key in sorted(keys):
            buckets = [sorted(set(lines), key=len, reverse=True) for _, lines in sorted(keys[key].items())]
            taken = []
            while len(taken) < a.per_key and any(buckets):
                for bucket in buckets:
                    if bucket and len(taken) < a.per_key:
                        taken.append(bucket.pop(0))
            for text in taken:
                out.write(text.encode())
                count += 1
    print(count, "calls of", len(keys), "operators")


main()
