"""Counts a bundle again, apart from the program that made it: `python3 recount.py [FOLDER or ZIP]`. Needs Python 3.9 and nothing else."""

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections import Counter
from fractions import Fraction as F
from pathlib import Path


def load(place):
    path = Path(place)
    archive = None if path.is_dir() else zipfile.ZipFile(path)
    files = {n: archive.read(n) for n in archive.namelist()} if archive else {p.name: p.read_bytes() for p in path.iterdir() if p.is_file()}
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ", 1)
        if hashlib.sha256(files[name]).hexdigest() != digest:
            sys.exit(f"{name}: it is not the file that was published (SHA-256 differs)")
    return files["eleccion.pb"].decode("utf-8-sig"), json.loads(files["reglas.json"]), json.loads(files["resultado.json"])


class Count:
    def __init__(self, text, rules):
        tables = {}
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
            if len(row) == 1 and row[0] in ("META", "PROJECTS", "VOTES"):
                tables[row[0]] = table = []
            elif row:
                table.append(row)
        self.rules, self.meta = rules, {row[0]: row[1] for row in tables["META"][1:]}
        projects, votes = ([dict(zip(tables[name][0], row)) for row in tables[name][1:]] for name in ("PROJECTS", "VOTES"))
        self.budget, self.cost = F(self.meta["budget"]), {p["project_id"]: F(p["cost"]) for p in projects}
        lots = {p: hashlib.sha256(f"{rules['seed']}:{p}".encode()).hexdigest() for p in self.cost}
        self.ids = sorted(self.cost, key=lambda p: (lots[p] if rules["seed"] is not None else "", p))
        kinds = Counter(tuple(sorted(self.points(vote).items())) for vote in votes)
        self.voters, self.score = len(votes), {p: sum(w * dict(k).get(p, 0) for k, w in kinds.items()) for p in self.cost}
        by_points = rules["utility"] == "points" or (not rules["utility"] and self.meta["vote_type"] not in ("approval", "choose-1"))
        self.kinds = [({p: n if by_points else 1 for p, n in kind if n > 0}, weight) for kind, weight in kinds.items()]
        self.gain = {p: self.cost[p] if rules["utility"] == "cost" or (not rules["utility"] and not by_points) else 1 for p in self.cost}
        self.votes = {p: sum(weight for kind, weight in self.kinds if p in kind) for p in self.cost}
        self.backers = {p: [(at, kind[p], w) for at, (kind, w) in enumerate(self.kinds) if p in kind] for p in self.cost}
        self.open = [p for p in self.ids if self.may_win(p)]

    def points(self, vote):
        names, meta = [n.strip() for n in vote["vote"].split(",") if n.strip()], self.meta
        if meta["vote_type"] in ("cumulative", "scoring"):
            default = F(meta.get("default_score") or 0) if meta["vote_type"] == "scoring" else 0
            return {**({p: default for p in self.cost} if default else {}), **dict(zip(names, (F(n) for n in vote["points"].split(",") if n)))}
        most = int(meta.get("max_length") or len(names))
        return {n: F(most - at if meta["vote_type"] == "ordinal" else 1) for at, n in enumerate(names)}

    def may_win(self, p):
        r, least = self.rules, self.rules["threshold"]
        if least is None and r["rule"] in ("greedy-threshold", "greedy-no-skip-threshold"):
            least = self.meta["min_project_score_threshold"]
        fair = F(r["fair_share"] or 0) * self.cost[p] * self.voters
        enough = self.score[p] >= F(least or 0) and self.votes[p] >= r["minimum_votes"] and self.votes[p] * self.budget >= fair
        return p not in r["exclusions"] and self.votes[p] > 0 and self.score[p] > 0 and enough

    def clashes(self, p, won):
        return any(p in group and set(group) & set(won) - {p} for group in self.rules["conflicts"])

    def greedy(self, won, stops=False):
        by_cost = self.rules["order"] == "score-per-cost"
        for p in sorted(self.open, key=lambda p: (by_cost and self.cost[p] > 0, -self.score[p] / ((by_cost and self.cost[p]) or 1))):
            if p not in won and not self.clashes(p, won):
                if sum(map(self.cost.get, won)) + self.cost[p] <= self.budget:
                    won = [*won, p]
                elif stops:
                    break
        return won

    def equal_shares(self, share):
        money, won, last = [share] * len(self.kinds), [], {p: F(0) for p in self.open}
        while last:
            best, chosen = None, None
            for p in [p for p in self.ids if p in last]:
                backers, cost, gain = self.backers[p], self.cost[p], self.gain[p]
                if self.clashes(p, won) or sum(money[at] * w for at, _, w in backers) < cost:
                    del last[p]
                elif best is None or last[p] <= best:
                    rest, total = cost, sum(n * w for _, n, w in backers)
                    for ratio, n, w in sorted((money[at] / n, n, w) for at, n, w in backers):
                        if rest / total <= ratio:
                            break
                        rest, total = rest - ratio * n * w, total - n * w
                    last[p] = rest / total / (gain or 1)
                    if best is None or last[p] < best:
                        best, chosen = last[p], p
            if chosen is not None:
                won, price = [*won, chosen], last.pop(chosen) * (self.gain[chosen] or 1)
                for at, n, _ in self.backers[chosen]:
                    money[at] -= min(money[at], price * n)
        return won

    def completed(self):
        how, share = self.rules["completion"], self.budget / max(1, self.voters)
        step, won = F(self.rules["increment"]) * (share if self.rules["increment_is_share"] else 1), self.equal_shares(share)
        while how not in ("none", "greedy"):
            spent = sum(map(self.cost.get, won))
            rest = [p for p in self.open if p not in won and not self.clashes(p, won)]
            if not any(how != "add1-exhaustive" or spent + self.cost[p] <= self.budget for p in rest):
                break
            share, before = share + step, won
            won = self.equal_shares(share)
            if sum(map(self.cost.get, won)) > self.budget:
                won = before
                break
        other = self.greedy([])
        balance = [sum(k.get(p, 0) * self.gain[p] for p in other) - sum(k.get(p, 0) * self.gain[p] for p in won) for k, _ in self.kinds]
        if how == "comparison" and sum(w * ((b > 0) - (b < 0)) for b, (_, w) in zip(balance, self.kinds)) > 0:
            return other
        return self.greedy(won) if how in ("greedy", "add1u") else won

    def phragmen(self):
        load, won, left, open_ = [F(0)] * len(self.kinds), [], self.budget, [p for p in self.open if self.cost[p] <= self.budget]
        while open_:
            reach = {p: (sum(load[at] * w for at, _, w in self.backers[p]) + self.cost[p]) / self.votes[p] for p in open_}
            first = [p for p in open_ if reach[p] == min(reach.values())]
            if any(self.cost[p] > left for p in first):
                break
            won, left = [*won, first[0]], left - self.cost[first[0]]
            for at, _, _ in self.backers[first[0]]:
                load[at] = reach[first[0]]
            open_ = [p for p in open_ if p not in won and not self.clashes(p, won)]
        return won

    def winners(self):
        rule = self.rules["rule"]
        if rule in ("equal-shares", "phragmen"):
            return self.completed() if rule == "equal-shares" else self.phragmen()
        return self.greedy([], rule.startswith("greedy-no-skip"))


if __name__ == "__main__":
    text, rules, published = load(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = Count(text, rules).winners()
    print("\n".join(found))
    sys.exit(0 if sorted(found) == sorted(published["winners"]) else "These are not the winners that were published.")
