// The drawing of the curve, its derivative, kinks, asymptotes and the point that is read.
const plot = $('plot');
const edge = { left: 46, right: 14, top: 12, bottom: 28 };
const digitWidth = 7.4;

function ticks(from, to, most) {
  const step = roundStep((to - from) / most);
  const values = [];
  // An end that is a multiple counts, though its quotient is rounded: 0.3 / 0.1 is less than 3.
  for (let k = Math.ceil(from / step - 1e-6); k <= to / step + 1e-6; k += 1) values.push(multiple(k, step));
  return values;
}

// A number along an axis, with an exponent where that is shorter.
function tickLabel(value) {
  const plain = digits(value);
  const exponential = value.toExponential().replace('+', '');
  return minus(plain.length > 6 && exponential.length < plain.length ? exponential : plain);
}

const widthOf = (values) => digitWidth * Math.max(0, ...values.map((value) => tickLabel(value).length));

// As many numbers along x as keep apart.
function ticksAcross(from, to, width) {
  for (const most of [width < 520 ? 6 : 12, 8, 6, 4, 3, 2]) {
    const values = ticks(from, to, most);
    const step = values.length > 1 ? values[1] - values[0] : Infinity;
    if (widthOf(values) + 12 <= (step / (to - from)) * width) return values;
  }
  return [];
}

// So that differences of what is drawn stay finite.
const drawable = (y) => Math.min(Math.max(y, -1e300), 1e300);

function bounds() {
  let low = Math.min(0, ...samples.limits);
  let high = Math.max(0, ...samples.limits);
  samples.x.forEach((x, index) => {
    if (x < state.from || x > state.to) return;
    for (const y of [samples.f[index], samples.d[index]]) {
      if (y === null || !Number.isFinite(y)) continue;
      low = Math.min(low, drawable(y));
      high = Math.max(high, drawable(y));
    }
  });
  for (const { x, left, right } of samples.kinks) {
    if (x < state.from || x > state.to) continue;
    low = Math.min(low, drawable(left), drawable(right));
    high = Math.max(high, drawable(left), drawable(right));
  }
  if (!(high > low)) high = low + 1;
  const room = (high - low) * 0.07;
  return { low: low - room, high: high + room };
}

const drawPlot = frame(() => {
  const width = plot.clientWidth;
  const height = plot.clientHeight;
  if (!width || !samples.x.length || samples.key !== parameterKey()) return;
  const { low, high } = bounds();
  const levels = ticks(low, high, 7);
  edge.left = Math.max(46, widthOf(levels) + 12);
  const px = (x) => edge.left + ((x - state.from) / (state.to - state.from)) * (width - edge.left - edge.right);
  const py = (y) => height - edge.bottom - ((drawable(y) - low) / (high - low)) * (height - edge.top - edge.bottom);
  const at = (x, y) => `${px(x).toFixed(2)} ${py(y).toFixed(2)}`;
  const across = (y, style) => `<path class="${style}" d="M${edge.left} ${py(y).toFixed(1)}H${width - edge.right}"/>`;
  const down = (x, style) => `<path class="${style}" d="M${px(x).toFixed(1)} ${edge.top}V${height - edge.bottom}"/>`;
  const label = (x, y, anchor, text, style = '') => `<text class="${style}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
  let out = `<clipPath id="inside"><rect x="${edge.left}" y="${edge.top - 8}" width="${width - edge.left - edge.right}" height="${height - edge.top - edge.bottom + 16}"/></clipPath>`;
  for (const x of ticksAcross(state.from, state.to, width - edge.left - edge.right)) {
    const half = widthOf([x]) / 2;
    out += down(x, x === 0 ? 'axis' : 'grid') + label(Math.min(Math.max(px(x), half), width - half), height - 8, 'middle', tickLabel(x));
  }
  for (const y of levels) out += across(y, y === 0 ? 'axis' : 'grid') + label(edge.left - 8, py(y) + 4, 'end', tickLabel(y));
  for (const y of samples.limits) out += across(y, 'asymptote');
  out += `<g clip-path="url(#inside)"><path class="derivative" d="${slopePath(at)}"/><path class="function" d="${path(at)}"/>`;
  if (reading.x === state.x && state.x >= state.from && state.x <= state.to) {
    out += down(state.x, 'cross');
    for (const [style, y] of [['f', reading.f], ['d', reading.d]]) {
      if (y !== null && Number.isFinite(y)) out += `<path class="cross" d="M${edge.left} ${py(y)}H${px(state.x)}"/><circle class="dot ${style}" cx="${px(state.x)}" cy="${py(y)}" r="6"/>`;
    }
  }
  for (const { x, left, right } of samples.kinks) {
    if (x < state.from || x > state.to) continue;
    out += `<path class="jump" d="M${at(x, left)}L${at(x, right)}"/>`;
    for (const y of [left, right]) out += `<circle class="open" cx="${px(x)}" cy="${py(y)}" r="4.5"/>`;
    out += label(px(x) - 10, py(left) - 8, 'end', minus(digits(left)), 'value') + label(px(x) + 10, py(right) - 8, 'start', minus(digits(right)), 'value');
  }
  plot.innerHTML = `${out}</g>`;
  plot.setAttribute('aria-valuemin', Math.min(state.from, state.x));
  plot.setAttribute('aria-valuemax', Math.max(state.to, state.x));
});

const path = (at) => samples.x.reduce((text, x, index) => (Number.isFinite(samples.f[index]) ? `${text}${text ? 'L' : 'M'}${at(x, samples.f[index])}` : text), '');

// Interrupted at a kink, where it comes in at one height and leaves at another.
function slopePath(at) {
  let text = '';
  let pen = 'M';
  samples.x.forEach((x, index) => {
    const y = samples.d[index];
    if (y === null) {
      const { left, right } = samples.kinks.find((kink) => kink.x === x);
      text += `${pen}${at(x, left)}M${at(x, right)}`;
    } else if (Number.isFinite(y)) text += pen + at(x, y);
    pen = 'L';
  });
  return text;
}
