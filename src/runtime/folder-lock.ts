import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Takes a folder for this process. The lock of a process that is gone (killed, or of another machine start) is taken over.
 *
 * @returns lets go of it
 * @throws Error when a living process has it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'outcry.pid')
  const own = String(process.pid)
  try {
    writeFileSync(path, own, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const owner = Number(readFileSync(path, 'utf8'))
    if (owner !== process.pid && isAlive(owner))
      throw new Error(
        `${folder} is in use by another Outcry (process ${owner}); stop it, or set DATA_DIR or DATABASE_URL`,
      )
    writeFileSync(path, own)
  }
  return () => rmSync(path, { force: true })
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
