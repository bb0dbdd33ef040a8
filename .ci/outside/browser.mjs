// browser.mjs OUT TEXTS [registers]: opens every page in Chromium, as a reader with a phone, a wide screen, a dark screen, a
// keyboard, a reading aid, no scripts or a printer would, and looks for what would be in that reader's way. axe-core looks for
// barriers. Writes what a reader reads in <main> to TEXTS/<page>.txt, for words.py and register.py. `registers` says that these
// are no documents with clauses but pages about documents; all else must be as in the others.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { NARROWEST, PHONE, SCREEN, barriers, launch, open, reflow } from './readers.mjs'
import { filesIn, report } from './report.mjs'

const run = promisify(execFile)

const [out, texts] = process.argv.slice(2, 4).map(path => resolve(path))
const registers = process.argv[4] === 'registers'

/** Language, headings, links and labels. */
async function structure(page, failures) {
  const found = await page.evaluate(registers => {
    const wrong = []
    const lang = document.documentElement.lang
    if (lang !== 'en-GB') wrong.push(`the language is "${lang}", not en-GB`)

    let above = 0
    for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
      const level = Number(heading.localName[1])
      if (level > above + 1) wrong.push(`h${level} "${heading.textContent}" comes after ${above ? `h${above}` : 'nothing'}`)
      above = level
    }
    const titles = document.querySelectorAll('h1').length
    if (titles !== 1) wrong.push(`it has ${titles} h1`)

    const target = link => decodeURIComponent(link.getAttribute('href').slice(1))
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      if (!document.getElementById(target(link))) wrong.push(`the link ${link.getAttribute('href')} leads nowhere`)
    }
    const clauses = document.querySelectorAll('[id^="clause-"]')
    const comparison = document.querySelector('.side-by-side') !== null
    if (clauses.length === 0 && !comparison && !registers) wrong.push('no id begins with clause-')
    if (clauses.length > 0 && registers) wrong.push(`a page about documents has the clause ${clauses[0].id}`)
    for (const clause of clauses) {
      const own = [...clause.querySelectorAll('a[href^="#"]')].some(link => target(link) === clause.id)
      if (!own) wrong.push(`${clause.id} has no link to itself`)
    }

    // A number or a label that a style sheet makes up can be neither searched for nor copied.
    const UNNUMBERED = ['none', 'disc', 'circle', 'square', 'disclosure-closed', 'disclosure-open']
    const isMadeUp = content => /counter|[\p{L}\p{N}]/u.test(content.replace(/^(none|normal)$/, ''))
    for (const element of document.querySelectorAll('main, main *')) {
      const { display, listStyleType } = getComputedStyle(element)
      if (display === 'list-item' && !UNNUMBERED.includes(listStyleType)) {
        wrong.push(`a list's labels are ${listStyleType} markers, not text: "${element.textContent.slice(0, 40)}"`)
      }
      for (const side of ['::before', '::after']) {
        const { content } = getComputedStyle(element, side)
        // What is said before and after marked words is for those who hear the page; it is no part of the document.
        const spoken = comparison && ['del', 'ins'].includes(element.localName)
        if (isMadeUp(content) && !spoken) wrong.push(`${side} of <${element.localName} class="${element.className}"> says ${content}`)
      }
    }
    return wrong
  }, registers)
  failures.push(...found)

  const hrefs = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map(link => link.href))
  for (const href of hrefs.map(href => href.split('#')[0])) {
    if (href.startsWith('file:') && !existsSync(fileURLToPath(href))) failures.push(`the link to ${href} leads nowhere`)
  }
}

/** All that <main> shows, but for what only works with scripts and is marked so. */
const everything = page =>
  page.evaluate(() => {
    const main = document.querySelector('main')
    for (const part of main.querySelectorAll('[data-needs-script]')) part.style.setProperty('display', 'none', 'important')
    const text = main.innerText
    for (const part of main.querySelectorAll('[data-needs-script]')) part.style.removeProperty('display')
    return text
  })

/**
 * What a reader reads of the document in <main>. The contents list and other parts only the web page has are marked
 * `data-furniture`, and the signs that link to a clause have the class `permalink`: neither is the document's.
 */
const documentText = page =>
  page.evaluate(() => {
    const main = document.querySelector('main')
    const others = main.querySelectorAll('[data-furniture], a.permalink')
    for (const other of others) other.style.setProperty('display', 'none', 'important')
    const text = main.innerText
    for (const other of others) other.style.removeProperty('display')
    return text
  })

/** The first Tab shows a link past the page's head, and it leads into <main>. */
async function keyboard(page, failures) {
  await page.keyboard.press('Tab')
  const skip = await page.evaluate(() => {
    const link = document.activeElement
    const href = link.getAttribute('href') ?? ''
    if (!href.startsWith('#') || link.closest('main')) return `the first Tab finds <${link.localName}>, no skip link`
    if (!document.getElementById(href.slice(1))?.closest('main')) return `the skip link ${href} does not lead to main`
    const { left, top, right, bottom, width, height } = link.getBoundingClientRect()
    const seen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && width > 1 && height > 1
    return seen ? undefined : 'the skip link stays out of sight when focused'
  })
  if (skip) return failures.push(skip)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  const inside = await page.evaluate(() => {
    const main = document.querySelector('main')
    return main.contains(document.activeElement) || !main.querySelector('a[href]')
  })
  if (!inside) failures.push('Tab after the skip link does not go on in main')
}

/** Prints to PDF: A4, tagged, titled, every word of the document in order, and "Page n of m" on every page. */
async function print(page, text, failures) {
  const folder = await mkdtemp(join(tmpdir(), 'engross-print-'))
  try {
    const pdf = join(folder, 'page.pdf')
    await page.pdf({ path: pdf, format: 'A4', preferCSSPageSize: true, tagged: true })
    const { stdout: about } = await run('pdfinfo', [pdf])
    const words = async order => {
      const { stdout } = await run('pdftotext', [order, '-enc', 'UTF-8', pdf, '-'], { maxBuffer: 2 ** 28 })
      return stdout
    }
    const printed = await words('-raw') // in the order drawn
    const seen = await words('-layout') // as laid out, line by line
    if (!/^Page size:.*\(A4\)/m.test(about)) failures.push('printed: it is not A4')
    if (!/^Tagged: *yes/m.test(about)) failures.push('printed: it is not tagged')
    if (!/^Title: *\S/m.test(about)) failures.push('printed: it has no title')
    const count = Number(/^Pages: *(\d+)/m.exec(about)[1])
    const pages = printed.split('\f').slice(0, count)
    pages.forEach((words, at) => {
      const footer = new RegExp(`\\bpage\\s+${at + 1}\\s+of\\s+${count}\\b`, 'i')
      if (!footer.test(words)) failures.push(`printed: page ${at + 1} does not say "Page ${at + 1} of ${count}"`)
    })
    const wanted = tokens(text)
    const missing = firstMissing(wanted, tokens(printed))
    // Two documents side by side are drawn cell by cell: there is no one order, but every word is there.
    const comparison = await page.evaluate(() => document.querySelector('.side-by-side') !== null)
    const given = new Set(tokens(printed))
    const lost = comparison && wanted.filter(token => !given.has(token))
    if (lost && lost.length > 0) failures.push(`printed: not there: ${lost.slice(0, 8).join(' ')}`)
    if (!comparison && missing && firstMissing(wanted, tokens(seen))) failures.push(`printed: not there or out of order from "${missing}"`)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Words, numbers and signs, apart from hyphens and invisible characters: a line may break at those. */
function tokens(text) {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '')
  return plain.match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}\u2010\u2011•◦▪-]/gu) ?? []
}

/** Where the wanted tokens stop being found in order; running heads may stand between them. */
function firstMissing(wanted, given) {
  let at = 0
  for (let nth = 0; nth < wanted.length; nth++) {
    at = given.indexOf(wanted[nth], at) + 1
    if (at === 0) return wanted.slice(Math.max(0, nth - 6), nth + 6).join(' ')
  }
}

async function checkPage(browser, file, name, texts, failures) {
  // The colours are the same on a telephone: dark, it shows nothing that the others do not.
  for (const [colorScheme, viewport] of [['light', PHONE], ['light', SCREEN], ['dark', SCREEN]]) {
    await open(browser, file, { colorScheme, viewport }, failures, async page => {
      await barriers(page, `${viewport.width} px, ${colorScheme}`, failures)
      if (viewport === PHONE) await reflow(page, failures)
    })
  }
  await open(browser, file, { viewport: NARROWEST }, failures, page => reflow(page, failures))

  let scripted
  await open(browser, file, { viewport: SCREEN }, failures, async page => {
    scripted = await everything(page)
    await structure(page, failures)
    const text = await documentText(page)
    const kept = join(texts, `${name}.txt`)
    await mkdir(dirname(kept), { recursive: true })
    await writeFile(kept, text)
    await print(page, text, failures)
    await keyboard(page, failures)
  })
  await open(browser, file, { viewport: SCREEN, javaScriptEnabled: false }, failures, async page => {
    if ((await everything(page)) !== scripted) failures.push('main reads otherwise without scripts')
  })
}

const names = filesIn(out, '.html')
if (names.length === 0) report('browser', out, ['no pages to open'])
else {
  const browser = await launch()
  const waiting = [...names]
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const failures = []
      await checkPage(browser, join(out, name), name, texts, failures).catch(error => failures.push(error.message))
      report('browser', name, failures)
    }
  }
  await Promise.all([worker(), worker()])
  await browser.close()
}
