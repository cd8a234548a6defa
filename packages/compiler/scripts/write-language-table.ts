/**
 * Writes docs/language.md from the recorded cases of `test/cases/constructs.py`: a row a function, in the words of the comment above it.
 *
 *     node --conditions tsjit-source --import tsx packages/compiler/scripts/write-language-table.ts
 */
import { writeFileSync } from 'node:fs'
import { languageTable } from '../test/language-table.ts'

writeFileSync(new URL('../../../docs/language.md', import.meta.url), languageTable())
