// Functions of one number: what is fetched of the curve, and the reading at a point of it.
const functionKey = () => (current() && !isVector() && !hasProblem(...parameterIds()) ? json([state.activation, state.parameters]) : undefined);

function roundStep(wanted) {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const multiple = [1, 2, 5, 10].find((m) => m * power >= wanted * 0.999999) ?? 10;
  return Number((multiple * power).toPrecision(3));
}

const multiple = (k, step) => Number((k * step).toPrecision(12)) + 0;
const stepOfView = () => roundStep((state.to - state.from) / 480);

function positions() {
  const width = state.to - state.from;
  const step = stepOfView();
  const x = [];
  const first = Math.floor((state.from - width / 2) / step);
  const last = Math.ceil((state.to + width / 2) / step);
  for (let k = first; k <= last; k += 1) x.push(multiple(k, step));
  for (const { location } of current().kinks) if (location > x[0] && location < x.at(-1)) x.push(location);
  return { step, x: [...new Set(x)].sort((a, b) => a - b) };
}

// Evaluates the function that is chosen now, also after another has been.
function evaluator(signal) {
  const { activation, parameters } = state;
  return async (operation, input, fields = {}) => (await ask('POST', `v1/${activation}/${operation}`, { input, ...parameters, ...fields }, signal)).output;
}

// Ascending x, f and f' there; a kink has no slope, but one from each side.
async function loadSamples(signal) {
  const evaluate = evaluator(signal);
  const { step, x } = positions();
  const [f, d, limits] = await Promise.all([evaluate('forward', x), evaluate('derivative', x), evaluate('forward', [-Infinity, Infinity])]);
  const at = x.filter((_, index) => d[index] === null);
  let kinks = [];
  if (at.length) {
    const [left, right] = await Promise.all(['left', 'right'].map((side) => evaluate('derivative', at, { at_kink: side })));
    kinks = at.map((x, index) => ({ x, left: number(left[index]), right: number(right[index]) }));
  }
  return { step, x, f: numbers(f), d: numbers(d), kinks, limits: [...new Set(numbers(limits).filter(Number.isFinite))] };
}

// More is fetched once the view leaves what was, or needs a finer or coarser step. Until then that is still right.
const samples = new Piece(functionKey, loadSamples, {
  isEnough: ({ x, step }) => x[0] <= state.from && x.at(-1) >= state.to && step === stepOfView(),
  isPaced: true,
});

async function loadReading(signal) {
  const evaluate = evaluator(signal);
  const { x } = state;
  const [f, d] = await Promise.all([evaluate('forward', x), evaluate('derivative', x)]);
  const sides = d === null ? await Promise.all(['left', 'right'].map((side) => evaluate('derivative', x, { at_kink: side }))) : [];
  const [left, right] = numbers(sides);
  return { x, f: number(f), d: number(d), left, right };
}

const pointKey = () => (functionKey() && !hasProblem('x') ? json([functionKey(), state.x]) : undefined);
const exactReading = new Piece(() => (sampledReading() ? undefined : pointKey()), loadReading, { isPaced: true });

function sampledReading() {
  if (!pointKey() || !samples.data) return undefined;
  const { x, f, d, kinks } = samples.data;
  const index = indexOf(state.x, x);
  if (index < 0) return undefined;
  const { left, right } = kinks.find((kink) => kink.x === state.x) ?? {};
  return { x: state.x, f: f[index], d: d[index], left, right };
}

const reading = () => sampledReading() ?? exactReading.data;

// The sign of 0 counts.
function indexOf(x, values) {
  let low = 0;
  let high = values.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (Object.is(values[middle], x)) return middle;
    if (values[middle] < x) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const slopeText = ({ d, left, right }) => (d === null ? `undefined: ${digits(left)} from the left, ${digits(right)} from the right` : digits(d));
