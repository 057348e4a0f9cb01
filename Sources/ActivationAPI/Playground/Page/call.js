// The call that answers what is being looked at: for a shell, as sent, and what came back.
let shown = { curl: '', answer: '' };

function callOfState() {
  const fields = isVector() ? { input: scaled() } : { input: state.x, ...state.parameters };
  if (isVector() && state.operation === 'derivative') Object.assign(fields, { i: state.i, j: state.j });
  return { path: `v1/${state.activation}/${state.operation}`, body: JSON.stringify(fields) };
}

const fetchCall = latest(async () => {
  const { path, body } = callOfState();
  const answer = await call('POST', path, body);
  shown.answer = answer.text;
  $('answer').textContent = answer.text;
  $('status').textContent = `${answer.status} ${answer.reason} · ${answer.ms.toFixed(1)} ms`;
});
const fetchCallSoon = later(fetchCall, 60);

function showCall() {
  const { path, body } = callOfState();
  shown.curl = curlLine('POST', path, body);
  $('curl').textContent = shown.curl;
  $('request').textContent = `POST ${new URL(path, base).pathname} HTTP/1.1\nContent-Type: application/json\n\n${body}`;
  fetchCallSoon();
}

function showOperations() {
  const names = Object.keys(current().fields);
  $('operations').replaceChildren(...names.map((name) => {
    const radio = make('input', { type: 'radio', name: 'operation', value: name, checked: name === state.operation });
    radio.onchange = () => {
      state.operation = name;
      showCall();
      writeState();
    };
    return make('label', {}, radio, name);
  }));
}

function startCall() {
  for (const button of document.querySelectorAll('[data-copy]')) button.onclick = () => copy(shown[button.dataset.copy], button);
}
