// Makes the pages of the demo live; without it they work by forms and links.
const pause = 1800;
let busy = false;
let playing = null;

const main = () => document.getElementById('main');

/** Puts a page that was sent in the place of this one, and keeps what is focused and scrolled. */
async function swap(response, { moves = true } = {}) {
  if (!response.ok && response.status !== 422) throw new Error(response.statusText);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  const focused = document.activeElement?.id;
  for (const id of ['scenarios', 'main', 'language']) {
    const [old, next] = [document.getElementById(id), fresh.getElementById(id)];
    if (!old || !next) continue;
    const { scrollTop } = old;
    old.replaceWith(next);
    next.scrollTop = scrollTop;
  }
  const [styles, wanted] = ['labels', fresh.querySelector('link[href$="labels.css"]')];
  document.getElementById(styles)?.remove();
  if (wanted) {
    // The colours of labels change with the world, so the sheet is asked for again.
    const link = document.createElement('link');
    Object.assign(link, {
      id: styles,
      rel: 'stylesheet',
      href: `${wanted.getAttribute('href')}?${main().dataset.place}`,
    });
    document.head.append(link);
  }
  document.title = fresh.title;
  document.documentElement.lang = fresh.documentElement.lang;
  if (moves && response.url) history.replaceState(null, '', response.url);
  const target = focused && document.getElementById(focused);
  if (target && !target.disabled) target.focus({ preventScroll: true });
  else if (focused) document.getElementById('reset')?.focus({ preventScroll: true });
  document.getElementById('said').textContent = main().dataset.said ?? '';
  showPlaying();
}

/** Says that the page could not be had, as when the demo was stopped. */
function lose() {
  playing = null;
  document.getElementById('lost').hidden = false;
}

async function send(form) {
  if (busy) return;
  busy = true;
  main().setAttribute('aria-busy', 'true');
  try {
    const body = new URLSearchParams(new FormData(form));
    await swap(await fetch(form.action, { method: 'POST', body }), { moves: form.dataset.live !== 'rules' });
    listen();
  } catch {
    lose();
  } finally {
    busy = false;
    main().removeAttribute('aria-busy');
    showPlaying();
  }
}

/** While a story plays, the button that began it ends it. */
function showPlaying() {
  const word = document.querySelector('#play [data-word]');
  if (!word || playing === null || main().dataset.story !== playing) return;
  const sign = document.querySelector('#play [aria-hidden]');
  sign.textContent = '❚❚ ';
  word.textContent = word.dataset.word;
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function play(story) {
  playing = story;
  while (playing === story && main().dataset.story === story && !main().dataset.over) {
    await send(document.getElementById('step').form);
    if (!main().dataset.over) await sleep(pause);
  }
  if (playing === story) playing = null;
}

async function visit(address) {
  try {
    await swap(await fetch(address));
    listen();
  } catch {
    lose();
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  const kind = form.dataset.live;
  if (!kind) return;
  event.preventDefault();
  if (kind !== 'play') {
    playing = null;
    void send(form);
    return;
  }
  const story = form.action.split('/').at(-2);
  if (playing === story) {
    playing = null;
    void visit(location.href);
    return;
  }
  const begin = async () => {
    playing = null;
    if (main().dataset.story !== story) await visit(form.action.replace('/play', ''));
    if (main().dataset.over) await send(document.getElementById('reset').form);
    await play(story);
  };
  void begin();
});

let source = null;

/** Another window, or somebody else, may play the same story. */
function listen() {
  const { story } = main().dataset;
  if (!story || source?.story === story) return;
  source?.events.close();
  const events = new EventSource(`/demo/${story}/events`);
  events.addEventListener('message', ({ data }) => {
    if (busy || data === main().dataset.place || new URL(location.href).searchParams.has('at')) return;
    if (document.activeElement?.id === 'rules-text') return;
    void visit(location.href);
  });
  source = { story, events };
}

// A page that is kept for the way back must not hold a connection.
addEventListener('pagehide', () => {
  source?.events.close();
  source = null;
});
addEventListener('pageshow', listen);

// Where the list of stories scrolls by itself, the one that is shown is in sight.
const rail = document.getElementById('scenarios');
if (rail.scrollHeight > rail.clientHeight) {
  rail.scrollTop = rail.querySelector('.chosen').offsetTop - rail.clientHeight / 2;
}
