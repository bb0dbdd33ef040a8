'use strict'
// Filters rows, hides columns and marks differences from another wording. Without it the page shows everything.
{
  const find = selector => document.querySelector(selector)
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const form = find('.filters')
  const table = find('.matrix')
  const region = find('.region')
  const heads = find('.matrix > thead')
  // What is jumped to is not to be under the heads of the columns, however high the names there make them.
  new ResizeObserver(() => table.style.setProperty('--heads', `${heads.offsetHeight + 16}px`)).observe(heads)
  const councils = all('.choice input[name="shown"]')
  const name = at => councils[at].parentElement.textContent.trim()
  let lists
  /** Whether a council lacks a row that it is expected to have: the page lists these below. */
  const lacksUsual = (at, row) => {
    lists ??= all('.of-council').map(part => new Set(all('[data-list="lacks"] a', part).map(link => link.hash.slice(1))))
    return lists[at].has(row.id)
  }

  // ---- The rows: of two hundred councils they have 45,000 cells, so that nothing is made of one before it is asked for

  const rows = all('.family').map(family => {
    const unfold = family.nextElementSibling
    return { family, unfold, id: family.id, details: unfold.querySelector('details') }
  })

  const cellsOf = row =>
    (row.cells ??= [...row.family.cells].slice(1).map(cell => ({
      absent: cell.classList.contains('absent'),
      relations: cell.dataset.relations?.split(' ') ?? [],
      standings: cell.dataset.standings?.split(' ') ?? [],
    })))

  /** What unfolds, as the page came: it stands in a `noscript`, which is words only until it is put in. */
  const source = row => (row.source ??= row.details.querySelector('.all > noscript').textContent)

  const isFilled = row => row.filled === true

  function fill(row) {
    if (isFilled(row)) return
    row.details.querySelector('.all').innerHTML = source(row)
    row.filled = true
    chooseWordings(row, new Set(shown()))
  }

  const plain = text => text.toLowerCase().replace(/[‘’]/g, "'").replace(/\s+/g, ' ')
  const decoder = document.createElement('textarea')

  /** All that is said in a row: its own words and those of every wording, without those that are only marked as gone. */
  function wordsOf(row) {
    if (row.words === undefined) {
      const wordings = source(row).match(/<ul class="wordings">[^]*?<\/ul>/)[0]
      const own = wordings.replace(/<del>[^<]*<\/del>|<span class="(?:says|aside)[^<]*<\/span>|<p class="evidence">[^<]*<\/p>/g, '')
      decoder.innerHTML = own.replace(/<\/?(?:ins|span)[^>]*>/g, '').replace(/<[^>]*>/g, ' ')
      row.words = plain(`${row.family.cells[0].textContent} ${decoder.value}`)
    }
    return row.words
  }

  // ---- Filters

  const shown = () => councils.filter(box => box.checked).map(box => Number(box.value))

  function fits(row, wanted, among) {
    const asked = wanted.gap || wanted.strength || wanted.nearness
    const cells = asked ? cellsOf(row) : []
    const having = cells.filter(cell => !cell.absent).length
    const gaps = {
      lacks: at => cells[at].absent,
      'lacks-usual': at => lacksUsual(at, row),
      has: at => !cells[at].absent,
      only: at => !cells[at].absent && having === 1,
    }
    const strong = at => {
      const { standings } = cells[at]
      return wanted.strength === 'either' ? standings.length > 0 : standings.includes(wanted.strength)
    }
    // What is asked holds for one and the same council.
    const holds = at =>
      (!wanted.gap || gaps[wanted.gap](at)) &&
      (!wanted.strength || strong(at)) &&
      (!wanted.nearness || cells[at].relations.includes(wanted.nearness))
    return (!asked || among.some(holds)) && wanted.text.every(word => wordsOf(row).includes(word))
  }

  function filter() {
    const { text, council, gap, strength, nearness } = form.elements
    const wanted = { gap: gap.value, strength: strength.value, nearness: nearness.value }
    wanted.text = plain(text.value).split(' ').filter(Boolean)
    const among = council.value === '' ? shown() : [Number(council.value)]
    for (const row of rows) row.family.hidden = row.unfold.hidden = !fits(row, wanted, among)
    for (const body of table.tBodies) body.hidden = !body.querySelector('.family:not([hidden])')
    say()
  }

  function say() {
    const left = rows.filter(row => !row.family.hidden).length
    const text = `${left} of ${rows.length} rows, ${shown().length} of ${councils.length} ${table.dataset.unit}s.`
    if (find('#shown').textContent !== text) find('#shown').textContent = text
  }

  let chosenBefore = new Set(councils.keys())

  /** Shows the columns that are chosen, and touches only the cells of those that come or go. */
  function chooseColumns() {
    const chosen = new Set(shown())
    const changed = [...councils.keys()].filter(at => chosen.has(at) !== chosenBefore.has(at))
    if (changed.length === 0) return
    chosenBefore = chosen
    const many = chosen.size > Number(table.dataset.mostOnPaper)
    for (const line of [heads.rows[0], ...rows.map(row => row.family)]) {
      for (const at of changed) line.cells[at + 1].hidden = !chosen.has(at)
    }
    // The page names only those that say something, where they are many.
    if (!many) {
      for (const { family } of rows) for (const at of chosen) family.cells[at + 1].dataset.council ??= name(at)
    }
    for (const wide of all('[colspan]', table)) wide.colSpan = chosen.size + 1
    for (const row of rows.filter(isFilled)) chooseWordings(row, chosen)
    for (const part of all('.of-council')) part.hidden = !chosen.has(Number(part.dataset.council))
    table.style.setProperty('--councils', chosen.size)
    table.classList.toggle('many', many)
  }

  function chooseWordings(row, chosen) {
    for (const holder of all('.holder', row.unfold)) holder.hidden = !chosen.has(Number(holder.dataset.council))
    for (const wording of all('.wording', row.unfold)) wording.hidden = !wording.querySelector('.holder:not([hidden])')
  }

  // ---- Another wording to mark from

  /** What a wording says itself: all but what is only in that from which it is marked. */
  const own = marked =>
    [...marked.childNodes].filter(node => node.nodeName !== 'DEL').map(node => node.textContent).join('')

  const MOST_STEPS = 4e6
  /** Milliseconds of work after which the page looks what its reader does. */
  const AT_ONCE = 40
  const tokens = text => text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? []
  const weight = text => (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).length

  /** Runs of words that are in both, only in the one, or only in the other, by the longest sequence in common. */
  function redline(one, other) {
    const [a, b] = [tokens(one), tokens(other)]
    const replaced = [{ gone: one, come: other }]
    if (a.length * b.length > MOST_STEPS) return replaced
    const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1])
      }
    }
    const runs = []
    const push = (kind, token) => {
      let last = runs.at(-1)
      if (kind === 'both' ? last?.both === undefined : last?.both !== undefined || !last) {
        last = kind === 'both' ? { both: '' } : { gone: '', come: '' }
        runs.push(last)
      }
      last[kind] += token
    }
    let [i, j] = [0, 0]
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = (push('both', a[i]), [i + 1, j + 1])
      else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) push('gone', a[i++])
      else push('come', b[j++])
    }
    const joined = withoutIslands(runs)
    const kept = joined.reduce((sum, run) => sum + weight(run.both ?? ''), 0)
    const most = Math.min(weight(one), weight(other))
    return kept < 0.4 * most ? replaced : joined
  }

  /** A sign or a word or two in common between two longer changes are no place to rest the eye. */
  function withoutIslands(runs) {
    const joined = []
    const size = run => Math.max(weight(run.gone), weight(run.come))
    for (const [at, run] of runs.entries()) {
      const [before, after] = [joined.at(-1), runs[at + 1]]
      const length = run.both === undefined ? 0 : weight(run.both)
      const few = length === 0 || (length <= 2 && before && after && size(before) > length && size(after) > length)
      if (run.both !== undefined && before && after && few) {
        before.gone += run.both
        before.come += run.both
      } else if (run.both === undefined && before && before.both === undefined) {
        before.gone += run.gone
        before.come += run.come
      } else joined.push(run)
    }
    return joined
  }

  const element = (kind, text) => Object.assign(document.createElement(kind), { textContent: text })

  function shownRun({ both, gone, come }) {
    if (both !== undefined) return [document.createTextNode(both)]
    return [gone && element('del', gone), come && element('ins', come)].filter(Boolean)
  }

  const printed = new Map()

  /** Marks a row's wordings from the chosen council's, or as they were printed. */
  function mark(row) {
    const chosen = form.elements.base.value
    fill(row)
    if ((row.markedFrom ?? '') === chosen) return
    row.markedFrom = chosen
    const parts = all('.marked, .against', row.unfold)
    for (const part of parts) {
      if (!printed.has(part)) printed.set(part, [...part.childNodes])
      part.replaceChildren(...printed.get(part))
    }
    if (chosen === '') return
    const against = row.unfold.querySelector('.against')
    const holder = row.unfold.querySelector(`.holder[data-council="${chosen}"]`)
    if (!holder) {
      against.prepend(`${name(chosen)} has nothing that was found to say this. `)
      return
    }
    const base = holder.closest('.wording')
    const number = holder.querySelector('.number').textContent
    against.textContent = `Differences are marked from ${name(chosen)} ${number}. “Same” to “weaker” say how each compares with the row’s wording.`
    const words = own(base.querySelector('.marked'))
    for (const wording of all('.wording', row.unfold)) {
      const marked = wording.querySelector('.marked')
      const theirs = own(marked)
      const runs = theirs === words ? [{ both: theirs }] : redline(words, theirs)
      marked.replaceChildren(...runs.flatMap(shownRun))
    }
  }

  let marking = 0

  /** Marks all rows that are unfolded, those in sight first, a few at a time: the page is to answer meanwhile. */
  async function markOpen() {
    const turn = ++marking
    const waiting = rows.filter(row => row.details.open)
    const place = row => row.family.getBoundingClientRect().top
    const first = waiting.findIndex(row => place(row) >= 0)
    if (first > 0) waiting.push(...waiting.splice(0, first))
    let since = performance.now()
    for (const row of waiting) {
      if (performance.now() - since > AT_ONCE) {
        region.setAttribute('aria-busy', 'true')
        await new Promise(resolve => setTimeout(resolve))
        if (turn !== marking) return
        since = performance.now()
      }
      mark(row)
    }
    region.removeAttribute('aria-busy')
  }

  // ---- The state in the address, so that a view can be sent on

  // By name: the place of a council is another when there are more.
  const OF_COUNCILS = ['council', 'base']
  const NAMES = ['text', 'council', 'gap', 'strength', 'nearness', 'base']

  function keep() {
    const state = new URLSearchParams()
    for (const key of NAMES) {
      const { value } = form.elements[key]
      if (value) state.set(key, OF_COUNCILS.includes(key) ? name(value) : value)
    }
    for (const box of councils) if (!box.checked) state.append('hidden', name(box.value))
    const kept = state.size > 0 ? `#?${state}` : location.pathname + location.search
    if (state.size > 0 || location.hash.startsWith('#?')) history.replaceState(null, '', kept)
  }

  function restore() {
    if (!location.hash.startsWith('#?')) return
    const state = new URLSearchParams(location.hash.slice(2))
    const hidden = new Set(state.getAll('hidden'))
    const place = called => (called === null ? '' : councils.findIndex(box => name(box.value) === called))
    for (const key of NAMES) form.elements[key].value = OF_COUNCILS.includes(key) ? place(state.get(key)) : (state.get(key) ?? '')
    // A value that is no longer there leaves a list without one.
    for (const list of all('select', form)) if (list.selectedIndex < 0) list.selectedIndex = 0
    for (const box of councils) box.checked = !hidden.has(name(box.value))
  }

  // ---- What the reader does

  function update() {
    chooseColumns()
    filter()
    markOpen()
  }

  /** Shows what the address asks for: a view, or a row, for which a filter that hides it gives way. */
  function reveal() {
    if (location.hash.startsWith('#?')) {
      restore()
      return update()
    }
    const line = document.getElementById(location.hash.slice(1))?.closest('.matrix tr')
    if (!line) return
    if (line.matches('[hidden], [hidden] *')) {
      form.reset()
      update()
    }
    line.scrollIntoView({ behavior: 'instant' })
    // With the filters in sight, where the table scrolls by itself.
    if (region.scrollHeight > region.clientHeight) find('.bench').scrollIntoView({ behavior: 'instant' })
  }

  let waiting
  form.addEventListener('input', event => {
    clearTimeout(waiting)
    if (event.target.name === 'shown') chooseColumns()
    if (event.target.name === 'base') markOpen()
    waiting = setTimeout(() => (filter(), keep()), event.target.name === 'text' ? 150 : 0)
  })
  form.addEventListener('submit', event => event.preventDefault())
  // The form has its first values only after this event.
  form.addEventListener('reset', () => setTimeout(() => (update(), keep())))
  const setAll = checked => () => {
    for (const box of councils) box.checked = checked
    update()
    keep()
  }
  find('#all-councils').addEventListener('click', setAll(true))
  find('#no-councils').addEventListener('click', setAll(false))
  const fold = open => () => {
    for (const row of rows) if (!row.family.hidden) row.details.open = open
    if (open) markOpen()
  }
  find('#unfold').addEventListener('click', fold(true))
  find('#fold').addEventListener('click', fold(false))
  // A row that is unfolded alone is filled at once; of all, `markOpen` does it.
  for (const row of rows) {
    row.details.querySelector('summary').addEventListener('click', () => mark(row))
    row.details.addEventListener('toggle', () => row.details.open && !isFilled(row) && markOpen())
  }

  // A browser's own search finds words in folded rows, too, where there are few enough councils for all to be there.
  if (councils.length <= Number(table.dataset.mostOnPaper)) rows.forEach(fill)

  // With a mouse, a cell unfolds its row; with the keyboard, the line below it does.
  for (const body of table.tBodies) body.classList.add('can-click')
  table.addEventListener('click', event => {
    const cell = event.target.closest('.family > td:not(.absent)')
    if (!cell || String(getSelection()) !== '') return
    const details = cell.parentElement.nextElementSibling.querySelector('details')
    if (!details.open) mark(rows.find(row => row.details === details))
    details.open = !details.open
  })

  const choice = find('.choice')
  choice.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !choice.open) return
    choice.open = false
    choice.querySelector('summary').focus()
  })
  document.addEventListener('click', event => {
    if (!choice.contains(event.target)) choice.open = false
  })
  addEventListener('hashchange', reveal)
  addEventListener('load', reveal)

  for (const part of all('[data-needs-script]')) part.hidden = false
  // A browser that comes back to the page may have kept what was typed.
  if (NAMES.some(key => form.elements[key].value) || councils.some(box => !box.checked)) update()
}
