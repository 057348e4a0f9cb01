// Functions of one number: the curve, its derivative, and a point on them.
const plot = $('plot');
const edge = { left: 46, right: 14, top: 12, bottom: 28 };
// What was fetched: ascending x, f and f' there; a kink has no slope, but one from each side.
let samples = { key: '', step: 1, x: [], f: [], d: [], kinks: [], limits: [] };
let reading = { x: NaN, f: NaN, d: NaN };

const parameterKey = () => JSON.stringify([state.activation, state.parameters]);

function roundStep(wanted) {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const multiple = [1, 2, 5, 10].find((m) => m * power >= wanted * 0.999999) ?? 10;
  return Number((multiple * power).toPrecision(3));
}

const multiple = (k, step) => Number((k * step).toPrecision(12)) + 0;

function positions() {
  const width = state.to - state.from;
  const step = roundStep(width / 480);
  const x = [];
  const first = Math.floor((state.from - width / 2) / step);
  const last = Math.ceil((state.to + width / 2) / step);
  for (let k = first; k <= last; k += 1) x.push(multiple(k, step));
  for (const { location } of current().kinks) if (location > x[0] && location < x.at(-1)) x.push(location);
  return { step, x: [...new Set(x)].sort((a, b) => a - b) };
}

function evaluate(operation, input, fields = {}) {
  return ask('POST', `v1/${state.activation}/${operation}`, { input, ...state.parameters, ...fields });
}

const fetchSamples = latest(async () => {
  if (isVector()) return;
  const key = parameterKey();
  const { step, x } = positions();
  const [f, d, limits] = await Promise.all([evaluate('forward', x), evaluate('derivative', x), evaluate('forward', ['-Infinity', 'Infinity'])]);
  const at = x.filter((_, index) => d.output[index] === null);
  let kinks = [];
  if (at.length) {
    const [left, right] = await Promise.all([evaluate('derivative', at, { at_kink: 'left' }), evaluate('derivative', at, { at_kink: 'right' })]);
    kinks = at.map((x, index) => ({ x, left: number(left.output[index]), right: number(right.output[index]) }));
  }
  if (key !== parameterKey()) return fetchSamples();
  samples = { key, step, x, f: numbers(f.output), d: numbers(d.output), kinks, limits: [...new Set(numbers(limits.output).filter(Number.isFinite))] };
  $('asymptotes').textContent = samples.limits.length ? `Asymptotes: y = ${samples.limits.map(digits).join(' and y = ')}` : 'No horizontal asymptotes.';
  showReading();
  drawPlot();
});

// Fetches what is missing once the view leaves what was fetched, or needs a finer or coarser step.
function ensureSamples() {
  const isCovered = samples.key === parameterKey() && samples.x[0] <= state.from && samples.x.at(-1) >= state.to;
  if (!isCovered || samples.step !== roundStep((state.to - state.from) / 480)) fetchSamples();
}

const readExactly = latest(async () => {
  if (isVector() || indexOf(state.x) >= 0) return;
  const x = state.x;
  const key = parameterKey();
  const [f, d] = await Promise.all([evaluate('forward', x), evaluate('derivative', x)]);
  if (key !== parameterKey() || x !== state.x) return;
  reading = { x, f: number(f.output), d: number(d.output) };
  if (d.output === null) {
    const [left, right] = await Promise.all([evaluate('derivative', x, { at_kink: 'left' }), evaluate('derivative', x, { at_kink: 'right' })]);
    Object.assign(reading, { left: number(left.output), right: number(right.output) });
  }
  showNumbers();
  drawPlot();
});

function indexOf(x) {
  let low = 0;
  let high = samples.x.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (samples.x[middle] === x) return middle;
    if (samples.x[middle] < x) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function showReading() {
  if (document.activeElement !== $('x')) $('x').value = digits(state.x);
  const index = samples.key === parameterKey() ? indexOf(state.x) : -1;
  if (index < 0) {
    readExactly();
    return;
  }
  const kink = samples.kinks.find(({ x }) => x === state.x);
  reading = { x: state.x, f: samples.f[index], d: samples.d[index], left: kink?.left, right: kink?.right };
  showNumbers();
}

function showNumbers() {
  $('value').textContent = digits(reading.f);
  const slope = reading.d === null ? `undefined: ${digits(reading.left)} from the left, ${digits(reading.right)} from the right` : digits(reading.d);
  $('slope').textContent = slope;
  plot.setAttribute('aria-valuenow', reading.x);
  plot.setAttribute('aria-valuetext', `x ${digits(reading.x)}, function ${digits(reading.f)}, derivative ${slope}`);
}

function ticks(from, to, most) {
  const step = roundStep((to - from) / most);
  const values = [];
  for (let k = Math.ceil(from / step); k <= Math.floor(to / step); k += 1) values.push(multiple(k, step));
  return values;
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
  const px = (x) => edge.left + ((x - state.from) / (state.to - state.from)) * (width - edge.left - edge.right);
  const py = (y) => height - edge.bottom - ((drawable(y) - low) / (high - low)) * (height - edge.top - edge.bottom);
  const at = (x, y) => `${px(x).toFixed(2)} ${py(y).toFixed(2)}`;
  const across = (y, style) => `<path class="${style}" d="M${edge.left} ${py(y).toFixed(1)}H${width - edge.right}"/>`;
  const down = (x, style) => `<path class="${style}" d="M${px(x).toFixed(1)} ${edge.top}V${height - edge.bottom}"/>`;
  const label = (x, y, anchor, text, style = '') => `<text class="${style}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
  const minus = (value) => digits(value).replace('-', '−');
  let out = `<clipPath id="inside"><rect x="${edge.left}" y="${edge.top - 8}" width="${width - edge.left - edge.right}" height="${height - edge.top - edge.bottom + 16}"/></clipPath>`;
  for (const x of ticks(state.from, state.to, width < 520 ? 6 : 12)) out += down(x, x === 0 ? 'axis' : 'grid') + label(px(x), height - 8, 'middle', minus(x));
  for (const y of ticks(low, high, 7)) out += across(y, y === 0 ? 'axis' : 'grid') + label(edge.left - 8, py(y) + 4, 'end', minus(y));
  for (const y of samples.limits) out += across(y, 'asymptote');
  out += `<g clip-path="url(#inside)"><path class="derivative" d="${slopePath(at)}"/><path class="function" d="${path(at)}"/>`;
  for (const { x, left, right } of samples.kinks) {
    if (x < state.from || x > state.to) continue;
    out += `<path class="jump" d="M${at(x, left)}L${at(x, right)}"/>`;
    for (const y of [left, right]) out += `<circle class="open" cx="${px(x)}" cy="${py(y)}" r="4.5"/>`;
    out += label(px(x) - 10, py(left) - 8, 'end', minus(left), 'value') + label(px(x) + 10, py(right) - 8, 'start', minus(right), 'value');
  }
  if (reading.x === state.x && state.x >= state.from && state.x <= state.to) {
    out += down(state.x, 'cross');
    if (Number.isFinite(reading.f)) out += `<circle class="dot f" cx="${px(state.x)}" cy="${py(reading.f)}" r="6"/>`;
    if (reading.d !== null && Number.isFinite(reading.d)) out += `<circle class="dot d" cx="${px(state.x)}" cy="${py(reading.d)}" r="6"/>`;
  }
  plot.innerHTML = `${out}</g>`;
  plot.setAttribute('aria-valuemin', state.from);
  plot.setAttribute('aria-valuemax', state.to);
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

function setPoint(x) {
  if (x === state.x) return;
  state.x = x;
  showReading();
  drawPlot();
  showCall();
  writeState();
}

function setRange(from, to) {
  const place = 10 ** (Math.floor(Math.log10(to - from)) - 4);
  from = Number((Math.round(from / place) * place).toPrecision(10));
  to = Number((Math.round(to / place) * place).toPrecision(10));
  if (!inBounds(from, to)) return;
  Object.assign(state, { from, to });
  showRange();
  ensureSamples();
  drawPlot();
  writeState();
}

function showRange() {
  for (const name of ['from', 'to']) if (document.activeElement !== $(name)) $(name).value = digits(state[name]);
  const query = new URLSearchParams({ from: state.from, to: state.to, ...state.parameters });
  $('picture').href = `v1/${state.activation}/plot.svg?${query}`;
}

function zoom(factor, x = (state.from + state.to) / 2) {
  setRange(x - (x - state.from) * factor, x + (state.to - x) * factor);
}

const nearest = (x) => multiple(Math.round(x / samples.step), samples.step);

function startCurve() {
  const xAt = (clientX) => {
    const box = plot.getBoundingClientRect();
    return state.from + ((clientX - box.left - edge.left) / (box.width - edge.left - edge.right)) * (state.to - state.from);
  };
  const clampToView = (x) => Math.min(Math.max(x, state.from), state.to);
  const fingers = new Map();
  let moved = 0;
  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, event.clientX);
    plot.setPointerCapture(event.pointerId);
    moved = 0;
  });
  plot.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) {
      if (event.pointerType === 'mouse') setPoint(nearest(clampToView(xAt(event.clientX))));
      return;
    }
    const before = [...fingers.values()];
    const shift = xAt(fingers.get(event.pointerId)) - xAt(event.clientX);
    moved += Math.abs(event.clientX - fingers.get(event.pointerId));
    fingers.set(event.pointerId, event.clientX);
    const after = [...fingers.values()];
    if (before.length === 2) {
      const apart = Math.max(Math.abs(after[0] - after[1]), 8);
      zoom(Math.abs(before[0] - before[1]) / apart, xAt((after[0] + after[1]) / 2));
    } else if (moved > 4) {
      plot.classList.add('moving');
      setRange(state.from + shift, state.to + shift);
    }
  });
  const end = (event) => {
    if (fingers.delete(event.pointerId) && moved <= 4) setPoint(nearest(clampToView(xAt(event.clientX))));
    plot.classList.remove('moving');
  };
  plot.addEventListener('pointerup', end);
  plot.addEventListener('pointercancel', end);
  plot.addEventListener('wheel', (event) => {
    // A page that is scrolled past the plot goes on scrolling.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 240), xAt(event.clientX));
  }, { passive: false });
  plot.addEventListener('keydown', (event) => {
    const width = state.to - state.from;
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (steps && event.shiftKey) setRange(state.from + (steps * width) / 20, state.to + (steps * width) / 20);
    else if (steps) setPoint(clampToView(nearest(state.x + steps * Math.max(samples.step, roundStep(width / 120)))));
    else if (event.key === 'Home') setPoint(nearest(state.from));
    else if (event.key === 'End') setPoint(nearest(state.to));
    else if (event.key === '+' || event.key === '=') zoom(1 / 1.5, state.x);
    else if (event.key === '-') zoom(1.5, state.x);
    else return;
    event.preventDefault();
  });
  $('zoom-in').onclick = () => zoom(1 / 1.5);
  $('zoom-out').onclick = () => zoom(1.5);
  $('zoom-reset').onclick = () => setRange(defaults.from, defaults.to);
  const entry = (id, isRight, use) => {
    const mark = () => {
      const value = finite($(id).value, NaN);
      const right = Number.isFinite(value) && isRight(value);
      $(id).toggleAttribute('aria-invalid', !right);
      if (right) use(value);
    };
    $(id).addEventListener('input', mark);
    $(id).addEventListener('blur', () => {
      $(id).removeAttribute('aria-invalid');
      $(id).value = digits(state[id]);
    });
  };
  entry('x', () => true, setPoint);
  entry('from', (value) => inBounds(value, state.to), (value) => setRange(value, state.to));
  entry('to', (value) => inBounds(state.from, value), (value) => setRange(state.from, value));
  new ResizeObserver(drawPlot).observe(plot);
}

function showParameters() {
  $('parameters').replaceChildren(...current().parameters.map(({ name, summary }) => {
    const slider = make('input', { type: 'range', min: -1, max: 2, step: 0.01, value: state.parameters[name], id: `slide-${name}` });
    slider.setAttribute('aria-label', `${name}, by slider`);
    const field = make('input', { value: digits(state.parameters[name]), autocomplete: 'off', id: `parameter-${name}` });
    const set = (value, from) => {
      if (!Number.isFinite(value)) return;
      state.parameters[name] = value;
      if (from !== slider) slider.value = value;
      if (from !== field) field.value = digits(value);
      changedParameters();
    };
    slider.oninput = () => set(Number(slider.value), slider);
    field.oninput = () => set(finite(field.value, NaN), field);
    return make('div', {}, make('label', { className: 'field', title: summary }, `${name} `, field), slider);
  }));
}

function changedParameters() {
  ensureSamples();
  showReading();
  showRange();
  showCall();
  writeState();
}

function showCurve() {
  const { name } = current();
  $('value-name').textContent = `${name}(x)`;
  $('slope-name').textContent = `${name}′(x)`;
  const entry = (style, text) => {
    const line = make('i');
    line.className = style;
    return make('li', {}, line, text);
  };
  $('legend').replaceChildren(entry('', `${name}(x)`), entry('d', `${name}′(x)`));
  showParameters();
  showRange();
  ensureSamples();
  showReading();
  drawPlot();
}
