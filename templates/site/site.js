'use strict'
// Lists the pages at the side and finds words. Without it the page is whole, and a link leads to a list of all pages.
{
  const root = document.documentElement.dataset.root
  const make = (name, text, attributes = {}) => {
    const made = document.createElement(name)
    if (text) made.textContent = text
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    return made
  }
  document.documentElement.classList.add('js')

  /** A path as a link has it, whatever signs are in its names. */
  const linkTo = path => root + path.split('/').map(encodeURIComponent).join('/')

  // mdBook leaves these as they are in the names of files, and its ticks without a word.
  for (const turn of document.querySelectorAll('.turn a')) turn.href = linkTo(turn.getAttribute('href').slice(root.length))
  for (const tick of document.querySelectorAll('main li > input[type="checkbox"]:disabled')) {
    tick.setAttribute('aria-label', tick.checked ? 'done' : 'not done')
  }

  // ---- The pages of the site

  const here = document.documentElement.dataset.path.replace(/\.md$/, '')
  const nav = document.getElementById('pages')
  const pages = window.engrossPages ?? []
  const current = pages.findIndex(page => page.path === here)

  /** Whether a page lies on the way to the one that is open: it, those above it, and those right below. */
  const isOpen = at => {
    const end = pages.findIndex((page, nth) => nth > at && (page.part || page.level <= pages[at].level))
    return current >= at && (end < 0 || current < end)
  }

  function list(from, level) {
    const items = make('ul')
    let at = from
    while (at < pages.length && !pages[at].part && pages[at].level >= level) {
      const page = pages[at]
      const item = make('li')
      const link = make('a', page.name, { href: linkTo(`${page.path}.html`) })
      if (at === current) link.setAttribute('aria-current', 'page')
      item.append(link)
      const below = at + 1 < pages.length && !pages[at + 1].part && pages[at + 1].level > level
      const [under, next] = below ? list(at + 1, level + 1) : [undefined, at + 1]
      if (under && isOpen(at)) item.append(under)
      items.append(item)
      at = next
    }
    return [items, at]
  }

  for (let at = 0; at < pages.length; ) {
    if (pages[at].part) {
      nav.append(make('p', pages[at].part, { class: 'part' }))
      at++
    } else {
      const [items, next] = list(at, pages[at].level)
      nav.append(items)
      at = next
    }
  }
  nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  window.scrollTo({ top: window.scrollY })

  const link = document.getElementById('all-pages')
  const button = make('button', link.textContent, {
    type: 'button',
    id: link.id,
    class: link.className,
    'aria-expanded': 'false',
    'aria-controls': 'pages',
  })
  link.replaceWith(button)
  button.addEventListener('click', () => {
    const open = nav.classList.toggle('open')
    button.setAttribute('aria-expanded', String(open))
  })

  // ---- What the address names

  /** An item that a document does not have leads to the clause it would be of. */
  function reveal() {
    let id = decodeURIComponent(location.hash.slice(1))
    if (!id.startsWith('clause-') || document.getElementById(id)) return
    while (id.includes('/') && !document.getElementById(id)) id = id.slice(0, id.lastIndexOf('/'))
    if (document.getElementById(id)) location.replace(`#${id}`)
  }
  reveal()
  addEventListener('hashchange', reveal)

  // ---- Finding words

  const form = document.getElementById('find')
  const input = document.getElementById('find-words')
  const found = document.getElementById('found')
  let index
  let loaded = false

  /** The index is large, and most readers never ask for it: it is read when somebody begins to. */
  function load() {
    index ??= new Promise((resolve, reject) => {
      window.search = {}
      const script = make('script', '', { src: document.documentElement.dataset.index })
      script.onload = () => {
        loaded = true
        resolve({ ...window.search, words: window.elasticlunr.Index.load(window.search.index) })
      }
      script.onerror = error => {
        index = undefined
        reject(error)
      }
      document.head.append(script)
    })
    return index
  }

  /** As many words before and after the first that was found. */
  const AROUND = 14

  function teaser(body, wanted) {
    const words = body.split(/\s+/).filter(Boolean)
    const stems = wanted.map(word => window.elasticlunr.stemmer(word.toLowerCase()))
    const plain = word => window.elasticlunr.stemmer(word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
    const fits = word => stems.some(stem => plain(word).startsWith(stem))
    const first = Math.max(0, words.findIndex(fits))
    const [from, to] = [Math.max(0, first - AROUND), first + 2 * AROUND]
    const line = make('p')
    if (from > 0) line.append('… ')
    for (const word of words.slice(from, to)) line.append(fits(word) ? make('mark', word) : word, ' ')
    if (to < words.length) line.append('…')
    return line
  }

  /** The versions to go by come first, then the others, then the manual, which says much of everything. */
  const turns = new Map()
  for (let at = 0, about = false; at < pages.length; at++) {
    if (pages[at].part) about = pages[at].about_documents
    else if (about) turns.set(linkTo(`${pages[at].path}.html`), pages[at].beside ? 1 : 0)
  }
  const turn = ({ ref }, search) => turns.get(root + search.doc_urls[ref].split('#')[0]) ?? 2
  const inOrder = (hits, search) => [...hits].sort((one, other) => turn(one, search) - turn(other, search))

  function hit({ ref, doc }, search, { wanted, items }) {
    const item = make('li')
    const isClause = items.length > 0 && search.doc_urls[ref].includes('#clause-')
    const [within, name] = isClause ? [`/${items.join('/')}`, ` (${items.join(') (')})`] : ['', '']
    // What a page is called says what it lies under.
    const trail = doc.breadcrumbs.split(' » ').slice(0, -1)
    const above = trail.filter((name, at) => name !== doc.title && !trail[at + 1]?.startsWith(name)).join(', ')
    item.append(make('a', doc.title + name, { href: root + search.doc_urls[ref] + within }))
    if (above) item.append(make('p', above, { class: 'side' }))
    item.append(teaser(doc.body, wanted))
    return item
  }

  /** The index knows words by their beginnings only: what has them as they are typed comes before the rest. */
  const exactFirst = (hits, typed) => {
    const sought = ` ${typed.toLowerCase()}`
    const has = ({ doc }) => ` ${doc.title} ${doc.body}`.toLowerCase().includes(sought)
    return [...hits.filter(has), ...hits.filter(hit => !has(hit))]
  }

  const CALLED = '(?:clause|section|paragraph|para|provision|item|point)s?\\.?'
  const ITEM = '\\s*(?:[/(]\\s*(?:[a-z]|[ivxl]+)(?![a-z])\\s*\\)?|[a-z](?![a-z])\\)?)'
  const NUMBERED = new RegExp(`^(?:${CALLED}\\s*)?([a-z]?\\d+(?:\\.\\d+)*)\\.?((?:${ITEM})*)\\.?$`, 'i')

  /** What is asked for: words, or a clause by its number as people write it, `clause 2.2 (b)`. */
  function asked(words) {
    const [, number, items] = words.match(NUMBERED) ?? []
    if (!number) return { words, wanted: words.split(/\s+/).filter(Boolean), items: [] }
    return { words: number, number, wanted: [number], items: items.toLowerCase().match(/[a-z]+/g) ?? [] }
  }

  /** The clauses of a number before those that only name it. */
  const numberedFirst = (hits, number) => {
    const isIt = ({ doc }) => doc.title.replace(/\.$/, '').toLowerCase() === number?.toLowerCase()
    return [...hits.filter(isIt), ...hits.filter(hit => !isIt(hit))]
  }

  /** Some type the one apostrophe, and some documents have the other. */
  function lookUp(words, search) {
    const spelt = [words.replace(/[‘’]/g, "'"), words.replace(/['‘]/g, '’')]
    const [one, other] = spelt.map(words => search.words.search(words, search.search_options))
    return other.length > one.length ? other : one
  }

  /** The same for words of which the last may not be typed to its end: the index knows only what words begin with, without their endings. */
  function lookUpHalf(words, search) {
    let hits = lookUp(words, search)
    const half = words.match(/[\p{L}\p{N}]+$/u)?.[0].toLowerCase() ?? ''
    for (let cut = 1; hits.length === 0 && half.length - cut >= 3; cut++) {
      hits = lookUp(words.slice(0, -cut), search).filter(({ doc }) => `${doc.title} ${doc.body}`.toLowerCase().includes(half))
    }
    return hits
  }

  /** A reader of the screen tells what is put into a line that is there. */
  async function tell(text) {
    found.hidden = false
    await new Promise(requestAnimationFrame)
    document.getElementById('find-count').textContent = text
  }

  async function find(typing) {
    const typed = input.value.trim()
    const list = document.getElementById('found-list')
    if (!typed) return close()
    if (!loaded) await tell('Reading the words of this site …')
    const search = await load()
    if (typed !== input.value.trim()) return
    const question = asked(typed)
    const { words, wanted } = question
    const { stopWordFilter } = window.elasticlunr
    if (wanted.every(word => stopWordFilter(word.toLowerCase()) === undefined)) {
      list.replaceChildren()
      return tell(`“${typed}” is too common a word to be searched for.`)
    }
    const hits = numberedFirst(typing ? lookUpHalf(words, search) : lookUp(words, search), question.number)
    const all = inOrder(exactFirst(hits, typed), search)
    const shown = all.slice(0, search.results_options.limit_results)
    list.replaceChildren(...shown.map(result => hit(result, search, question)))
    const more = shown.length < all.length ? `, of which the first ${shown.length} are shown` : ''
    return tell(`${all.length} ${all.length === 1 ? 'place' : 'places'} found${more}.`)
  }

  function close() {
    found.hidden = true
    document.getElementById('found-list').replaceChildren()
    document.getElementById('find-count').textContent = ''
  }

  if (form && document.documentElement.dataset.index) {
    let waiting
    form.hidden = false
    input.addEventListener('focus', () => load())
    input.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => find(true), 150)
    })
    form.addEventListener('submit', async event => {
      event.preventDefault()
      clearTimeout(waiting)
      await find(false)
      document.querySelector('#found-list a')?.focus()
    })
    document.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || found.hidden) return
      if (found.contains(document.activeElement)) input.focus()
      close()
    })
    // A clause of this very page is no new page: what was found would lie over it.
    found.addEventListener('click', event => event.target.closest('a') && close())
  }
}
