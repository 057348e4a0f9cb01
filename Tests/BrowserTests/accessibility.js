// What a page does wrong for people who do not see it, or see it badly: a list of sentences, empty when all is well.
(() => {
  const wrong = [];
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const name = (element) => `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}${element.className?.baseVal ?? (element.className ? `.${element.className}` : '')}`;

  const channels = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(channels(getComputedStyle(at).backgroundColor));
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  // WCAG 2.2, 1.4.3: 4.5, or 3 for large text.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element || !shown(element) || element.closest('.unseen, script, style, option')) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    const colour = over(channels(element instanceof SVGElement ? style.fill : style.color), ground);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(colour, ground);
    texts += 1;
    if (ratio < (isLarge ? 3 : 4.5)) wrong.push(`Contrast ${ratio.toFixed(2)} of "${walker.currentNode.data.trim().slice(0, 30)}" in ${name(element)}`);
  }
  if (texts < 30) wrong.push(`Only ${texts} texts were looked at`);

  const labelled = (element) => element.getAttribute('aria-label') || element.labels?.length
    || (element.getAttribute('aria-labelledby') ?? '').split(' ').some((id) => document.getElementById(id)?.textContent.trim())
    || ((element.matches('button, a, summary')) && element.textContent.trim());
  for (const element of document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex="0"], [role="slider"], svg[role="img"]')) {
    if (shown(element) && !labelled(element) && !element.matches('td')) wrong.push(`No name: ${name(element)}`);
  }
  for (const element of document.querySelectorAll('[role="slider"]')) {
    if (shown(element) && !['aria-valuenow', 'aria-valuemin', 'aria-valuemax'].every((attribute) => Number.isFinite(parseFloat(element.getAttribute(attribute))))) wrong.push(`No value: ${name(element)}`);
  }
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'for']) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(' ')) if (!document.getElementById(id)) wrong.push(`${name(element)} points to #${id}`);
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) wrong.push(`Twice: #${id}`);
  if (!document.documentElement.lang) wrong.push('No language');
  if (document.querySelectorAll('h1').length !== 1) wrong.push('Not one h1');
  if (document.querySelectorAll('main').length !== 1) wrong.push('Not one main');
  let level = 1;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
    if (!shown(heading)) continue;
    const next = Number(heading.tagName[1]);
    if (next > level + 1) wrong.push(`${name(heading)} "${heading.textContent}" skips a level`);
    level = next;
  }
  // WCAG 2.2, 2.5.8: 24 by 24 for what is aimed at.
  for (const element of document.querySelectorAll('button, input, select, textarea, summary, nav a, td[role="gridcell"]:not(.sum)')) {
    const { width, height } = element.getBoundingClientRect();
    if (shown(element) && (width < 24 || height < 24)) wrong.push(`Small: ${name(element)} ${width.toFixed()} by ${height.toFixed()}`);
  }
  return wrong;
})()
