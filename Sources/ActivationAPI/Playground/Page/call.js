// The call that answers what is being looked at: for a shell, as sent, and what came back.
function callOfState() {
  if (!current() || hasProblem(...(isVector() ? ['components'] : ['x', ...parameterIds()]))) return undefined;
  const fields = isVector() ? { input: scaled() } : { input: state.x, ...state.parameters };
  if (isVector() && state.operation === 'derivative') Object.assign(fields, { i: state.i, j: state.j });
  return { path: `v1/${state.activation}/${state.operation}`, body: json(fields) };
}

const callKey = () => {
  const asked = callOfState();
  return asked && `${asked.path} ${asked.body}`;
};

// A problem is an answer, too, unless it passes. What is not JSON comes from something else.
const answered = new Piece(callKey, async (signal) => {
  const { path, body } = callOfState();
  const answer = await call('POST', path, body, signal);
  if (isPassing(answer) || answer.status === 401) throw new Refusal(answer);
  JSON.parse(answer.text);
  return answer;
}, { delay: 60 });

function showCall() {
  const asked = callOfState();
  draw('operations', [state.activation, state.operation], showOperations);
  draw('call', [asked?.path, asked?.body, token], () => {
    put($('curl'), asked ? curlLine('POST', asked.path, asked.body) : '—');
    put($('request'), asked ? `POST ${new URL(asked.path, base).pathname} HTTP/1.1\nContent-Type: application/json\n\n${asked.body}` : '—');
  });
  const { data } = answered;
  put($('answer'), asked ? data?.text : '—');
  put($('status'), data ? `${data.status} ${data.reason} · ${data.ms.toFixed(1)} ms` : '');
  for (const button of document.querySelectorAll('[data-copy]')) button.disabled = !asked || !$(button.dataset.copy).textContent;
}

function showOperations() {
  $('operations').replaceChildren(...Object.keys(current().fields).map((name) => {
    const radio = make('input', { type: 'radio', name: 'operation', value: name, checked: name === state.operation });
    radio.onchange = () => change(() => (state.operation = name));
    return make('label', {}, radio, name);
  }));
}

function startCall() {
  for (const button of document.querySelectorAll('[data-copy]')) button.onclick = () => copy($(button.dataset.copy).textContent, button);
}
