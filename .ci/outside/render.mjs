// render.mjs FILE...: renders Markdown files with two programs that are not ours and prints {file: {program: html}}, for
// words.py. Both are as they come: markdown-it shows raw HTML as it is typed, as many sites that take Markdown do.
import { readFileSync } from 'node:fs'
import { need } from './report.mjs'

const { HtmlRenderer, Parser } = need('commonmark')
const MarkdownIt = need('markdown-it')

const rendered = {}
for (const file of process.argv.slice(2)) {
  const markdown = readFileSync(file, 'utf8')
  rendered[file] = {
    commonmark: new HtmlRenderer().render(new Parser().parse(markdown)),
    'markdown-it': new MarkdownIt().render(markdown),
  }
}
console.log(JSON.stringify(rendered))
