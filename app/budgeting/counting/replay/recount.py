"""Counts a bundle again, apart from the program that made it: `python3 recount.py [FOLDER or ZIP]`. Needs Python 3.9, nothing else."""
import csv, hashlib, io, json, sys, zipfile
from collections import Counter
from fractions import Fraction as F
from pathlib import Path
class Count:
    def __init__(self, text, rules):
        tables = {}
        for row in filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=";")):
            if len(row) == 1 and row[0] in ("META", "PROJECTS", "VOTES"):
                tables[row[0]] = table = []
            else:
                table.append(row)
        self.rules, self.meta = rules, {row[0]: row[1] for row in tables["META"][1:]}
        projects, votes = ([dict(zip(tables[name][0], row)) for row in tables[name][1:]] for name in ("PROJECTS", "VOTES"))
        self.budget, self.cost, seed = F(self.meta["budget"]), {p["project_id"]: F(p["cost"]) for p in projects}, rules["seed"]
        lot = {p: p if seed is None else hashlib.sha256(f"{seed}:{p}".encode()).hexdigest() for p in self.cost}
        kinds = Counter(tuple(sorted(self.points(vote).items())) for vote in votes)  # equal ballots together
        self.voters, self.score = len(votes), {p: sum(w * dict(k).get(p, 0) for k, w in kinds.items()) for p in self.cost}
        self.kinds = [({p: n if rules["utility"] == "points" else 1 for p, n in kind if n > 0}, w) for kind, w in kinds.items()]
        self.gain = {p: (rules["utility"] == "cost" and self.cost[p]) or 1 for p in self.cost}
        self.backers = {p: [(at, kind[p], w) for at, (kind, w) in enumerate(self.kinds) if p in kind] for p in self.cost}
        self.votes = {p: sum(w for _, _, w in self.backers[p]) for p in self.cost}
        self.open = [p for p in sorted(self.cost, key=lot.get) if self.may_win(p)]
    def points(self, vote):
        names, kind = [n for n in vote["vote"].split(",") if n], self.meta["vote_type"]
        if kind in ("cumulative", "scoring"):
            others = dict.fromkeys(self.cost, F(self.meta.get("default_score") or 0)) if kind == "scoring" else {}
            return {**others, **dict(zip(names, (F(n) for n in vote["points"].split(",") if n)))}
        return {n: F(int(self.meta.get("max_length") or len(names)) - at if kind == "ordinal" else 1) for at, n in enumerate(names)}
    def may_win(self, p):
        rules, votes, least = self.rules, self.votes[p], F(self.rules["threshold"] or 0)
        is_fair = votes * self.budget >= F(rules["fair_share"] or 0) * self.cost[p] * self.voters and p not in rules["exclusions"]
        return votes > 0 and self.score[p] > 0 and self.score[p] >= least and votes >= rules["minimum_votes"] and is_fair
    def clashes(self, p, won):
        return p in won or any(p in group and set(group) & set(won) for group in self.rules["conflicts"])
    def fits(self, projects):
        return sum(self.cost[p] for p in projects) <= self.budget
    def greedy(self, won, stops=False):
        per = {p: (self.cost[p] if self.rules["order"] == "score-per-cost" else 1) for p in self.open}
        for p in sorted(self.open, key=lambda p: (per[p] > 0, -self.score[p] / (per[p] or 1))):
            if not self.clashes(p, won):
                if not self.fits([*won, p]) and stops:
                    break
                won = [*won, p] if self.fits([*won, p]) else won
        return won
    def equal_shares(self, share):
        money, won, last = [share] * len(self.kinds), [], dict.fromkeys(self.open, F(0))  # last: the last price seen; prices only rise
        while last:
            best, chosen = None, None
            for p in list(last):
                if self.clashes(p, won) or sum(money[at] * w for at, _, w in self.backers[p]) < self.cost[p]:
                    del last[p]
                elif best is None or last[p] < best:
                    rest, total = self.cost[p], sum(n * w for _, n, w in self.backers[p])
                    for ratio, n, w in sorted((money[at] / n, n, w) for at, n, w in self.backers[p]):
                        if rest / total > ratio:  # gives all it has
                            rest, total = rest - ratio * n * w, total - n * w
                    last[p] = rest / total / self.gain[p]
                    best, chosen = (last[p], p) if best is None or last[p] < best else (best, chosen)
            if chosen is not None:
                won, price = [*won, chosen], last.pop(chosen) * self.gain[chosen]
                for at, n, _ in self.backers[chosen]:
                    money[at] -= min(money[at], price * n)
        return won
    def completed(self):
        how, share = self.rules["completion"], self.budget / max(1, self.voters)
        step, won = F(self.rules["increment"]) * (share if self.rules["increment_is_share"] else 1), self.equal_shares(share)
        while how not in ("none", "greedy"):
            rest = [p for p in self.open if not self.clashes(p, won) and (how != "add1-exhaustive" or self.fits([*won, p]))]
            following = self.equal_shares(share := share + step)
            if not rest or not self.fits(following):
                break
            won = following
        other, worth = self.greedy([]), lambda kind, projects: sum(kind.get(p, 0) * self.gain[p] for p in projects)
        more = sum(w * ((worth(kind, other) > worth(kind, won)) - (worth(kind, other) < worth(kind, won))) for kind, w in self.kinds)
        return other if how == "comparison" and more > 0 else self.greedy(won) if how in ("greedy", "add1u") else won
    def phragmen(self):
        load, won = [F(0)] * len(self.kinds), []
        while rest := [p for p in self.open if not self.clashes(p, won) and self.fits([p])]:
            reach = {p: (sum(load[at] * w for at, _, w in self.backers[p]) + self.cost[p]) / self.votes[p] for p in rest}
            first = [p for p in rest if reach[p] == min(reach.values())]
            if not all(self.fits([*won, p]) for p in first):
                break
            for at, _, _ in self.backers[first[0]]:
                load[at] = reach[first[0]]
            won = [*won, first[0]]
        return won
    def winners(self):
        others = {"equal-shares": self.completed, "phragmen": self.phragmen}
        return others.get(self.rules["rule"], lambda: self.greedy([], "no-skip" in self.rules["rule"]))()
if __name__ == "__main__":
    root = place if (place := Path((sys.argv[1:] or ["."])[0])).is_dir() else zipfile.Path(place)
    files = {file.name: file.read_bytes() for file in root.iterdir() if file.is_file()}
    "eleccion.pb" in files or sys.exit("Aquí no están las papeletas. Lea LEAME-PRIMERO.txt: dice por qué, y dónde se cuenta otra vez.")
    wrong = [line[66:] for line in files["SHA256SUMS"].decode().splitlines() if hashlib.sha256(files[line[66:]]).hexdigest() != line[:64]]
    found = [] if wrong else Count(files["eleccion.pb"].decode(), json.loads(files["reglas.json"])).winners()
    print(*found, sep="\n")
    wrong += [] if sorted(found) == sorted(json.loads(files["resultado.json"])["winners"]) else ["los ganadores"]
    sys.exit(f"No es lo publicado: {', '.join(wrong)}." if wrong else None)
