// Functions of one number: what was fetched of the curve, and the reading at a point of it.

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
  $('asymptotes').textContent = samples.limits.length ? `Asymptote${samples.limits[1] === undefined ? '' : 's'}: y = ${samples.limits.map((y) => minus(digits(y))).join(' and y = ')}` : 'No horizontal asymptotes.';
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
