// Puts the parts together, and follows the URL.
function showAll() {
  const entry = current();
  for (const link of $('tabs').children) {
    if (link.dataset.name === entry.name) {
      link.setAttribute('aria-current', 'page');
      // On a phone the row scrolls.
      $('tabs').scrollLeft = link.offsetLeft - 60;
    } else link.removeAttribute('aria-current');
  }
  document.title = `${entry.title} · Activation functions`;
  $('title').textContent = entry.title;
  $('summary').textContent = entry.summary;
  $('curve').hidden = isVector();
  $('vector').hidden = !isVector();
  showOperations();
  if (isVector()) showVector();
  else showCurve();
  showCall();
  showRoutes();
  fetchDerivation();
}

const start = latest(async () => {
  catalogue = await ask('GET', 'v1');
  $('version').textContent = `activation-service ${catalogue.version} · vector width ${catalogue.vector_width}`;
  $('tabs').replaceChildren(...catalogue.activations.map(({ name, title }) => {
    const link = make('a', { href: `#${name}` }, title);
    link.dataset.name = name;
    return link;
  }));
  startCurve();
  startVector();
  startCall();
  const follow = () => {
    readState();
    showAll();
  };
  addEventListener('hashchange', follow);
  follow();
  fetchRoutes();
});

// Not by its link, for the URL holds what is shown.
$('skip').onclick = (event) => {
  event.preventDefault();
  $('main').focus();
};
$('again').onclick = tryAgain;
addEventListener('online', tryAgain);
start();
