// What hands do to the curve: the point, the range, the parameters.
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
      markInvalid($(id), !right);
      if (right) use(value);
    };
    $(id).addEventListener('input', mark);
    $(id).addEventListener('blur', () => {
      $(id).removeAttribute('aria-invalid');
      $(id).value = digits(state[id]);
    });
  };
  entry('x', () => true, setPoint);
  $('x').addEventListener('change', () => say(plot.getAttribute('aria-valuetext')));
  entry('from', (value) => inBounds(value, state.to), (value) => setRange(value, state.to));
  entry('to', (value) => inBounds(state.from, value), (value) => setRange(state.from, value));
  $('picture').onclick = savePicture;
  new ResizeObserver(drawPlot).observe(plot);
}

// A link sends no token, so where one is asked for the picture is fetched, and saved.
async function savePicture(event) {
  if (!token) return;
  event.preventDefault();
  const { text } = await call('GET', $('picture').getAttribute('href'));
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  make('a', { href: url, download: `${state.activation}.svg` }).click();
  URL.revokeObjectURL(url);
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
