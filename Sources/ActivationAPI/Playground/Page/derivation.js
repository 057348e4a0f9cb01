// The steps from the formula to its derivative. The service sends them as MathML, which the browser typesets.
const entry = new Piece(() => current()?.name, (signal) => ask('GET', `v1/${state.activation}`, undefined, signal));

// Until the steps are there, the formula is the catalogue's.
function showDerivation() {
  const { data } = entry;
  draw('derivation', [state.activation, data], () => {
    const chains = data?.derivations ?? [];
    const definition = chains.find((chain) => chain.subject === 'value');
    $('formula').className = data ? '' : 'late';
    if (definition) $('formula').innerHTML = `<math display="block">${equation(definition.steps[0], definition.steps.at(-1))}</math>`;
    else $('formula').textContent = current().formula;
    $('derivations').replaceChildren(...chains.map(chainElement));
    $('derivation').hidden = Boolean(data) && chains.length === 0;
  });
}

const equation = (left, right) => `<mrow>${left.mathml}<mo>=</mo>${right.mathml}</mrow>`;

function chainElement(chain) {
  const button = make('button', { type: 'button' }, 'Copy LaTeX');
  button.onclick = () => copy(latexOf(chain), button);
  const title = make('h3', {}, chain.title);
  if (chain.where) title.insertAdjacentHTML('beforeend', ` <math>${chain.where.mathml}</math>`);
  const list = make('ol');
  const [first, ...rest] = chain.steps;
  rest.forEach((step, index) => {
    const item = make('li');
    item.innerHTML = `<div class="left">${index === 0 ? `<math>${first.mathml}</math>` : ''}</div>`
      + `<math class="right" displaystyle="true"><mrow><mo>=</mo>${step.mathml}</mrow></math>`;
    item.append(make('span', { className: 'why' }, step.reason));
    list.append(item);
  });
  const element = make('article', { className: 'chain' }, make('div', { className: 'bar' }, title, button), list);
  if (chain.conclusion) element.append(make('p', { className: 'so' }, chain.conclusion));
  return element;
}

function latexOf({ steps: [first, ...rest] }) {
  return `\\begin{aligned}\n${first.latex} ${rest.map((step) => `&= ${step.latex}`).join(' \\\\\n')}\n\\end{aligned}`;
}
