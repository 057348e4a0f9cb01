// Functions of a vector: scores as bars, probabilities, and the Jacobian.
const reach = 6;

// The service knows no temperature: it is asked at x / T, and by the chain rule the Jacobian is divided by T.
const scaled = () => state.vector.map((x) => (state.temperature === 1 ? x : x / state.temperature));
const vectorKey = () => (isVector() && !hasProblem('components') ? json([state.activation, state.vector, state.temperature]) : undefined);

const outcome = new Piece(vectorKey, async (signal) => {
  const { activation, temperature } = state;
  const [values, matrix] = await Promise.all(['forward', 'jacobian'].map(async (operation) => (await ask('POST', `v1/${activation}/${operation}`, { input: scaled() }, signal)).output));
  return { values: numbers(values), matrix: matrix.map((row) => numbers(row).map((value) => (temperature === 1 ? value : value / temperature))) };
}, { isPaced: true });

// As many columns, rows and cells as components; kept while only numbers change, so that focus and drags survive.
function buildVector(size) {
  $('scores').replaceChildren(...state.vector.map((_, index) => scoreColumn(index)));
  $('chances').replaceChildren(...state.vector.map(() => make('div', { className: 'column' }, make('div', { className: 'track' }, make('i')), make('b'))));
  // Wide numbers in many columns: see the style sheet.
  $('vector').classList.toggle('many', size > 7);
  $('heatmap').style.minWidth = `${size * 64 + 116}px`;
  $('heatmap').style.setProperty('--cell', `${Math.min(Math.max(230 / size, 46), 70)}px`);
  const indices = [...Array(size).keys()];
  const head = make('tr', {}, ...['i, j', ...indices, 'sum'].map((text) => make('th', { scope: 'col' }, `${text}`)));
  const rows = indices.map((i) => make('tr', {}, make('th', { scope: 'row' }, `${i}`),
    ...indices.map((j) => make('td', { role: 'gridcell', onclick: () => select(i, j), onfocus: () => select(i, j) })),
    make('td', { className: 'sum', role: 'gridcell' })));
  $('heatmap').replaceChildren(make('thead', {}, head), make('tbody', {}, ...rows));
}

function scoreColumn(index) {
  const column = make('div', { className: 'column', tabIndex: 0 }, make('small', {}, `${index}`), make('div', { className: 'track' }, make('i')), make('b'));
  const attributes = { role: 'slider', 'aria-orientation': 'vertical', 'aria-valuemin': -reach, 'aria-valuemax': reach, 'aria-label': `x ${index}` };
  for (const [name, value] of Object.entries(attributes)) column.setAttribute(name, value);
  const drag = (event) => {
    const box = column.children[1].getBoundingClientRect();
    const value = reach * (1 - (2 * (event.clientY - box.top)) / box.height);
    pace(() => setComponent(index, Math.round(Math.min(Math.max(value, -reach), reach) * 20) / 20 + 0));
  };
  column.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    column.setPointerCapture(event.pointerId);
    drag(event);
  });
  column.addEventListener('pointermove', (event) => {
    if (column.hasPointerCapture(event.pointerId)) drag(event);
  });
  column.addEventListener('keydown', (event) => {
    const step = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1, PageUp: 1, PageDown: -1 }[event.key];
    if (!step && event.key !== 'Home' && event.key !== 'End') return;
    const value = event.key === 'Home' ? -reach : event.key === 'End' ? reach : (state.vector[index] || 0) + step;
    change(() => setComponent(index, Math.round(Math.min(Math.max(value, -reach), reach) * 100) / 100 + 0));
    event.preventDefault();
  });
  return column;
}

// A drag can outlast its component.
function setComponent(index, value) {
  if (isVector() && index < state.vector.length) setVector(state.vector.with(index, value));
}

function setVector(vector) {
  const last = vector.length - 1;
  Object.assign(state, { vector, i: Math.min(state.i, last), j: Math.min(state.j, last) });
  untype('components');
}

function showScores() {
  [...$('scores').children].forEach((column, index) => {
    const value = state.vector[index];
    const shown = Math.min(Math.max(value || 0, -reach), reach);
    const [, track, text] = column.children;
    const bar = track.firstChild;
    bar.style.top = `${50 - Math.max(shown, 0) * (50 / reach)}%`;
    bar.style.height = `max(3px, ${Math.abs(shown) * (50 / reach)}%)`;
    text.textContent = short(value);
    column.setAttribute('aria-valuenow', shown);
    column.setAttribute('aria-valuetext', digits(value));
  });
  const { temperature } = state;
  $('temperature').value = Math.log10(temperature);
  $('temperature-value').textContent = digits(temperature);
  $('temperature').setAttribute('aria-valuetext', digits(temperature));
  const argument = temperature === 1 ? 'x' : `x / ${digits(temperature)}`;
  $('chances-name').textContent = `S(${argument})`;
  $('heat-argument').textContent = temperature === 1 ? '' : `(${argument})`;
  $('temperature-note').hidden = temperature === 1;
  put($('temperature-note'), `The service is asked for S and its Jacobian at ${argument}. By the chain rule the page divides each entry by ${digits(temperature)}.`);
}

function showOutcome(data) {
  for (const id of ['chances', 'heat']) $(id).classList.toggle('empty', !data);
  const { values = [], matrix = [] } = data ?? {};
  [...$('chances').children].forEach((column, index) => {
    const value = values[index];
    const [track, text] = column.children;
    if (data) track.firstChild.style.height = `${(value || 0) * 100}%`;
    put(text, data && (value !== 0 && value < 0.001 ? short(value) : value.toFixed(3)));
    if (data) $('scores').children[index].setAttribute('aria-valuetext', `${digits(state.vector[index])}, probability ${digits(value)}`);
  });
  $('chances').setAttribute('aria-label', data ? `Probabilities: ${values.map(digits).join(', ')}` : 'Probabilities');
  const most = Math.max(...matrix.flat().map(Math.abs), Number.MIN_VALUE);
  [...$('heatmap').tBodies[0].rows].forEach((row, i) => {
    const cells = [...row.cells].slice(1, -1);
    cells.forEach((cell, j) => {
      const value = matrix[i]?.[j];
      put(cell, data && short(value));
      attribute(cell, 'title', data && digits(value));
      if (data) cell.style.backgroundColor = value ? `rgba(var(--${value > 0 ? 'hot' : 'cold'}), ${(0.06 + 0.34 * Math.sqrt(Math.abs(value) / most)).toFixed(3)})` : '';
    });
    put(row.lastChild, data && short(matrix[i].reduce((sum, value) => sum + value, 0)));
  });
}

function select(i, j) {
  if (state.i === i && state.j === j) return;
  change(() => Object.assign(state, { i, j }));
}

function showSelection({ i, j }) {
  [...$('heatmap').tBodies[0].rows].forEach((row, r) => {
    [...row.cells].slice(1, -1).forEach((cell, c) => {
      const isChosen = r === i && c === j;
      cell.setAttribute('aria-selected', isChosen);
      cell.tabIndex = isChosen ? 0 : -1;
    });
  });
}

// The chosen entry, as a formula and with its numbers.
function showWritten(data, { i, j, temperature }) {
  const sub = (name, index) => `<msub><mi>${name}</mi><mn>${index}</mn></msub>`;
  const isOne = temperature === 1;
  const same = i === j;
  const t = digits(temperature);
  const sign = same ? '' : '−';
  const over = isOne ? '' : `<mfrac><mn>1</mn><mn>${t}</mn></mfrac>`;
  const product = same ? `${sub('S', i)}<mo stretchy="false">(</mo><mn>1</mn><mo>−</mo>${sub('S', j)}<mo stretchy="false">)</mo>` : `${sub('S', j)}${sub('S', i)}`;
  const [si, sj] = data ? [digits(data.values[i]), digits(data.values[j])] : [];
  const filled = same ? `${si} · (1 − ${sj})` : `${sj} · ${si}`;
  if (!$('entry')) {
    if (!data) return;
    $('written').replaceChildren(make('p', { id: 'entry-formula' }), make('p', { id: 'filled' }), make('p', { id: 'entry' }));
  }
  $('entry-formula').innerHTML = `<math><mrow>${sub('D', j)}${sub('S', i)}</mrow><mo>=</mo><mrow>${sign && '<mo>−</mo>'}${over}${product}</mrow></math>`;
  put($('filled'), data && `= ${sign}${isOne ? '' : `1/${t} · `}${filled}`);
  put($('entry'), data && `= ${minus(digits(data.matrix[i][j]))}`);
}

function startVector() {
  const resize = (vector) => vector.length >= 1 && vector.length <= maxComponents && change(() => setVector(vector));
  $('more').onclick = () => resize([...state.vector, 0]);
  $('fewer').onclick = () => resize(state.vector.slice(0, -1));
  const set = (vector) => {
    const { components } = state.typed;
    setVector(vector);
    state.typed = { ...state.typed, components };
  };
  bindField($('components'), { read: readVector, set });
  $('temperature').addEventListener('input', () => {
    const temperature = Number((10 ** Number($('temperature').value)).toPrecision(2));
    const work = () => (state.temperature = temperature);
    if ($('temperature').matches(':active')) pace(work);
    else change(work);
    $('temperature').value = Math.log10(state.temperature);
  });
  $('heatmap').addEventListener('keydown', (event) => {
    const [di, dj] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
    if (!di && !dj) return;
    event.preventDefault();
    const last = state.vector.length - 1;
    select(Math.min(Math.max(state.i + di, 0), last), Math.min(Math.max(state.j + dj, 0), last));
    $('heatmap').tBodies[0].rows[state.i].cells[state.j + 1].focus();
  });
}

function showVector() {
  const { vector, i, j, temperature } = state;
  draw('columns', [vector.length, state.activation], () => buildVector(vector.length));
  draw('scores', [vector, temperature, state.activation], showScores);
  showField('components', vector.map(digits).join(', '));
  const { data } = outcome;
  draw('outcome', [data, vector, vectorKey(), outcome.isPending], () => showOutcome(data));
  draw('selection', [i, j, vector.length, state.activation], () => showSelection(state));
  draw('written', [data, i, j, temperature, state.activation], () => showWritten(data, state));
}
