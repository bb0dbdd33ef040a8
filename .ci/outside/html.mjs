// html.mjs OUT: the Nu HTML checker finds no error in any page or in its style sheet, so that every browser and every
// reading aid gets the same page. Its warnings are printed and decide nothing.
import { spawnSync } from 'node:child_process'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesIn, need, report } from './report.mjs'

const out = process.argv[2]
const pages = filesIn(out, '.html')
if (pages.length === 0) report('html', out, ['no pages to check'])
else {
  const jar = need.resolve('vnu-jar/build/dist/vnu.jar')
  const options = ['-jar', jar, '--stdout', '--exit-zero-always', '--format', 'json']
  const files = pages.map(page => join(out, page))
  const run = spawnSync('java', [...options, ...files], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (run.status !== 0) throw new Error(`the checker did not run: ${run.error ?? run.stderr}`)
  const errors = new Map(pages.map(page => [page, []]))
  for (const { type, url, lastLine, message, extract } of JSON.parse(run.stdout).messages) {
    const page = url ? relative(out, fileURLToPath(url)) : pages[0]
    if (type === 'info') console.log(`note html ${page}:${lastLine}: ${message}`)
    else errors.get(page).push(`line ${lastLine}: ${message} (${extract ?? ''})`)
  }
  for (const [page, found] of errors) report('html', page, found)
}
