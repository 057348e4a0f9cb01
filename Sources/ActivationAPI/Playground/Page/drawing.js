// The drawing of the curve, its derivative, kinks, asymptotes and the point that is read: a view in, markup out.
const digitWidth = 7.4;

function ticks(from, to, most) {
  const step = roundStep((to - from) / most);
  const values = [];
  // An end that is a multiple counts, though its quotient is rounded: 0.3 / 0.1 is less than 3.
  const [first, last] = [Math.ceil(from / step - 1e-6), Math.floor(to / step + 1e-6)];
  // Where the step underflows there are no multiples to count.
  if (!(last - first <= 2 * most)) return values;
  for (let k = first; k <= last; k += 1) values.push(multiple(k, step));
  return values;
}

// The numbers along one axis in one notation: with the same decimals, or all as powers of ten if that is shorter.
function axisLabels(values) {
  const texts = values.map(digits);
  const places = (text) => text.split('e')[0].split('.')[1]?.length ?? 0;
  const decimals = Math.max(0, ...texts.map(places));
  const powers = values.map((value) => value.toExponential());
  const mantissa = Math.max(0, ...powers.map(places));
  const exponential = values.map((value) => (value === 0 ? '0' : value.toExponential(mantissa).replace('+', '')));
  const longest = (labels) => Math.max(...labels.map((label) => label.length));
  const fixed = texts.some((text) => text.includes('e')) ? undefined : values.map((value) => value.toFixed(decimals));
  return (fixed && (longest(fixed) <= 6 || longest(fixed) <= longest(exponential)) ? fixed : exponential).map(minus);
}

const widthOf = (labels) => digitWidth * Math.max(0, ...labels.map((label) => label.length));

// As many numbers along x as keep apart.
function ticksAcross(from, to, width) {
  for (const most of [width < 520 ? 6 : 12, 8, 6, 4, 3, 2]) {
    const values = ticks(from, to, most);
    const step = values.length > 1 ? values[1] - values[0] : Infinity;
    const label = widthOf(axisLabels(values));
    // The last one moves inwards where it would stick out.
    if (label + 12 + Math.max(0, label / 2 - 14) <= (step / (to - from)) * width) return values;
  }
  return [];
}

// So that differences of what is drawn stay finite.
const drawable = (y) => Math.min(Math.max(y, -1e300), 1e300);

function bounds({ from, to }, { x, f, d, kinks, limits }) {
  const inView = (at) => at >= from && at <= to;
  const heights = [0, ...limits];
  x.forEach((at, index) => inView(at) && heights.push(f[index], d[index]));
  for (const kink of kinks) if (inView(kink.x)) heights.push(kink.left, kink.right);
  let low = 0;
  let high = 0;
  for (const y of heights) {
    if (y === null || !Number.isFinite(y)) continue;
    low = Math.min(low, drawable(y));
    high = Math.max(high, drawable(y));
  }
  if (!(high > low)) high = low + 1;
  const room = (high - low) * 0.07;
  return { low: low - room, high: high + room };
}

// Where things are in a view { from, to, width, height }. Without samples it has no heights.
function frameOf(view, samples) {
  const { low, high } = samples ? bounds(view, samples) : { low: 0, high: 1 };
  const levels = samples ? ticks(low, high, 7) : [];
  const edge = { left: Math.max(46, widthOf(axisLabels(levels)) + 12), right: 14, top: 12, bottom: 28 };
  const across = view.width - edge.left - edge.right;
  const up = view.height - edge.top - edge.bottom;
  const px = (x) => edge.left + ((x - view.from) / (view.to - view.from)) * across;
  const py = (y) => view.height - edge.bottom - ((drawable(y) - low) / (high - low)) * up;
  return { ...view, levels, edge, across, px, py, xAt: (pixel) => view.from + ((pixel - edge.left) / across) * (view.to - view.from) };
}

const label = (x, y, anchor, text, style = '') => `<text class="${style}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
const lineAcross = ({ edge, width, py }, y, style) => `<path class="${style}" d="M${edge.left} ${py(y).toFixed(1)}H${width - edge.right}"/>`;
const lineDown = ({ edge, height, px }, x, style) => `<path class="${style}" d="M${px(x).toFixed(1)} ${edge.top}V${height - edge.bottom}"/>`;

function axesMarkup(frame) {
  const { from, to, width, height, across, levels, edge, px, py } = frame;
  const xs = ticksAcross(from, to, across);
  const [below, beside] = [axisLabels(xs), axisLabels(levels)];
  const half = widthOf(below) / 2;
  const columns = xs.map((x, index) => lineDown(frame, x, x === 0 ? 'axis' : 'grid') + label(Math.min(Math.max(px(x), half), width - half), height - 8, 'middle', below[index]));
  const rows = levels.map((y, index) => lineAcross(frame, y, y === 0 ? 'axis' : 'grid') + label(edge.left - 8, py(y) + 4, 'end', beside[index]));
  return columns.join('') + rows.join('');
}

// The derivative is drawn over the function, in dashes, so that both are seen where they agree.
function curvesMarkup(frame, samples) {
  const { edge, across, height, px, py } = frame;
  const at = (x, y) => `${px(x).toFixed(2)} ${py(y).toFixed(2)}`;
  return `${samples.limits.map((y) => lineAcross(frame, y, 'asymptote')).join('')}
<clipPath id="inside"><rect x="${edge.left}" y="${edge.top - 8}" width="${across}" height="${height - edge.top - edge.bottom + 16}"/></clipPath>
<g clip-path="url(#inside)"><path class="function" d="${path(samples, at)}"/><path class="derivative" d="${slopePath(samples, at)}"/></g>`;
}

function marksMarkup(frame, { kinks }, point) {
  const { from, to, edge, px, py } = frame;
  let out = '';
  if (point && point.x >= from && point.x <= to) {
    out += lineDown(frame, point.x, 'cross');
    for (const [style, y] of [['f', point.f], ['d', point.d]]) {
      if (y !== null && Number.isFinite(y)) out += `<path class="cross" d="M${edge.left} ${py(y)}H${px(point.x)}"/><circle class="dot ${style}" cx="${px(point.x)}" cy="${py(y)}" r="6"/>`;
    }
  }
  for (const { x, left, right } of kinks) {
    if (x < from || x > to) continue;
    out += `<path class="jump" d="M${px(x)} ${py(left)}V${py(right)}"/>`;
    for (const y of [left, right]) out += `<circle class="open" cx="${px(x)}" cy="${py(y)}" r="4.5"/>`;
    out += label(px(x) - 10, py(left) - 8, 'end', minus(digits(left)), 'value') + label(px(x) + 10, py(right) - 8, 'start', minus(digits(right)), 'value');
  }
  return `<g clip-path="url(#inside)">${out}</g>`;
}

const path = ({ x, f }, at) => x.reduce((text, x, index) => (Number.isFinite(f[index]) ? `${text}${text ? 'L' : 'M'}${at(x, f[index])}` : text), '');

// Interrupted at a kink, where it comes in at one height and leaves at another.
function slopePath({ x, d, kinks }, at) {
  let text = '';
  let pen = 'M';
  x.forEach((x, index) => {
    const y = d[index];
    if (y === null) {
      const { left, right } = kinks.find((kink) => kink.x === x);
      text += `${pen}${at(x, left)}M${at(x, right)}`;
    } else if (Number.isFinite(y)) text += pen + at(x, y);
    pen = 'L';
  });
  return text;
}
