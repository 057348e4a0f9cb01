// Records which label was ever seen with which value: at every change of the document, and at every frame.
(() => {
  window.seen = {};
  const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? '';
  const value = (selector) => document.querySelector(selector)?.value ?? '';
  const isShown = (selector) => document.querySelector(selector)?.checkVisibility();
  const note = (kind, label, shown) => (((seen[kind] ??= {})[JSON.stringify(label)] ??= {})[JSON.stringify(shown)] = true);
  const look = () => {
    const name = document.querySelector('#tabs [aria-current]')?.dataset.name;
    if (!name) return;
    if (isShown('#curve')) {
      const alpha = value('#parameter-alpha');
      const x = value('#x');
      note('reading', [name, text('#value-name'), text('#slope-name'), alpha, x], [text('#value'), text('#slope')]);
      note('spoken', [name, alpha], document.querySelector('#plot').getAttribute('aria-valuetext'));
      note('curve', [name, alpha, value('#from'), value('#to')], ['function', 'derivative'].map((style) => document.querySelector(`#plot .${style}`)?.getAttribute('d')));
      note('asymptotes', [name, alpha], text('#asymptotes'));
    }
    if (isShown('#vector')) {
      const cells = [...document.querySelectorAll('#heatmap td:not(.sum)')];
      note('vector', [name, value('#components'), text('#temperature-value')], {
        chances: document.querySelector('#chances').getAttribute('aria-label'),
        bars: [...document.querySelectorAll('#chances b')].map((element) => element.textContent),
        titles: cells.map((cell) => cell.title), cells: cells.map((cell) => cell.textContent), entry: text('#entry'),
        chosen: cells.findIndex((cell) => cell.getAttribute('aria-selected') === 'true'),
      });
    }
    note('formula', name, text('#formula'));
    note('derivation', name, text('#derivations'));
    note('title', name, [text('#title'), text('#summary')]);
    note('answer', text('#curl'), text('#answer'));
    note('request', text('#curl'), text('#request'));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const atFrame = () => {
    look();
    requestAnimationFrame(atFrame);
  };
  atFrame();
})();
