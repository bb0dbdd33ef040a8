// How the checks in Node find files and say what they found.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Loads a package from where install.sh put it. */
export const need = createRequire(join(process.env.NODE_PACKAGES, 'package.json'))

/** The files below a folder with this ending, named from that folder. */
export function filesIn(folder, ending) {
  const names = readdirSync(folder, { recursive: true })
  return names.filter(name => name.endsWith(ending)).sort()
}

/** One line for a group of files, or one for each thing wrong with it. */
export function report(check, group, failures) {
  if (failures.length === 0) console.log(`ok ${check} ${group}`)
  for (const failure of new Set(failures)) {
    console.log(`FAIL ${check} ${group}: ${failure.replace(/\s+/g, ' ').trim()}`)
    process.exitCode = 1
  }
}
