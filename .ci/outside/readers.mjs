// How the checks in a browser open a page as a reader would, and what they all look for.
import { pathToFileURL } from 'node:url'
import { need } from './report.mjs'

const { chromium } = need('playwright-core')
const axe = need('axe-core')

export const PHONE = { width: 390, height: 844 }
export const SCREEN = { width: 1280, height: 900 }
export const NARROWEST = { width: 320, height: 844 } // WCAG 1.4.10: no scrolling in two directions at 320 CSS pixels

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })

/**
 * Opens a page for one kind of reader and lets `see` look at it. It says nothing to the console, runs nobody's words as a script, and
 * asks for nothing but what `mayAsk` lets it.
 */
export async function open(browser, file, reader, failures, see, mayAsk) {
  const own = pathToFileURL(file).href
  const context = await browser.newContext({ offline: true, ...reader })
  try {
    const page = await context.newPage()
    page.on('console', said => ['error', 'warning'].includes(said.type()) && failures.push(`console: ${said.text()}`))
    page.on('pageerror', error => failures.push(`script: ${error.message}`))
    page.on('dialog', dialog => {
      failures.push(`somebody's words ran as a script: ${dialog.message()}`)
      return dialog.dismiss()
    })
    page.on('request', request => {
      const asked = request.url().split(/[?#]/)[0]
      if (asked !== own && !asked.startsWith('data:') && !mayAsk?.(asked)) failures.push(`it asks for ${asked}`)
    })
    page.on('requestfailed', request => failures.push(`it does not get ${request.url()}`))
    await page.goto(own)
    await see(page)
  } finally {
    await context.close()
  }
}

/** Whatever axe-core finds in a reader's way. */
export async function barriers(page, where, failures) {
  await page.evaluate(axe.source)
  // It would read the style sheets again, which a page that is a file may not.
  const options = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'], preload: false }
  const { violations } = await page.evaluate(options => globalThis.axe.run(document, options), options)
  for (const { id, help, nodes } of violations) {
    const at = nodes.slice(0, 3).map(node => node.target.join(' '))
    failures.push(`axe ${id}, ${where}: ${help} (${nodes.length}: ${at.join(', ')})`)
  }
}

/** Nothing reaches past the right edge, unless it can be scrolled by itself; not even where the page cuts it off. */
export async function reflow(page, failures) {
  const found = await page.evaluate(() => {
    const wide = []
    const width = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)
    if (width > innerWidth) wide.push(`the page is ${width} px wide`)
    const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
    for (const element of document.body.querySelectorAll('*')) {
      const { right, width, height } = element.getBoundingClientRect()
      if (width <= 1 || height <= 1 || right <= innerWidth + 1) continue
      let above = element.parentElement
      while (above && above !== document.body && !scrolls(above)) above = above.parentElement
      if (!above || above === document.body) {
        wide.push(`<${element.localName} id="${element.id}" class="${element.className}"> reaches too far`)
      }
    }
    return wide.slice(0, 3).map(what => `at ${innerWidth} px ${what}`)
  })
  failures.push(...found)
}
