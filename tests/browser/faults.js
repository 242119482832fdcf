// Runs beside axe in a page that a test looks at: what is wrong with it as it looks now.
(() => {
  let seen = new Map();

  // What axe's rules about colours go by. Letters count as large from 24 px, bold ones from 18.66 px.
  function look(element) {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= (style.fontWeight >= 700 ? 18.66 : 24);
    const { color, backgroundColor, backgroundImage, opacity, textDecorationLine } = style;
    return [color, backgroundColor, backgroundImage, opacity, textDecorationLine, isLarge].join(" ");
  }

  function looks() {
    const visible = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility({ visibilityProperty: true }));
    return new Map(visible.map((element) => [element, look(element)]));
  }

  function tops(elements) {
    const all = new Set(elements);
    return elements.filter((element) => {
      for (let above = element.parentElement; above; above = above.parentElement) if (all.has(above)) return false;
      return true;
    });
  }

  async function tried(where, rules) {
    const result = await axe.run(where, { runOnly: rules, resultTypes: ["violations"], preload: false });
    return result.violations.map((violation) => [violation.id, violation.nodes[0].html.slice(0, 120)]);
  }

  // `rules` of the whole page; of a page that was tried before, of what was hidden or looked otherwise,
  // and `anew` of the whole page again.
  window.faultsNow = async ({ rules, anew }) => {
    const before = seen;
    seen = looks();
    if (!anew) return tried(document, rules);
    const changed = tops([...seen.keys()].filter((element) => before.get(element) !== seen.get(element)));
    const found = changed.length ? await tried({ include: changed }, rules) : [];
    return found.concat(anew.length ? await tried(document, anew) : []);
  };
})();
