"""Pairs of texts with difflib's differences, written to line-diff.json.

    python record-line-diff.py
"""
import difflib, json, os, random

random.seed(0)


def graph(turns, named=False):
    lines = ["graph(%x : Tensor):"]
    last = "%x"
    for i in range(turns):
        name = f"%result.{i}" if named else f"%{2 * i + 2}"
        lines.append(f"  %{2 * i + 1} : int = prim::Constant[value={i}]()")
        lines.append(f"  {name} : Tensor = aten::select({last}, %{2 * i + 1})")
        last = name
    return lines + [f"  return ({last})"]


def mutated(lines):
    lines = list(lines)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(lines))
        kind = random.randrange(4)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, random.choice(["  added", "", "\tx = 3", "  %9 : Tensor = aten::mul(%3, %4)"]))
        elif kind == 2:
            lines[at] = lines[at].replace(random.choice("aelt1 "), random.choice(["", "b", "xy", " "]), random.randint(1, 3))
        else:
            other = random.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        if not lines:
            lines.append("")
    return lines


pairs = [(graph(3), graph(4)), (graph(3), graph(3, True)), (graph(120), graph(122)), (graph(1), graph(0)), ([""], graph(2))]
pairs += [(a, mutated(a)) for a in [graph(random.randint(1, 12), random.random() < 0.5) for _ in range(60)]]
pairs += [([random.choice("abc") * random.randint(0, 3) for _ in range(8)], [random.choice("abc") * random.randint(0, 3) for _ in range(8)]) for _ in range(40)]
rows = [{"a": "\n".join(a), "b": "\n".join(b), "diff": [line.rstrip("\n") for line in difflib.ndiff(a, b)]} for a, b in pairs]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "line-diff.json"), "w") as file:
    json.dump(rows, file, indent=0)
