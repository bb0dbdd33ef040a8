// matrix.mjs PAGES: uses every matrix as a reader would, with a mouse, a keyboard, and a link that somebody sent. What is
// shown must be what the cells say, and what is marked must leave every wording as it is. Beside browser.mjs, which looks at
// these pages as at all others.
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PHONE, barriers, launch, open as openFor } from './readers.mjs'
import { filesIn, report } from './report.mjs'

const pages = resolve(process.argv[2])
const SCREEN = { width: 1200, height: 900 }

/** The rows as the page says them, read from the page without its script. */
const table = page =>
  page.evaluate(() => {
    const words = element => element.textContent.replace(/\s+/g, ' ').trim()
    return [...document.querySelectorAll('.family')].map(family => ({
      id: family.id,
      name: words(family.cells[0]),
      cells: [...family.cells].slice(1).map(words),
      // The words that go before what its wordings say.
      ledIn: [...family.nextElementSibling.querySelectorAll('.wording .lead-in')].map(leadIn => leadIn.lastChild.textContent),
      // What its wordings say, without what is only marked as gone.
      said: [...family.nextElementSibling.querySelectorAll('.marked')].map(marked =>
        [...marked.childNodes].filter(node => node.nodeName !== 'DEL').map(node => node.textContent).join(''),
      ),
    }))
  })

const visible = page => page.evaluate(() => [...document.querySelectorAll('.family')].filter(row => row.checkVisibility()).map(row => row.id))

const same = (one, other) => one.length === other.length && one.every((value, at) => value === other[at])

/** A view of the rows: what is chosen, and which rows must be left. */
function views(rows) {
  const columns = rows[0].cells.keys()
  const absent = cell => cell.includes('absent')
  const having = row => row.cells.filter(cell => !absent(cell)).length
  const all = [
    [{ strength: 'either' }, row => row.cells.some(cell => /stronger|weaker/.test(cell))],
    [{ strength: 'weaker' }, row => row.cells.some(cell => cell.includes('weaker'))],
    [{ nearness: 'equivalent' }, row => row.cells.some(cell => cell.includes('equivalent'))],
    [{ gap: 'only' }, row => having(row) === 1],
    [{ gap: 'lacks' }, row => having(row) < row.cells.length],
  ]
  for (const at of [...columns].slice(0, 5)) {
    const council = String(at)
    all.push([{ council, gap: 'lacks' }, row => absent(row.cells[at])])
    all.push([{ council, gap: 'has' }, row => !absent(row.cells[at])])
    all.push([{ council, gap: 'only' }, row => !absent(row.cells[at]) && having(row) === 1])
    all.push([{ council, strength: 'stronger' }, row => row.cells[at].includes('stronger')])
    all.push([{ council, nearness: 'partial' }, row => row.cells[at].includes('partial')])
  }
  return all
}

async function choose(page, chosen) {
  await page.click('button[type=reset]')
  for (const [name, value] of Object.entries(chosen)) await page.selectOption(`#${name}`, value)
  // What is chosen is shown in a moment, not at once.
  await page.waitForTimeout(60)
}

async function filters(page, rows, failures) {
  let least = rows.length
  for (const [chosen, fits] of views(rows)) {
    await choose(page, chosen)
    const wanted = rows.filter(fits).map(row => row.id)
    const left = await visible(page)
    least = Math.min(least, left.length)
    if (!same(left, wanted)) failures.push(`${JSON.stringify(chosen)} shows ${left.length} rows, not ${wanted.length}`)
    const said = await page.textContent('#shown')
    if (!said.startsWith(`${wanted.length} of ${rows.length} rows`)) failures.push(`${JSON.stringify(chosen)}: it says "${said}"`)
  }
  if (least === rows.length) failures.push('no filter leaves a row out')
  const lists = await page.evaluate(() =>
    [...document.querySelectorAll('.of-council')].map(part => [...part.querySelectorAll('[data-list=lacks] a')].map(link => link.hash.slice(1))),
  )
  await choose(page, { council: '1', gap: 'lacks-usual' })
  if (!same(await visible(page), lists[1])) failures.push('what a council lacks that most have is not what its list says')
  const empty = await page.evaluate(() =>
    [...document.querySelectorAll('.matrix tbody')].filter(body => body.checkVisibility() && ![...body.querySelectorAll('.family')].some(row => row.checkVisibility())),
  )
  if (empty.length > 0) failures.push(`${empty.length} topics are shown without rows`)
  await page.click('button[type=reset]')
}

/** Words are found in what the row says and in what only one of its wordings says. */
async function search(page, rows, failures) {
  const word = rows[Math.floor(rows.length / 2)].name.match(/\p{L}{6,}/gu)?.at(-1) ?? ''
  await page.fill('#text', word.toUpperCase())
  await page.waitForTimeout(300)
  const left = await visible(page)
  if (!left.includes(rows[Math.floor(rows.length / 2)].id)) failures.push(`a search for "${word}" does not find its row`)
  for (const row of rows.filter(row => row.name.includes(word))) {
    if (!left.includes(row.id)) failures.push(`a search for "${word}" does not find ${row.id}`)
  }
  // Words that stand in a wording of a row that is folded, and not in what the row shows.
  const hidden = rows.flatMap(row => row.said.flatMap(said => said.match(/\p{L}{8,}/gu) ?? []).filter(word => !row.name.includes(word)))
  for (const word of [hidden[0], hidden.at(-1)]) {
    const says = row => [row.name, ...row.ledIn, ...row.said].some(text => text.toLowerCase().includes(word.toLowerCase()))
    await page.fill('#text', word)
    await page.waitForTimeout(300)
    const wanted = rows.filter(says).map(row => row.id)
    const found = await visible(page)
    if (!same(found, wanted)) failures.push(`a search for "${word}" in wordings shows ${found.join(' ')}, not ${wanted.join(' ')}`)
  }
  // Of few councils all of it is part of the page from the beginning, for the browser's own search.
  const [few, folded] = await page.evaluate(() => {
    const { mostOnPaper } = document.querySelector('.matrix').dataset
    return [document.querySelectorAll('.matrix > thead th').length - 1 <= Number(mostOnPaper), document.querySelector('.all > noscript') !== null]
  })
  if (few && folded) failures.push('of few councils, what is folded is not part of the page')
  if (!few && !folded) failures.push('a search makes parts of the page of what is folded')
  await page.fill('#text', 'zyzzyva')
  await page.waitForTimeout(300)
  if ((await visible(page)).length > 0) failures.push('a search for what nobody says finds rows')
  await page.click('button[type=reset]')
  await page.waitForTimeout(60)
  if ((await visible(page)).length !== rows.length) failures.push('Clear does not bring all rows back')
}

async function columns(page, rows, failures) {
  await page.click('.choice > summary')
  await page.click('#no-councils')
  await page.check('.choice input[value="1"]')
  await page.check('.choice input[value="3"]')
  await page.waitForTimeout(60)
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll('.matrix > thead > tr, .family')].map(row => [...row.cells].flatMap((cell, at) => (cell.checkVisibility() ? [at] : [])).join()),
  )
  if (!shown.every(cells => cells === '0,2,4')) failures.push(`of the columns 2 and 4, a row shows ${shown.find(cells => cells !== '0,2,4')}`)
  if (!(await page.textContent('#shown')).includes(`2 of ${rows[0].cells.length} councils`)) failures.push('it does not say how many councils are shown')
  await page.keyboard.press('Escape')
  const focused = await page.evaluate(() => document.activeElement === document.querySelector('.choice > summary') && !document.querySelector('.choice').open)
  if (!focused) failures.push('Escape does not close the choice of columns, or loses the place')

  // The view is in the address: who gets it sees the same.
  await page.selectOption('#gap', 'only')
  await page.waitForTimeout(60)
  await page.waitForFunction(() => location.hash.includes('gap=only'))
  const [address, left] = [page.url(), await visible(page)]
  const other = await page.context().newPage()
  await other.goto(address)
  await other.waitForTimeout(60)
  if (!same(await visible(other), left)) failures.push(`${address} does not show the view it was copied from`)
  const hidden = await other.evaluate(() => document.querySelectorAll('.matrix > thead th:not([hidden])').length)
  if (hidden !== 3) failures.push(`${address} shows ${hidden - 1} councils`)
  await other.close()
  await page.click('button[type=reset]')
}

/** What is marked leaves every wording as it is, and is marked from the base that was chosen. */
async function bases(page, failures) {
  await page.click('#unfold')
  // Of many rows, a few at a time are filled and marked.
  const done = () => page.waitForFunction(() => !document.querySelector('.region[aria-busy]') && !document.querySelector('.unfold noscript'))
  await done()
  const wordings = () =>
    page.evaluate(() => {
      const text = (marked, without) => [...marked.childNodes].filter(node => node.nodeName !== without).map(node => node.textContent).join('')
      return [...document.querySelectorAll('.unfold')].map(row => ({
        id: row.previousElementSibling.id,
        holders: [...row.querySelectorAll('.wording')].map(wording => [...wording.querySelectorAll('.holder')].map(holder => holder.dataset.council)),
        own: [...row.querySelectorAll('.marked')].map(marked => text(marked, 'DEL')),
        base: [...row.querySelectorAll('.marked')].map(marked => text(marked, 'INS')),
        html: [...row.querySelectorAll('.marked')].map(marked => marked.innerHTML),
      }))
    })
  const printed = await wordings()
  for (const row of printed) {
    if (!row.base.every(base => base === row.own[0])) failures.push(`${row.id}: what is marked does not lead back to the base`)
  }
  let marked = 0
  for (const council of ['0', '1', '4']) {
    await page.selectOption('#base', council)
    await page.waitForTimeout(60)
    await done()
    for (const [at, row] of (await wordings()).entries()) {
      if (!same(row.own, printed[at].own)) failures.push(`${row.id}: marked from ${council}, a wording has other words`)
      const base = printed[at].holders.findIndex(holders => holders.includes(council))
      if (base < 0 && !same(row.html, printed[at].html)) failures.push(`${row.id}: it is marked from ${council}, who says nothing`)
      if (base >= 0 && !row.base.every(words => words === printed[at].own[base])) failures.push(`${row.id}: the marks do not lead back to ${council}`)
      marked += base > 0 && !same(row.html, printed[at].html) ? 1 : 0
    }
  }
  if (marked === 0) failures.push('another base marks nothing otherwise')
  await page.click('button[type=reset]')
  await page.waitForTimeout(60)
  await done()
  const after = await wordings()
  if (!after.every((row, at) => same(row.html, printed[at].html))) failures.push('Clear does not bring the first marks back')

  await page.check('#plain')
  const plain = await page.evaluate(() => [...document.querySelectorAll('.wording :is(del, ins)')].filter(mark => getComputedStyle(mark).textDecorationLine !== 'none' && mark.checkVisibility()).length)
  if (plain > 0) failures.push(`${plain} marks are shown among plain words`)
  await page.check('#marked')
  await page.click('#fold')
}

/** Tab reaches the table and the rows, Enter unfolds, arrows scroll, a link to a row shows it below the heads of the columns. */
async function keyboard(page, rows, failures) {
  await page.focus('.region')
  const reached = await page.evaluate(() => document.activeElement === document.querySelector('.region[tabindex="0"]'))
  if (!reached) failures.push('the keyboard does not reach the table as a whole')
  const wide = await page.evaluate(() => document.querySelector('.region').scrollWidth > document.querySelector('.region').clientWidth + 4)
  for (const key of ['ArrowDown', ...(wide ? ['ArrowRight'] : [])]) await page.keyboard.press(key, { delay: 50 })
  await page.waitForTimeout(400)
  const { top, left } = await page.evaluate(() => ({ top: document.querySelector('.region').scrollTop, left: document.querySelector('.region').scrollLeft }))
  if (top === 0 || (wide && left === 0)) failures.push(`the arrow keys do not scroll the table (${top}, ${left})`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const opened = await page.evaluate(() => document.activeElement.localName === 'summary' && document.activeElement.parentElement.open)
  if (!opened) failures.push('Tab and Enter from the table do not unfold a row')
  for (let nth = 0; nth < 24; nth++) await page.keyboard.press(nth < 14 ? 'Tab' : 'Shift+Tab', { delay: 20 })
  await page.waitForTimeout(500)
  const covered = await page.evaluate(() => document.activeElement.getBoundingClientRect().top < document.querySelector('.matrix > thead th').getBoundingClientRect().bottom)
  if (covered) failures.push('what has the focus is under the heads of the columns')

  const target = rows.at(-3).id
  for (const hidden of [false, true]) {
    if (hidden) await page.fill('#text', 'zyzzyva')
    await page.waitForTimeout(300)
    await page.evaluate(id => (location.hash = id), hidden ? rows[1].id : target)
    await page.waitForTimeout(900)
    const place = await page.evaluate(id => {
      const row = document.getElementById(id).getBoundingClientRect()
      return { row: row.top, head: document.querySelector('.matrix > thead th').getBoundingClientRect().bottom, height: row.height }
    }, hidden ? rows[1].id : target)
    if (place.height === 0 || place.row < place.head - 1 || place.row > SCREEN.height) failures.push(`a link to a row ${hidden ? 'that a filter hides ' : ''}does not show it: ${JSON.stringify(place)}`)
  }
  const heads = await page.evaluate(() => {
    const [region, corner] = [document.querySelector('.region'), document.querySelector('.matrix > thead th')]
    region.scrollTo({ top: 1000, left: 1000, behavior: 'instant' })
    const [outer, inner] = [region.getBoundingClientRect(), corner.getBoundingClientRect()]
    return Math.abs(outer.top - inner.top) < 3 && Math.abs(outer.left - inner.left) < 3
  })
  if (!heads) failures.push('the heads of the columns and rows do not stay in sight')
}

/** A matrix on a site asks for what lies beside it. */
const open = (browser, file, reader, failures, see) => openFor(browser, file, reader, failures, see, isBeside)
const isBeside = asked => asked.startsWith('file:') && !relative(pages, fileURLToPath(asked)).startsWith('..')

async function checkPage(browser, file, failures) {
  let rows
  await open(browser, file, { viewport: SCREEN, javaScriptEnabled: false }, failures, async page => {
    rows = await table(page)
    const useless = await page.isVisible('.filters')
    if (useless) failures.push('without scripts it shows filters that do nothing')
    await page.click('.unfold summary')
    if (!(await page.isVisible('.wording'))) failures.push('without scripts no row unfolds')
  })
  await open(browser, file, { viewport: SCREEN }, failures, async page => {
    await filters(page, rows, failures)
    await search(page, rows, failures)
    await columns(page, rows, failures)
    await bases(page, failures)
    await keyboard(page, rows, failures)
  })
  for (const [colorScheme, viewport] of [['light', SCREEN], ['dark', PHONE]]) {
    await open(browser, file, { colorScheme, viewport }, failures, async page => {
      await page.click('.choice > summary')
      await page.evaluate(() => {
        for (const row of [...document.querySelectorAll('.unfold > td > details')].slice(0, 25)) row.open = true
        // What is out of sight is not laid out until it is looked at, and whoever asks where it lies is told that it lies on the rows below.
        for (const all of document.querySelectorAll('.unfold .all')) all.style.contentVisibility = 'visible'
      })
      await barriers(page, `all open, ${viewport.width} px, ${colorScheme}`, failures)
    })
  }
}

const names = filesIn(pages, '.html')
if (names.length === 0) report('matrix', pages, ['no pages to open'])
else {
  const browser = await launch()
  for (const name of names) {
    const failures = []
    await checkPage(browser, join(pages, name), failures).catch(error => failures.push(error.message))
    report('matrix', name, failures)
  }
  await browser.close()
}
