import { writeFileSync } from 'node:fs'
import packageJson from '../../package.json' with { type: 'json' }
import { buildDocument } from '../../src/openapi/document.ts'
import { writeTypes } from '../../src/openapi/write-types.ts'

writeFileSync('clients/typescript/src/api.ts', writeTypes(buildDocument('http://localhost:8787', packageJson.version)))
