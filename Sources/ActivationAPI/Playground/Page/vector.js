// Functions of a vector: scores as bars, probabilities, and the Jacobian.
const reach = 6;
let outcome = { values: [], matrix: [] };

const scaled = () => state.vector.map((x) => (state.temperature === 1 ? x : x / state.temperature));

const fetchVector = latest(async () => {
  if (!isVector()) return;
  const input = scaled();
  const [forward, jacobian] = await Promise.all([
    ask('POST', `v1/${state.activation}/forward`, { input }),
    ask('POST', `v1/${state.activation}/jacobian`, { input }),
  ]);
  if (forward.output.length !== state.vector.length) return;
  outcome = { values: numbers(forward.output), matrix: jacobian.output.map(numbers) };
  showOutcome();
});

// As many columns, rows and cells as components; kept while only numbers change, so that focus and drags survive.
function buildVector() {
  const size = state.vector.length;
  $('scores').replaceChildren(...state.vector.map((_, index) => scoreColumn(index)));
  $('chances').replaceChildren(...state.vector.map(() => make('div', { className: 'column' }, make('div', { className: 'track' }, make('i')), make('b'))));
  // Wide numbers in many columns: see the style sheet.
  $('vector').classList.toggle('many', size > 7);
  $('heatmap').style.minWidth = `${size * 64 + 116}px`;
  $('heatmap').style.setProperty('--cell', `${Math.min(Math.max(230 / size, 46), 70)}px`);
  const head = make('tr', {}, make('th', { scope: 'col' }, 'i, j'));
  for (let j = 0; j < size; j += 1) head.append(make('th', { scope: 'col' }, `${j}`));
  head.append(make('th', { scope: 'col' }, 'sum'));
  const body = make('tbody');
  for (let i = 0; i < size; i += 1) {
    const row = make('tr', {}, make('th', { scope: 'row' }, `${i}`));
    for (let j = 0; j < size; j += 1) {
      const cell = make('td', { role: 'gridcell', onclick: () => select(i, j) });
      cell.onfocus = () => select(i, j);
      row.append(cell);
    }
    row.append(make('td', { className: 'sum', role: 'gridcell' }));
    body.append(row);
  }
  $('heatmap').replaceChildren(make('thead', {}, head), body);
  outcome = { values: [], matrix: [] };
}

function scoreColumn(index) {
  const column = make('div', { className: 'column', tabIndex: 0 }, make('small', {}, `${index}`), make('div', { className: 'track' }, make('i')), make('b'));
  const attributes = { role: 'slider', 'aria-orientation': 'vertical', 'aria-valuemin': -reach, 'aria-valuemax': reach, 'aria-label': `x ${index}` };
  for (const [name, value] of Object.entries(attributes)) column.setAttribute(name, value);
  const drag = (event) => {
    const box = column.children[1].getBoundingClientRect();
    const value = reach * (1 - (2 * (event.clientY - box.top)) / box.height);
    setComponent(index, Math.round(Math.min(Math.max(value, -reach), reach) * 20) / 20 + 0);
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
    const value = event.key === 'Home' ? -reach : event.key === 'End' ? reach : state.vector[index] + step;
    setComponent(index, Math.round(Math.min(Math.max(value, -reach), reach) * 100) / 100 + 0);
    event.preventDefault();
  });
  return column;
}

function setComponent(index, value) {
  if (state.vector[index] === value) return;
  state.vector[index] = value;
  changedVector();
}

function setVector(vector) {
  const isResized = vector.length !== state.vector.length;
  state.vector = vector;
  state.i = Math.min(state.i, vector.length - 1);
  state.j = Math.min(state.j, vector.length - 1);
  if (isResized) buildVector();
  changedVector();
}

function changedVector() {
  showScores();
  fetchVector();
  showCall();
  writeState();
}

function showScores() {
  [...$('scores').children].forEach((column, index) => {
    const value = state.vector[index];
    const shown = Math.min(Math.max(value, -reach), reach);
    const [, track, text] = column.children;
    const bar = track.firstChild;
    bar.style.top = `${50 - Math.max(shown, 0) * (50 / reach)}%`;
    bar.style.height = `max(3px, ${Math.abs(shown) * (50 / reach)}%)`;
    text.textContent = short(value);
    column.setAttribute('aria-valuenow', value);
  });
  if (document.activeElement !== $('components')) $('components').value = state.vector.join(', ');
  $('temperature').value = Math.log10(state.temperature);
  $('temperature-value').textContent = digits(state.temperature);
  $('temperature').setAttribute('aria-valuetext', digits(state.temperature));
  $('chances-name').textContent = state.temperature === 1 ? 'S(x)' : `S(x / ${digits(state.temperature)})`;
}

function showOutcome() {
  [...$('chances').children].forEach((column, index) => {
    const value = outcome.values[index];
    const [track, text] = column.children;
    track.firstChild.style.height = `${value * 100}%`;
    $('scores').children[index].setAttribute('aria-valuetext', `${digits(state.vector[index])}, probability ${digits(value)}`);
    text.textContent = value !== 0 && value < 0.001 ? short(value) : value.toFixed(3);
  });
  $('chances').setAttribute('aria-label', `Probabilities: ${outcome.values.map(digits).join(', ')}`);
  const most = Math.max(...outcome.matrix.flat().map(Math.abs), Number.MIN_VALUE);
  outcome.matrix.forEach((row, i) => {
    const cells = $('heatmap').tBodies[0].rows[i].cells;
    row.forEach((value, j) => {
      const cell = cells[j + 1];
      cell.textContent = short(value);
      cell.title = digits(value);
      cell.style.backgroundColor = value === 0 ? '' : `rgba(var(--${value > 0 ? 'hot' : 'cold'}), ${(0.06 + 0.34 * Math.sqrt(Math.abs(value) / most)).toFixed(3)})`;
    });
    cells[row.length + 1].textContent = short(row.reduce((sum, value) => sum + value, 0));
  });
  showSelection();
}

function select(i, j) {
  if (state.i === i && state.j === j) return;
  Object.assign(state, { i, j });
  showSelection();
  showCall();
  writeState();
}

function showSelection() {
  const { i, j } = state;
  [...$('heatmap').tBodies[0].rows].forEach((row, r) => {
    [...row.cells].forEach((cell, c) => {
      if (c === 0 || cell.className === 'sum') return;
      const isChosen = r === i && c === j + 1;
      cell.setAttribute('aria-selected', isChosen);
      cell.tabIndex = isChosen ? 0 : -1;
    });
  });
  if (!outcome.values.length) return;
  const sub = (name, index) => `<msub><mi>${name}</mi><mn>${index}</mn></msub>`;
  const left = `<mrow>${sub('D', j)}${sub('S', i)}</mrow><mo>=</mo>`;
  const same = i === j;
  const right = same ? `<mrow>${sub('S', i)}<mo stretchy="false">(</mo><mn>1</mn><mo>−</mo>${sub('S', j)}<mo stretchy="false">)</mo></mrow>` : `<mrow><mo>−</mo>${sub('S', j)}${sub('S', i)}</mrow>`;
  const [si, sj] = [digits(outcome.values[i]), digits(outcome.values[j])];
  const filled = same ? `${si} · (1 − ${sj})` : `−${sj} · ${si}`;
  $('written').innerHTML = `<p><math>${left}${right}</math></p><p>= ${filled}</p><p id="entry">= ${minus(digits(outcome.matrix[i][j]))}</p>`;
}

function startVector() {
  $('more').onclick = () => state.vector.length < 10 && setVector([...state.vector, 0]);
  $('fewer').onclick = () => state.vector.length > 1 && setVector(state.vector.slice(0, -1));
  $('components').addEventListener('input', () => {
    const vector = $('components').value.split(',').map((text) => finite(text, NaN));
    const isRight = vector.length <= 10 && vector.every(Number.isFinite);
    markInvalid($('components'), !isRight);
    if (isRight) setVector(vector);
  });
  $('components').addEventListener('blur', showScores);
  $('temperature').addEventListener('input', () => {
    state.temperature = Number((10 ** Number($('temperature').value)).toPrecision(2));
    changedVector();
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
  if ($('scores').children.length !== state.vector.length) buildVector();
  showScores();
  fetchVector();
}
