// site.mjs [--short] [--known] [--but-manual] SITE [SHOTS]: opens every page of a site that `engross site` made in Chromium, as a reader with a phone, a wide screen, a
// dark screen, a keyboard or no scripts would. axe-core looks for barriers; every link must lead somewhere inside the site, and
// nothing is asked for from elsewhere. Then it searches for the words of clauses and follows what is found. SHOTS is a folder for
// pictures of every kind of page, to be looked at.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { NARROWEST, PHONE, SCREEN, barriers, launch, open as openFor, reflow } from './readers.mjs'
import { filesIn, report } from './report.mjs'

const given = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
const site = resolve(given[0])
const shots = given[1] && resolve(given[1])
// No clause of such a site has words enough to be told by them from the others.
const short = process.argv.includes('--short')
// Only documents that are known have the words that are looked for letter by letter.
const known = process.argv.includes('--known')

// The manual is the same in every site: looked at in one, it can be left out of another.
const isLookedAt = name => !process.argv.includes('--but-manual') || !isOfManual(name)
const isOfManual = name => existsSync(join(MANUAL, name.replace(/html$/, 'md')))
const MANUAL = fileURLToPath(new URL('../../docs', import.meta.url))

const MOST = 45 // pages looked at of one site
const SEARCHED = 20 // documents whose words are searched for

/** Opens a page of the site. What it asks for lies in the site. */
const open = (browser, name, reader, failures, see) => openFor(browser, join(site, name), reader, failures, see, isOfSite)
const isOfSite = asked => asked.startsWith('file:') && !relative(site, fileURLToPath(asked)).startsWith('..')

/** Language, title, headings in order. What is a heading to the index of words only is none to anybody else. */
async function structure(page, failures) {
  const found = await page.evaluate(() => {
    const wrong = []
    if (document.documentElement.lang !== 'en-GB') wrong.push(`the language is "${document.documentElement.lang}", not en-GB`)
    if (!document.title.trim()) wrong.push('it has no title')
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(heading => heading.role !== 'presentation')
    let above = 0
    for (const heading of headings) {
      const level = Number(heading.localName[1])
      if (level > above + 1) wrong.push(`h${level} "${heading.textContent}" comes after ${above ? `h${above}` : 'nothing'}`)
      above = level
    }
    const titles = document.querySelectorAll('h1').length
    if (titles !== 1) wrong.push(`it has ${titles} h1`)
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id)
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`the id ${id} comes more than once`)
    return wrong
  })
  failures.push(...found)
}

/** The ids of a page, read from its file. */
const idsOf = (known => file => {
  if (!known.has(file)) known.set(file, new Set([...readFileSync(file, 'utf8').matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)))
  return known.get(file)
})(new Map())

const unescaped = text => text.replace(/&#x27;/g, "'").replace(/&quot;/g, '"').replace(/&amp;/g, '&')

/** What a web server shows for an address without a page: its links begin at the root of that server, and no list of pages is there. */
const LOST = '404.html'

/** The file that an address of a web server means, in whatever folder of that the site is. */
function onServer(address) {
  const parts = address.split('/').filter(Boolean)
  const ways = parts.map((_, at) => join(site, ...parts.slice(at)))
  return ways.find(way => existsSync(way)) ?? ways[0]
}

/** Every link leads to a page or a file of the site, and to something in it; or to the web or a mailbox, as the documents say. */
async function links(page, name, failures) {
  const hrefs = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map(link => link.href))
  for (const href of new Set(hrefs)) {
    if (/^(https?|mailto):/.test(href)) continue
    const [path, anchor] = href.split('#')
    const here = fileURLToPath(path.split('?')[0])
    const file = name === LOST && !existsSync(here) ? onServer(here) : here
    if (relative(site, file).startsWith('..') || !existsSync(file)) failures.push(`the link to ${relative(site, file)} leads nowhere`)
    else if (anchor && file.endsWith('.html')) {
      const wanted = decodeURIComponent(anchor)
      if (![...idsOf(file)].some(id => unescaped(id) === wanted)) failures.push(`the link to ${relative(site, file)}#${wanted} leads nowhere`)
    }
  }
}

/** The first Tab shows a link past the page's head, and it leads into <main>. */
async function keyboard(page, failures) {
  await page.keyboard.press('Tab')
  const skip = await page.evaluate(() => {
    const link = document.activeElement
    const { left, top, right, bottom } = link.getBoundingClientRect()
    const seen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
    return link.getAttribute('href') === '#main' && seen
  })
  if (!skip) return failures.push('the first Tab does not find a skip link that can be seen')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  const inside = await page.evaluate(() => {
    const main = document.querySelector('main')
    return main.contains(document.activeElement) || !main.querySelector('a[href], summary, input, [tabindex="0"]')
  })
  if (!inside) failures.push('Tab after the skip link does not go on in main')
}

/** A page that lists all others in its side, and has its own there. */
async function contents(page, failures) {
  const current = await page.evaluate(() => document.querySelectorAll('#pages [aria-current="page"]').length)
  if (current !== 1) failures.push(`the list of pages marks ${current} pages as this one`)
  const button = page.locator('button#all-pages')
  if (!(await button.isVisible())) return
  await button.click()
  if (!(await page.locator('#pages').isVisible())) failures.push('the button “All pages” shows none')
}

/** `whole` says that no page of this kind has been looked at: of others only what can be otherwise on each. */
async function checkPage(browser, name, whole, failures) {
  const own = name !== LOST
  await open(browser, name, { viewport: SCREEN }, failures, async page => {
    await structure(page, failures)
    await links(page, name, failures)
    await barriers(page, `${SCREEN.width} px`, failures)
    await keyboard(page, failures)
  })
  await open(browser, name, { viewport: PHONE, colorScheme: 'dark' }, failures, async page => {
    await reflow(page, failures)
    await page.setViewportSize(NARROWEST)
    await reflow(page, failures)
    if (whole) await barriers(page, `${NARROWEST.width} px, dark`, failures)
    if (own) await contents(page, failures)
  })
  if (!whole) return
  await open(browser, name, { viewport: PHONE }, failures, async page => {
    if (own) await contents(page, failures)
    await barriers(page, `${PHONE.width} px, with its pages`, failures)
  })
  await open(browser, name, { viewport: SCREEN, colorScheme: 'dark' }, failures, page => barriers(page, `${SCREEN.width} px, dark`, failures))
  if (!own) return
  await open(browser, name, { viewport: SCREEN, javaScriptEnabled: false }, failures, async page => {
    const shown = await page.isVisible('#find')
    if (shown) failures.push('without scripts it shows a search that does nothing')
    if (!(await page.isVisible('a#all-pages'))) failures.push('without scripts no link leads to all pages')
  })
}

/** What kind of page it is: those about everything are each of their own. */
function kindOf(name) {
  const parts = name.split('/')
  if (parts.length === 1) return isOfManual(name) ? 'manual' : name.replace('.html', '')
  if (parts[0] === 'compared') return `compared-${parts.length === 2 ? (parts[1].startsWith('what.') ? 'all' : 'matrix') : parts[1]}`
  return parts.length === 2 ? 'council' : 'document'
}

/** The clauses of a page: where each is, and its words. */
const clausesOf = page =>
  page.evaluate(() =>
    [...document.querySelectorAll('.clause > .of-clause')].map(number => ({
      id: number.id,
      words: number.nextElementSibling.textContent.replace(/\s+/g, ' ').trim(),
    })),
  )

/** Searching for the words of a clause finds it, and what is found leads to it and to nothing else. */
async function search(browser, names, failures) {
  let asked = 0
  for (const name of names) {
    let clauses
    await open(browser, name, { viewport: SCREEN }, failures, async page => {
      clauses = await clausesOf(page)
    })
    const chosen = clauses.filter(({ words }) => words.split(' ').length > 6).filter((_, at) => at % 7 === 3).slice(0, 3)
    for (const { id, words } of chosen) {
      asked++
      const start = relative(dirname(name), 'index.html')
      await open(browser, join(dirname(name), start), { viewport: SCREEN, reducedMotion: 'reduce' }, failures, async page => {
        await page.fill('#find-words', words.split(' ').slice(0, 9).join(' '))
        await page.keyboard.press('Enter')
        await page.waitForSelector('#found-list a')
        const hits = await page.evaluate(() => [...document.querySelectorAll('#found-list a')].map(link => link.href))
        const wanted = `${pathToFileURL(join(site, name)).href}#${id}`
        const at = hits.findIndex(href => decodeURIComponent(href) === decodeURIComponent(wanted))
        if (at < 0 || at > 4) return failures.push(`the words of ${name}#${id} are found at place ${at + 1} of ${hits.length}`)
        if (asked === 1) await barriers(page, 'with what was found', failures)
        if (shots && asked === 1) await page.screenshot({ path: join(shots, 'search.png') })
        await page.locator('#found-list a').nth(at).click()
        await page.waitForURL(`**/${name}#*`)
        const shown = await page.evaluate(() => {
          const { top, bottom } = document.querySelector(':target').getBoundingClientRect()
          return top >= 0 && bottom <= innerHeight
        })
        if (!shown) failures.push(`what leads to ${name}#${id} does not show it`)
      })
    }
  }
  // Of documents enough, one number is that of more clauses than are shown.
  if (known) for (const name of names.slice(0, 3)) await numbers(browser, name, failures)
  if (asked === 0 && !short) failures.push('there was no clause to search for')
  await open(browser, 'index.html', { viewport: SCREEN }, failures, async page => {
    if (known) await typing(page, failures)
    await page.fill('#find-words', 'zyzzyva')
    await page.waitForFunction(() => document.getElementById('find-count').textContent.startsWith('0 places'))
    await page.keyboard.press('Escape')
    if (await page.isVisible('#found')) failures.push('Escape does not close what was found')
  })
}

/** A clause or an item of one that is asked for by its number, as people write it, is found and shown. */
async function numbers(browser, name, failures) {
  let ids
  await open(browser, name, { viewport: SCREEN }, failures, async page => {
    ids = await page.evaluate(() => [...document.querySelectorAll('[id^="clause-"]')].map(element => element.id))
  })
  const clause = ids.find(id => /^clause-\d+\.\d+$/.test(id))
  const item = ids.find(id => /^clause-\d+\.\d+\/[a-z]$/.test(id))
  const number = id => id.slice('clause-'.length)
  const asked = clause ? [[`clause ${number(clause)}`, clause], [`${number(clause)}.`, clause]] : []
  if (item) asked.push([number(item).replace(/\/(.)$/, ' ($1)'), item], [number(item), item])
  for (const [words, id] of asked) {
    await open(browser, name, { viewport: SCREEN, reducedMotion: 'reduce' }, failures, async page => {
      await page.fill('#find-words', words)
      await page.keyboard.press('Enter')
      await page.waitForSelector('#found-list a')
      const hits = await page.evaluate(() => [...document.querySelectorAll('#found-list a')].map(link => link.href))
      const at = hits.findIndex(href => decodeURIComponent(href) === decodeURIComponent(`${pathToFileURL(join(site, name)).href}#${id}`))
      if (at < 0) return failures.push(`“${words}” of ${name} is not found`)
      await page.locator('#found-list a').nth(at).click()
      await page.waitForFunction(id => document.querySelector(':target')?.id === id, id)
    })
  }
  // An item that is not there leads to the clause.
  if (!clause) return
  await open(browser, name, { viewport: SCREEN }, failures, async page => {
    await page.evaluate(id => (location.hash = `${id}/zz`), clause)
    await page.waitForFunction(id => document.querySelector(':target')?.id === id, clause)
  })
}

/** However far a word is typed, what begins so is found, in the documents before the manual. */
async function typing(page, failures) {
  for (const typed of ['counc', 'councillo', 'courteou', 'responsibilit']) {
    await page.fill('#find-words', '')
    await page.waitForFunction(() => document.getElementById('found').hidden)
    await page.fill('#find-words', typed)
    await page.waitForFunction(() => / found/.test(document.getElementById('find-count').textContent))
    const hits = await page.evaluate(() => [...document.querySelectorAll('#found-list a')].map(link => link.getAttribute('href')))
    if (hits.length === 0) failures.push(`while “${typed}” is typed, nothing is found`)
    const isInDocument = href => /\/.*#(clause|section)-/.test(href)
    if (hits.length > 0 && !isInDocument(hits[0])) failures.push(`“${typed}” is found in ${hits[0]} first`)
  }
}

/** A page of each kind, on a phone and on a wide screen, light and dark. */
async function picture(browser, names) {
  const kinds = new Map(names.toReversed().map(name => [kindOf(name), name]))
  for (const [kind, name] of kinds) {
    for (const [colorScheme, viewport] of [['light', SCREEN], ['light', PHONE], ['dark', SCREEN], ['dark', PHONE]]) {
      await open(browser, name, { colorScheme, viewport }, [], page =>
        page.screenshot({ path: join(shots, `${kind}-${viewport.width}-${colorScheme}.png`) }),
      )
    }
  }
}

const files = filesIn(site, '.html')
// A document to download is a page to itself, which browser.mjs looks at where `build` wrote it.
const names = files.filter(name => !name.startsWith('files/'))
if (names.length < 10) report('site', site, [`there are only ${names.length} pages`])
else {
  const browser = await launch()
  if (shots) await picture(browser, names)
  // Of a large site one page of every kind, and of the others every so many.
  const asked = names.filter(isLookedAt)
  const every = Math.ceil(asked.length / MOST)
  const waiting = asked.filter((name, at) => at % every === 0 || asked.findIndex(other => kindOf(other) === kindOf(name)) === at)
  const seen = new Set()
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const failures = []
      const whole = !seen.has(kindOf(name))
      seen.add(kindOf(name))
      await checkPage(browser, name, whole, failures).catch(error => failures.push(error.message))
      report('site', name, failures)
    }
  }
  await Promise.all([worker(), worker()])
  const failures = []
  const documents = names.filter(name => files.includes(`files/${name}`))
  const some = documents.filter((_, at) => at % Math.ceil(documents.length / SEARCHED) === 0)
  await search(browser, some, failures).catch(error => failures.push(error.message))
  report('site', 'search', failures)
  await browser.close()
}
