/* What a page is asked by tests/access/looking.py. Each answers with a list of sentences; none is good. */
window.ask = (function () {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (part) => part.checkVisibility({ visibilityProperty: true });
  const start = (part, length = 140) => part.outerHTML.slice(0, length);
  const spaced = (text) => (text || "").replace(/\s+/g, " ").trim();
  const name = (part) => spaced(part.getAttribute("aria-label") || part.textContent);
  const clips = (overflow) => overflow === "hidden" || overflow === "clip";

  function wider(width) {
    const wide = document.documentElement.scrollWidth;
    if (wide <= width + 1) return [];
    const scrolls = (part) => part && (getComputedStyle(part).overflowX !== "visible" || scrolls(part.parentElement));
    const guilty = all("body *").filter((part) => part.getBoundingClientRect().right > width + 1 && !scrolls(part.parentElement));
    return [`${wide} px wide on a screen of ${width}: ` + guilty.slice(-3).map((part) => start(part, 120)).join(" ~ ")];
  }

  function cut() {
    return all("main *, header *, footer *").filter((part) => {
      const look = getComputedStyle(part);
      if (look.display === "inline" || look.clipPath !== "none" || look.visibility === "hidden" || !part.textContent.trim()) return false;
      if (part.closest(".vh, [hidden], svg, select")) return false;
      return (clips(look.overflowX) && part.scrollWidth > part.clientWidth + 1) ||
        (clips(look.overflowY) && part.scrollHeight > part.clientHeight + 1);
    }).map((part) => "cut off: " + start(part));
  }

  function space(on) {   // WCAG 1.4.12; a constructed sheet, which the content security policy lets through
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}");
    document.adoptedStyleSheets = on ? [sheet] : [];
  }

  function moving() {
    const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
    return all("*").filter((part) => {
      const look = getComputedStyle(part);
      return lasts(look.transitionDuration) || look.scrollBehavior === "smooth" ||
        (look.animationName !== "none" && lasts(look.animationDuration));
    }).map((part) => "moves: " + start(part));
  }

  function edgeless() {
    return all("button, .button, input, select, textarea, .status-badge, .notice, .choice").filter((part) => {
      if (!shown(part) || part.closest(".vh") || ["hidden", "range", "file"].includes(part.type)) return false;
      if (part.matches(".button--plain, .top__leave")) return false;
      const look = getComputedStyle(part);
      if (part.matches("input") && look.appearance !== "none") return false;
      return ["Top", "Bottom"].every((side) => look[`border${side}Style`] === "none" || parseFloat(look[`border${side}Width`]) === 0);
    }).map((part) => "no edge: " + start(part));
  }

  function hereUnsaid() {
    const tells = ["fontWeight", "textDecorationLine", "borderTopWidth", "borderBottomWidth", "borderLeftWidth", "outlineStyle"];
    return all("a[aria-current], span[aria-current]").filter((part) => {
      const others = [...(part.closest("ul, ol, nav, p")?.querySelectorAll("a, span, button") ?? [])];
      const other = others.find((one) => !one.hasAttribute("aria-current") && one.tagName === part.tagName);
      if (!other) return false;
      const here = getComputedStyle(part), there = getComputedStyle(other);
      return tells.every((tell) => here[tell] === there[tell]);
    }).map((part) => "the present one is told by colour alone: " + start(part));
  }

  function behind(part) {
    const box = part.getClientRects()[0];
    if (!box || box.width < 2) return "";
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 12), 1), innerWidth - 1);
    const above = document.elementFromPoint(x, box.top + box.height / 2);
    const same = !above || part.contains(above) || above.contains(part) || above.closest("label")?.contains(part);
    return same ? "" : `focus behind ${start(above, 60)}: ${start(part, 100)}`;
  }

  function unseenFocus() {
    const seen = (one) => {
      const look = getComputedStyle(one);
      const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
      return outlined || (one.tagName === "rect" && parseFloat(look.strokeWidth) >= 3);
    };
    const found = [];
    for (const part of all("a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], [tabindex='0']")) {
      if (part.disabled || !shown(part)) continue;
      part.focus();
      if (document.activeElement !== part) continue;
      const drawn = [part, part.closest("label"), part.querySelector("rect")].filter(Boolean).some(seen);
      const problem = drawn ? behind(part) : "focus unseen: " + start(part);
      if (problem) found.push(problem);
    }
    return found;
  }

  function landmarks() {
    const found = [], heads = all("h1"), navigations = all("nav");
    if (heads.length !== 1) found.push(`${heads.length} h1`);
    if (!document.querySelector("main")) found.push("no main");
    const names = navigations.map((part) => part.getAttribute("aria-label") || part.getAttribute("aria-labelledby"));
    if (names.length > 1 && (new Set(names).size < names.length || names.includes(null))) found.push("navigations of one name: " + names);
    return found;
  }

  function links() {
    const found = [], leads = new Map();
    for (const link of all("main a[href]").filter(shown)) {
      const key = name(link).toLowerCase(), place = link.closest("li, tr, dd, article, p, figure, section"), said = leads.get(key);
      if (!key && !link.querySelector("img[alt]:not([alt='']), svg[aria-label]")) found.push("a link without a name: " + start(link));
      const card = spaced(link.closest("article")?.querySelector("h2, h3, h4")?.textContent);  // what an article is about is said before it
      const together = said && said.card === card && (said.place === place || name(said.place ?? link) === name(place ?? link));
      if (said && said.href !== link.href && together) found.push(`two places called «${name(link)}»: ${said.href} ${link.href}`);
      leads.set(key, { href: link.href, place, card });
    }
    return found;
  }

  function descriptions() {
    const text = (id) => document.getElementById(id)?.textContent.trim();
    const ids = (part, kind) => (part.getAttribute(kind) || "").split(" ").filter(Boolean);
    const unread = all("[aria-invalid=true]").filter((part) => !ids(part, "aria-describedby").some((id) => text(id)));
    const kinds = ["aria-describedby", "aria-labelledby", "aria-controls", "for"];
    const dead = kinds.flatMap((kind) => all(`[${kind}]`).flatMap((part) => ids(part, kind)).filter((id) => !document.getElementById(id))
      .map((id) => `${kind} leads to nothing: ${id}`));
    return [...unread.map((part) => "an error that is not read with its field: " + start(part)), ...dead];
  }

  function printed() {
    const light = (colour) => { const n = colour.match(/[\d.]+/g).map(Number); return n[3] === 0 || n[0] + n[1] + n[2] > 720; };
    const ground = getComputedStyle(document.body).backgroundColor;
    const tools = "header nav, .top__tools, footer.bottom, .skip, .breadcrumbs, .languages, .button, .pager, .filter-chips";
    const left = all(tools).filter((part) => shown(part) && part.textContent.trim()).map((part) => "printed: " + start(part));
    return light(ground) ? left : [...left, "printed on " + ground];
  }

  return { wider, cut, space, moving, edgeless, hereUnsaid, unseenFocus, printed, names: () => [...landmarks(), ...links(), ...descriptions()] };
})();
