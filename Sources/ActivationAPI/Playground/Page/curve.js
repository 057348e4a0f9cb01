// The curve as it is shown, and what hands do to it: the point, the range, the parameters.
const plot = $('plot');
let plotFrame = frameOf({ from: -6, to: 6, width: 0, height: 0 });
let fading = { activation: '', frame: plotFrame, markup: '' };

function setPoint(x) {
  if (Object.is(x, state.x) && !state.typed.x) return;
  change(() => {
    state.x = x;
    untype('x');
  });
}

function setRange(from, to) {
  const place = 10 ** (Math.floor(Math.log10(to - from)) - 4);
  from = Number((Math.round(from / place) * place).toPrecision(10));
  to = Number((Math.round(to / place) * place).toPrecision(10));
  if (!inBounds(from, to)) return;
  change(() => {
    Object.assign(state, { from, to });
    untype('from', 'to');
  });
}

function zoom(factor, x = (state.from + state.to) / 2) {
  setRange(x - (x - state.from) * factor, x + (state.to - x) * factor);
}

const nearest = (x) => multiple(Math.round(x / stepOfView()), stepOfView());
const clampToView = (x) => Math.min(Math.max(x, state.from), state.to);
const xAt = (clientX) => plotFrame.xAt(clientX - plot.getBoundingClientRect().left);
const readPointAt = (clientX) => setPoint(nearest(clampToView(xAt(clientX))));

function startPointers() {
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
      if (event.pointerType === 'mouse') readPointAt(event.clientX);
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
    if (fingers.delete(event.pointerId) && moved <= 4) readPointAt(event.clientX);
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
}

function moveByKey(event) {
  const width = state.to - state.from;
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
  if (steps && event.shiftKey) setRange(state.from + (steps * width) / 20, state.to + (steps * width) / 20);
  else if (steps) setPoint(clampToView(nearest((state.x || 0) + steps * Math.max(stepOfView(), roundStep(width / 120)))));
  else if (event.key === 'Home') setPoint(nearest(state.from));
  else if (event.key === 'End') setPoint(nearest(state.to));
  else if (event.key === '+' || event.key === '=') zoom(1 / 1.5, clampToView(state.x || 0));
  else if (event.key === '-') zoom(1.5, clampToView(state.x || 0));
  else return;
  event.preventDefault();
}

// The two ends of the range are right or wrong together; what is wrong is said beside the one that is edited.
function bindRange() {
  for (const [id, other] of [['from', 'to'], ['to', 'from']]) {
    const read = (text) => {
      const [mine, theirs] = [readFinite(text), readFinite(state.typed[other]?.text ?? digits(state[other]))];
      if (mine.problem || theirs.problem) return { ...mine, isHeld: true };
      const ends = { [id]: mine.value, [other]: theirs.value };
      const problem = rangeProblem(ends.from, ends.to);
      return { ...mine, value: ends, problem };
    };
    const set = (ends) => {
      Object.assign(state, ends);
      untype(other);
    };
    bindField($(id), { read, set });
  }
}

function startCurve() {
  startPointers();
  plot.addEventListener('keydown', moveByKey);
  plot.addEventListener('animationend', () => {
    fading.markup = '';
    update();
  });
  $('zoom-in').onclick = () => zoom(1 / 1.5);
  $('zoom-out').onclick = () => zoom(1.5);
  $('zoom-reset').onclick = () => setRange(defaults.from, defaults.to);
  bindField($('x'), { read: readNumber, set: (value) => (state.x = value) });
  $('x').addEventListener('change', () => say(plot.getAttribute('aria-valuetext') ?? ''));
  bindRange();
  $('picture').onclick = savePicture;
  new ResizeObserver(update).observe(plot);
}

// A link sends no token, so where one is asked for the picture is fetched, and saved.
async function savePicture(event) {
  if (!token) return;
  event.preventDefault();
  const name = `${state.activation}.svg`;
  try {
    const answer = await call('GET', $('picture').getAttribute('href'));
    if (answer.status !== 200) throw new Refusal(answer);
    const url = URL.createObjectURL(new Blob([answer.text], { type: 'image/svg+xml' }));
    make('a', { href: url, download: name }).click();
    URL.revokeObjectURL(url);
  } catch (error) {
    say(reasonOf(error));
  }
}

function buildParameters() {
  $('parameters').replaceChildren(...current().parameters.map(({ name, summary }) => {
    const id = `parameter-${name}`;
    const set = (value) => (state.parameters = { ...state.parameters, [name]: value });
    const slider = make('input', { type: 'range', min: -1, max: 2, step: 0.01, id: `slide-${name}` });
    slider.setAttribute('aria-label', `${name}, by slider`);
    slider.oninput = () => {
      const value = Number(slider.value);
      const work = () => {
        // The drag of an activation that has been left by now.
        if (!(name in state.parameters)) return;
        set(value);
        untype(id);
      };
      // By keys each step counts from the one before; a thumb that is held comes again.
      if (slider.matches(':active')) pace(work);
      else change(work);
      slider.value = state.parameters[name];
    };
    const field = make('input', { autocomplete: 'off', spellcheck: false, id, 'aria-describedby': `${id}-problem` });
    bindField(field, { read: readFinite, set });
    return make('div', {}, make('label', { className: 'field', title: summary }, `${name} `, field), make('p', { className: 'problem', id: `${id}-problem`, 'aria-live': 'polite' }), slider);
  }));
}

function showParameters() {
  for (const [name, value] of Object.entries(state.parameters)) {
    showField(`parameter-${name}`, digits(value));
    $(`slide-${name}`).value = value;
  }
}

function showReading(point) {
  const isWrong = !pointKey() || exactReading.error?.isFinal;
  put($('value'), isWrong ? '—' : point && digits(point.f));
  put($('slope'), isWrong ? '—' : point && slopeText(point));
  if (point) {
    plot.setAttribute('aria-valuenow', Number.isFinite(point.x) ? point.x : 0);
    plot.setAttribute('aria-valuemin', Math.min(state.from, point.x) || state.from);
    plot.setAttribute('aria-valuemax', Math.max(state.to, point.x) || state.to);
  }
  attribute(plot, 'aria-valuetext', point && `x ${digits(point.x)}, function ${digits(point.f)}, derivative ${slopeText(point)}`);
}

function drawPlot(data, point) {
  const view = { from: state.from, to: state.to, width: plot.clientWidth, height: plot.clientHeight };
  if (!view.width) return;
  const isShown = data && !hasProblem('from', 'to');
  const isFading = !isShown && fading.activation === state.activation && fading.markup;
  const isWrong = hasProblem('from', 'to', ...parameterIds());
  draw('plot', [...Object.values(view), isShown && data, isShown && point, isFading, isWrong, state.activation], () => {
    if (!isShown) {
      // Pointers follow the axes on screen.
      plotFrame = isFading ? fading.frame : frameOf(view);
      const instead = isWrong ? label(view.width / 2, view.height / 2, 'middle', 'No curve while a field is wrong') : axesMarkup(plotFrame);
      plot.innerHTML = isFading ? `<g class="fading" aria-hidden="true">${fading.markup}</g>` : instead;
      return;
    }
    plotFrame = frameOf(view, data);
    const drawing = axesMarkup(plotFrame) + curvesMarkup(plotFrame, data);
    plot.innerHTML = drawing + marksMarkup(plotFrame, data, point);
    fading = { activation: state.activation, frame: plotFrame, markup: drawing.replaceAll('class="function"', 'class="was"').replaceAll('class="derivative"', 'class="was dashed"') };
  });
}

function asymptotes({ limits }) {
  if (!limits.length) return 'No horizontal asymptotes.';
  return `Asymptote${limits.length > 1 ? 's' : ''}: y = ${limits.map((y) => minus(digits(y))).join(' and y = ')}`;
}

function showCurve() {
  const { name } = current();
  draw('curve', [name], () => {
    put($('value-name'), `${name}(x)`);
    put($('slope-name'), `${name}′(x)`);
    const entry = (style, text) => make('li', {}, make('i', { className: style }), text);
    $('legend').replaceChildren(entry('', `${name}(x)`), entry('d', `${name}′(x)`));
    buildParameters();
  });
  showParameters();
  showField('x', digits(state.x));
  for (const id of ['from', 'to']) showField(id, digits(state[id]));
  const point = reading();
  showReading(point);
  drawPlot(samples.data, point);
  put($('asymptotes'), samples.data && asymptotes(samples.data));
  $('picture').hidden = hasProblem('from', 'to', ...parameterIds());
  $('picture').href = `v1/${name}/plot.svg?${new URLSearchParams({ from: state.from, to: state.to, ...state.parameters })}`;
}
