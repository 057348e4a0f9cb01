// The steps from the formula to its derivative. The service sends them as MathML, which the browser typesets.
const fetchDerivation = latest(async () => {
  const name = state.activation;
  const entry = await ask('GET', `v1/${name}`);
  if (name !== state.activation) return;
  const chains = entry.derivations ?? [];
  const definition = chains.find((chain) => chain.subject === 'value');
  $('formula').innerHTML = definition ? `<math display="block">${equation(definition.steps[0], definition.steps.at(-1))}</math>` : '';
  if (!definition) $('formula').textContent = entry.formula;
  $('derivations').replaceChildren(...chains.map(chainElement));
  $('derivation').hidden = chains.length === 0;
});

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
